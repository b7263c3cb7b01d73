import CProcess
import Foundation
import Synchronization

/// A started process with its group and the reading ends of its output.
///
/// The group has the id of its first process, and the kernel gives that id to nobody else as long as the process
/// is not reaped or the group has members: signals go out only under these conditions.
final class ChildProcess: Sendable {
    let id: pid_t
    /// Becomes readable when the process has ended.
    let endDescriptor: Int32
    let output: Int32
    let errors: Int32

    private let isReaped = Mutex(false)

    private init(id: pid_t, endDescriptor: Int32, output: Int32, errors: Int32) {
        self.id = id
        self.endDescriptor = endDescriptor
        self.output = output
        self.errors = errors
    }

    deinit {
        close(endDescriptor)
        close(output)
        close(errors)
    }

    /// Starts a program as the first of a process group of its own: standard input empty, standard output and
    /// error as pipes, no other descriptor, signals as a fresh process has them.
    static func start(_ command: ProcessCommand) throws(ProcessError) -> ChildProcess {
        let path = try command.resolvedProgram()
        let out = try Pipe()
        let err: Pipe
        do { err = try Pipe() } catch {
            out.closeAll()
            throw error
        }
        let (id, failure) = spawn(path, command, out: out.writing, err: err.writing)
        close(out.writing)
        close(err.writing)
        guard failure == 0 else {
            close(out.reading)
            close(err.reading)
            throw command.cannotStart(path, failure)
        }
        let endDescriptor = apus_pidfd_open(id)
        guard endDescriptor >= 0 else {
            let reason = errno
            var status: Int32 = 0
            kill(-id, SIGKILL)
            apus_reap(id, &status)
            close(out.reading)
            close(err.reading)
            throw ProcessError(
                message: "Cannot follow the process of \(command.program): \(text(of: reason))")
        }
        return ChildProcess(id: id, endDescriptor: endDescriptor, output: out.reading, errors: err.reading)
    }

    var hasEnded: Bool { apus_has_ended(id) != 0 }

    /// Sends a signal to every process of the group, if there is one.
    func signalGroup(_ signal: Int32) {
        isReaped.withLock { isReaped in
            // A reaped leader leaves its id to the group as long as that has members.
            if !isReaped || kill(-id, 0) == 0 { kill(-id, signal) }
        }
    }

    /// Whether processes of the group still run; to be asked after `reap`.
    var groupIsRunning: Bool { ProcessGroup.isRunning(id) }

    /// Takes the exit of an ended process. Call once.
    func reap() -> ProcessExit {
        var status: Int32 = 0
        return isReaped.withLock { isReaped in
            isReaped = true
            guard apus_reap(id, &status) == 0 else { return .code(-1) }
            return status < 0 ? .signal(-status) : .code(status)
        }
    }

    static func text(of errorNumber: Int32) -> String { String(cString: strerror(errorNumber)) }
}

/// Both ends of a pipe that children do not inherit by themselves; reading never blocks.
private struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws(ProcessError) {
        var ends: [Int32] = [-1, -1]
        guard apus_pipe(&ends) == 0 else {
            throw ProcessError(message: "Cannot make a pipe: \(ChildProcess.text(of: errno))")
        }
        reading = ends[0]
        writing = ends[1]
        _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    }

    func closeAll() {
        close(reading)
        close(writing)
    }
}

extension ProcessCommand {
    /// The path of the program: names without a slash are looked up in the command's own `PATH`.
    fileprivate func resolvedProgram() throws(ProcessError) -> String {
        let texts = [program, workingDirectory] + arguments + environment.flatMap { [$0.key, $0.value] }
        guard !texts.contains(where: { $0.utf8.contains(0) }) else {
            throw ProcessError(message: "Commands and environment variables cannot hold a zero byte")
        }
        if program.contains("/") { return program }
        for directory in (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
            let path = "\(directory)/\(program)"
            if access(path, X_OK) == 0 { return path }
        }
        throw ProcessError(message: "Cannot start `\(program)`: it is not on the PATH of this worker")
    }

    fileprivate func cannotStart(_ path: String, _ failure: Int32) -> ProcessError {
        if access(workingDirectory, X_OK) != 0 {
            return ProcessError(message: "Cannot start `\(path)`: no directory \(workingDirectory)")
        }
        if failure == E2BIG {
            return ProcessError(message: "Cannot start `\(path)`: its arguments and environment are too long")
        }
        return ProcessError(message: "Cannot start `\(path)`: \(ChildProcess.text(of: failure))")
    }
}

private func spawn(_ path: String, _ command: ProcessCommand, out: Int32, err: Int32) -> (pid_t, Int32) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, out, 1)
    posix_spawn_file_actions_adddup2(&actions, err, 2)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    posix_spawn_file_actions_addchdir_np(&actions, command.workingDirectory)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    // A server ignores SIGPIPE and handles others; a script expects them as they are by default.
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD, SIGUSR1, SIGUSR2] {
        sigaddset(&mask, signal)
    }
    posix_spawnattr_setsigdefault(&attributes, &mask)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let arguments = CStrings([path] + command.arguments)
    let environment = CStrings(command.environment.map { "\($0.key)=\($0.value)" })
    defer {
        arguments.free()
        environment.free()
    }
    var id: pid_t = 0
    let failure = posix_spawn(&id, path, &actions, &attributes, arguments.pointers, environment.pointers)
    return (id, failure)
}

/// A list of texts as C expects it.
private struct CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) { pointers = texts.map { strdup($0) } + [nil] }

    func free() { for pointer in pointers { Foundation.free(pointer) } }
}
