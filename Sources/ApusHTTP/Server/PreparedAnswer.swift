import CMicroHTTPD
import Foundation

/// A response in the library's form, ready to be queued once.
///
/// `@unchecked`: it has one owner at a time, who queues or destroys it.
struct PreparedAnswer: @unchecked Sendable {
    let pipe: StreamPipe?
    private let response: OpaquePointer
    private let status: UInt32

    /// Why a response of a handler cannot be sent.
    struct Refusal: Error { var message: String }

    private static let streamBlockBytes = 32 * 1024
    private static let unknownSize = UInt64.max

    /// Opens files; not to be called on a network thread.
    init(_ answer: Response, core: ServerCore) throws {
        if let field = answer.headers.firstInvalidField {
            throw Refusal(message: "The response header \(field.name) has characters that may not be sent")
        }
        switch answer.body {
        case .bytes(let bytes):
            pipe = nil
            response = try Self.buffer(bytes)
        case .file(let path, let range):
            pipe = nil
            response = try Self.file(path, range)
        case .stream:
            let pipe = StreamPipe(isStopping: { core.isStopping })
            self.pipe = pipe
            response = try Self.stream(pipe)
        }
        status = UInt32(exactly: answer.status).flatMap { (200...599).contains($0) ? $0 : nil } ?? 500
        for field in answer.headers.fields where !Self.isOurs(field.name) && !field.value.isEmpty {
            try add(field.name, field.value)
        }
        try addDefaults(answer.headers)
        if core.isStopping { try add("Connection", "close") }
    }

    private func addDefaults(_ headers: Headers) throws {
        for (name, value) in [
            ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
            ("X-Frame-Options", "SAMEORIGIN"), ("Cache-Control", "private, no-store"),
        ] where headers[name] == nil {
            try add(name, value)
        }
    }

    private func add(_ name: String, _ value: String) throws {
        guard apus_mhd_add_header(response, name, value) else {
            destroy()
            throw Refusal(message: "The response header \(name) cannot be sent")
        }
    }

    /// Hands the response over, inside the access callback. `false` when the connection must be closed instead.
    func queue(on connection: NetworkConnection) -> Bool {
        pipe?.attach(connection)
        defer { destroy() }
        return apus_mhd_queue(connection.pointer, status, response)
    }

    func destroy() { MHD_destroy_response(response) }

    private static func isOurs(_ name: String) -> Bool {
        ["content-length", "transfer-encoding", "date", "connection"].contains(name.lowercased())
    }

    private static func made(_ response: OpaquePointer?) throws -> OpaquePointer {
        guard let response else { throw Refusal(message: "Out of memory for a response") }
        return response
    }

    private static func buffer(_ bytes: [UInt8]) throws -> OpaquePointer {
        try bytes.withUnsafeBytes { buffer in
            try made(apus_mhd_response(buffer.baseAddress, buffer.count))
        }
    }

    private static func file(_ path: String, _ range: Range<Int64>?) throws -> OpaquePointer {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw Refusal(message: "Cannot open \(path): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw Refusal(message: "\(path) is not a regular file")
        }
        let size = Int64(status.st_size)
        let part = (range ?? 0..<size).clamped(to: 0..<size)
        guard
            let response = MHD_create_response_from_fd_at_offset64(
                UInt64(part.count), descriptor, UInt64(part.lowerBound))
        else {
            close(descriptor)
            throw Refusal(message: "Out of memory for a response")
        }
        return response
    }

    private static func stream(_ pipe: StreamPipe) throws -> OpaquePointer {
        let context = Unmanaged.passRetained(pipe)
        let response = MHD_create_response_from_callback(
            unknownSize, streamBlockBytes,
            { context, _, buffer, count in
                guard let context, let buffer else { return -2 }
                return Unmanaged<StreamPipe>.fromOpaque(context).takeUnretainedValue()
                    .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: count))
            }, context.toOpaque(),
            { context in
                guard let context else { return }
                Unmanaged<StreamPipe>.fromOpaque(context).takeRetainedValue().detach()
            })
        if response == nil { context.release() }
        return try made(response)
    }
}
