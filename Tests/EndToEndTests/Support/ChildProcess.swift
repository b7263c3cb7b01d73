import Foundation

/// A process that a test started. Its two outputs go to files, so that neither can fill a pipe and block it.
final class ChildProcess {
    struct TookTooLong: Error {
        var words: [String]
    }

    private let process = Process()
    private let ended = DispatchSemaphore(value: 0)

    /// Starts it, without the switches of these tests: the program would take them for settings.
    ///
    /// - Parameter errors: Where standard error goes; with the output when `nil`.
    init(
        _ program: URL, _ words: [String], in directory: URL, output: String, errors: String? = nil,
        environment: [String: String] = [:]
    ) throws {
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("APUS_") }
        process.executableURL = program
        process.arguments = words
        process.environment = inherited.merging(environment) { $1 }
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        let file = try Self.file(output)
        process.standardOutput = file
        process.standardError = try errors.map(Self.file) ?? file
        let ended = ended
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
    }

    var isRunning: Bool { process.isRunning }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for its end, and kills it when that takes too long.
    ///
    /// - Returns: Its status; the negated number of the signal that ended it.
    func wait(seconds: Int = 60) throws -> Int32 {
        guard ended.wait(timeout: .now() + .seconds(seconds)) == .success else {
            send(SIGKILL)
            throw TookTooLong(words: process.arguments ?? [])
        }
        ended.signal()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    private static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path))
        return try FileHandle(forWritingTo: URL(filePath: path))
    }
}
