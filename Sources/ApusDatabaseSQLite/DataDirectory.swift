import ApusDatabase
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The directory that holds a server's tables, locked for this process as long as the value lives.
///
/// The lock belongs to the open file: it ends with the process, however that ends, and is not passed on to child
/// processes.
public final class DataDirectory: Sendable {
    public let path: String
    private let descriptor: Mutex<Int32?>

    /// Makes the directory when it is missing, and locks it.
    ///
    /// - Throws: `DatabaseError`: `locked` when another process has it, `gone` when it cannot be used.
    public init(_ path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DatabaseError(
                .gone, "the data directory \(path) cannot be made: \(error.localizedDescription)")
        }
        let file = path + "/apus.lock"
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw DatabaseError(.gone, "\(file) cannot be opened: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let owner = Self.owner(descriptor)
            close(descriptor)
            throw DatabaseError(
                .locked,
                "the data directory \(path) is in use by another process\(owner); stop it, or use another directory"
            )
        }
        let text = "\(ProcessInfo.processInfo.processIdentifier)\n"
        // Only for the message above; the lock holds without it.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.utf8.count, 0) }
        Self.sync(path)
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Lets another process have the directory. The databases in it must be closed before.
    public func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    /// The path of a file in the directory.
    public func file(_ name: String) -> String { path + "/" + name }

    private static func owner(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return "" }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self).trimmingCharacters(
            in: .whitespacesAndNewlines)
        return " (\(text))"
    }

    /// Makes the entry of a new directory durable.
    private static func sync(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
