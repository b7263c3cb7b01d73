import Foundation

/// A directory only this user can enter. Whoever makes it removes it.
struct TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        let pattern = FileManager.default.temporaryDirectory.appendingPathComponent("apus-XXXXXX").path
        var bytes = Array(pattern.utf8CString)
        guard let made = mkdtemp(&bytes) else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: pattern])
        }
        path = String(cString: made)
    }

    func remove() {
        // Nothing is lost when it stays: the system clears its temporary directory itself.
        try? FileManager.default.removeItem(atPath: path)
    }
}
