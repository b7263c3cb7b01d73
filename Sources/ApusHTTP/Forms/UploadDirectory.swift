import Foundation

/// The temporary files of one form; they go when the last part that refers to them goes.
final class UploadDirectory: Sendable {
    let path: String

    /// Makes an empty directory that only this user can read. Throws an error 507 when that fails.
    init(in parent: String) throws(HTTPError) {
        var template = Array("\(parent)/apus-upload-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw HTTPError(507, "The server cannot store the upload")
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        // Nobody is left to tell; what could not be deleted stays in the temporary directory of the system.
        try? FileManager.default.removeItem(atPath: path)
    }
}
