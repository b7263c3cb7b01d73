import ApusPlugin
import Foundation

/// A directory with files of a test, removed with it.
final class ScratchFiles: Sendable {
    let directory = WorkingDirectory(
        path: "\(FileManager.default.temporaryDirectory.path)/apus-rows-\(UUID().uuidString)")

    deinit { try? directory.remove() }

    func write(_ bytes: some Sequence<UInt8>, as name: String = "file") throws -> String {
        try directory.write(Data(bytes), to: name)
    }

    func write(_ text: String, as name: String = "file") throws -> String { try write(text.utf8, as: name) }

    /// An empty directory inside.
    func folder(_ name: String = "pieces") throws -> String {
        let path = try directory.path(of: name)
        _ = try directory.made()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}
