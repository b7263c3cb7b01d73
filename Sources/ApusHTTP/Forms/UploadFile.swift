import Foundation

/// A temporary file being written; it has one owner, the form that is received.
final class UploadFile {
    let path: String
    private let descriptor: Int32

    init(path: String) throws(HTTPError) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        self.path = path
        guard descriptor >= 0 else { throw HTTPError(507, "The server cannot store the upload") }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(HTTPError) {
        var rest = bytes
        while !rest.isEmpty {
            let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                throw HTTPError(507, "The server cannot store the upload")
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        }
    }

    deinit { close(descriptor) }
}
