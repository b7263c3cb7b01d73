import Foundation

/// Receives the body of a reply within its limit.
final class ReplySink {
    private(set) var bytes: [UInt8] = []
    /// The first bytes, wherever the rest goes.
    private(set) var excerpt: [UInt8] = []
    private(set) var length: Int64 = 0
    private(set) var failure: HTTPCallError?

    private static let excerptBytes = 4096
    private let limitBytes: Int64
    private let file: Int32?

    init(_ destination: ReplyDestination) throws(HTTPCallError) {
        limitBytes = destination.limitBytes
        switch destination {
        case .memory: file = nil
        case .file(let path, _):
            let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else {
                throw HTTPCallError(
                    reason: .disk, message: "Cannot write \(path): \(String(cString: strerror(errno)))")
            }
            file = descriptor
        }
    }

    deinit {
        if let file { close(file) }
    }

    /// `false` when the transfer has to end; `failure` says why.
    func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        length += Int64(piece.count)
        guard length <= limitBytes else {
            failure = HTTPCallError(
                reason: .tooLarge, message: "The response is larger than \(limitBytes) bytes")
            return false
        }
        if excerpt.count < Self.excerptBytes {
            excerpt.append(contentsOf: piece.prefix(Self.excerptBytes - excerpt.count))
        }
        guard let file else {
            bytes.append(contentsOf: piece)
            return true
        }
        return write(piece, to: file)
    }

    private func write(_ piece: UnsafeRawBufferPointer, to file: Int32) -> Bool {
        var rest = piece
        while !rest.isEmpty {
            let written = Foundation.write(file, rest.baseAddress, rest.count)
            if written < 0 {
                if errno == EINTR { continue }
                failure = HTTPCallError(
                    reason: .disk, message: "Cannot write the response: \(String(cString: strerror(errno)))")
                return false
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
        return true
    }
}
