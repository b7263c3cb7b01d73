public import Foundation
import Synchronization

/// A directory of a task's own, made when it is first asked for. Who made this value removes it.
public final class WorkingDirectory: Sendable {
    /// Where it is or would be, absolute.
    public let path: String

    /// Name of the directory inside whose files become outputs by themselves.
    public static let outputName = ".outputs"

    private let isMade = Mutex(false)

    public init(path: String) { self.path = path }

    /// The path, after making the directory, readable by this user only.
    public func made() throws -> String {
        try isMade.withLock { isMade in
            guard !isMade else { return }
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            isMade = true
        }
        return path
    }

    /// The path of a file inside, given by a relative path.
    ///
    /// - Throws: `TaskFailure` for an empty or absolute path and for one that leads out of the directory.
    public func path(of relative: String) throws(TaskFailure) -> String {
        let parts = relative.split(separator: "/", omittingEmptySubsequences: true)
        guard !parts.isEmpty, !relative.hasPrefix("/"), !parts.contains(".."), !relative.utf8.contains(0)
        else {
            throw TaskFailure("`\(relative)` is not a path inside the working directory")
        }
        return "\(path)/\(parts.joined(separator: "/"))"
    }

    /// Writes a file inside, with the directories it needs.
    ///
    /// - Returns: Its absolute path.
    @discardableResult
    public func write(_ bytes: Data, to relative: String) throws -> String {
        let file = try path(of: relative)
        _ = try made()
        try makeParents(of: file)
        try bytes.write(to: URL(fileURLWithPath: file))
        return file
    }

    /// Makes the directories above a file.
    public func makeParents(of file: String) throws {
        _ = try made()
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: file).deletingLastPathComponent(), withIntermediateDirectories: true)
    }

    /// Removes it with all it holds, if it was made; what was made read-only is made writable first.
    public func remove() throws {
        guard isMade.withLock({ $0 }) else { return }
        let files = FileManager.default
        do {
            try files.removeItem(atPath: path)
        } catch {
            for case let entry as String in files.enumerator(atPath: path) ?? .init() {
                let full = "\(path)/\(entry)"
                var isDirectory: ObjCBool = false
                guard files.fileExists(atPath: full, isDirectory: &isDirectory), isDirectory.boolValue else {
                    continue
                }
                // What this cannot mend, the removal below tells.
                try? files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: full)
            }
            try files.removeItem(atPath: path)
        }
    }
}
