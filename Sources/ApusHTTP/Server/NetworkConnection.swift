import CMicroHTTPD

/// The library's connection while one request is served on it.
///
/// `@unchecked`: the pointer is used on the connection's own thread, or to resume a connection that was suspended;
/// resuming is thread-safe, and a suspended connection is not freed.
struct NetworkConnection: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Stops the library from working on the connection. Only inside a callback of the connection, and only
    /// under the lock that `resume` is called under: a resume that came first would be lost.
    func suspend() { MHD_suspend_connection(pointer) }

    func resume() { MHD_resume_connection(pointer) }

    var headers: Headers {
        var headers = Headers()
        withUnsafeMutablePointer(to: &headers) { context in
            apus_mhd_headers(pointer, context) { context, name, nameBytes, value, valueBytes in
                guard let headers = context?.assumingMemoryBound(to: Headers.self), let name else { return }
                headers.pointee.append(text(name, nameBytes), value.map { text($0, valueBytes) } ?? "")
            }
        }
        return headers
    }
}

/// Headers are bytes by the standard; what is not UTF-8 is replaced.
private func text(_ start: UnsafePointer<CChar>, _ count: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
}
