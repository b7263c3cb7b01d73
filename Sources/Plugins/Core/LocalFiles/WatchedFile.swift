import ApusModel
import ApusPlugin
import Foundation

/// A plain file of the machine, as it was when it was looked at. Links are none.
struct WatchedFile: Sendable {
    /// Absolute.
    var path: String
    /// From the directory that is looked into.
    var relativePath: String
    var size: Int64
    var modified: Timestamp

    /// - Returns: `nil` when there is no such plain file.
    init?(_ path: String, below relativePath: String) {
        var found = stat()
        guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
        self.path = path
        self.relativePath = relativePath
        size = Int64(found.st_size)
        let time = found.st_mtim
        modified = Timestamp(
            microseconds: Int64(time.tv_sec) &* 1_000_000 &+ Int64(time.tv_nsec) / 1000)
    }

    /// Another one means other content.
    var version: String { "\(modified.microseconds)/\(size)" }

    func values(uri: String, change: String) -> OrderedMap<Value> {
        [
            "uri": .string(uri), "localPath": .string(path),
            "name": .string(path.split(separator: "/").last.map(String.init) ?? path),
            "isDirectory": false, "size": .int(size), "modifiedDate": .string(modified.iso),
            "changeType": .string(change),
        ]
    }

    func remove() throws {
        guard isUnchanged else { return }
        try FileManager.default.removeItem(atPath: path)
    }

    func move(to directory: AllowedDirectory) throws {
        guard isUnchanged else { return }
        let target = "\(directory.path)/\(path.split(separator: "/").last.map(String.init) ?? "")"
        guard !FileManager.default.fileExists(atPath: target) else {
            throw TaskFailure("there is a `\(target)` already")
        }
        try FileManager.default.moveItem(atPath: path, toPath: target)
    }

    /// Content that nobody has seen is neither deleted nor moved.
    private var isUnchanged: Bool { WatchedFile(path, below: relativePath)?.version == version }
}
