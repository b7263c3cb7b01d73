import Foundation

@testable import ApusHTTP

/// A plain socket that says exactly what a test wants said. Blocks on threads of its own, never on Swift's executor.
final class RawClient: @unchecked Sendable {
    // `@unchecked`: tests use one client from one task at a time.
    private let descriptor: Int32
    private let queue = DispatchQueue(label: "raw client")
    private var unread: [UInt8] = []

    init(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        _ = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        var timeout = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    private func onThread<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }

    func send(_ text: String) async { await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async {
        await onThread { [descriptor] in
            var rest = bytes[...]
            while !rest.isEmpty {
                let sent = rest.withUnsafeBytes {
                    Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                if sent <= 0 { return }
                rest = rest.dropFirst(sent)
            }
        }
    }

    /// What comes next, up to 64 KiB; empty at the end.
    func receive() async -> [UInt8] {
        await onThread { [descriptor] in
            var buffer = [UInt8](repeating: 0, count: 64 * 1024)
            let count = recv(descriptor, &buffer, buffer.count, 0)
            return count > 0 ? Array(buffer[..<count]) : []
        }
    }

    /// Text up to and including a marker, or all there is when the connection ends first.
    func receive(until marker: String) async -> String {
        var text = unread
        while true {
            if let end = text.firstRange(of: Array(marker.utf8))?.upperBound {
                unread = Array(text[end...])
                return String(decoding: text[..<end], as: UTF8.self)
            }
            let more = await receive()
            guard !more.isEmpty else {
                unread = []
                return String(decoding: text, as: UTF8.self)
            }
            text += more
        }
    }

    /// Text until the server closes.
    func receiveAll() async -> String { await receive(until: "\u{0}never\u{0}") }

    /// One response with a length.
    func response() async -> RawResponse {
        let head = await receive(until: "\r\n\r\n")
        var response = RawResponse(head: head)
        let count = response.headers["Content-Length"].flatMap { Int($0) } ?? 0
        while unread.count < count {
            let more = await receive()
            if more.isEmpty { break }
            unread += more
        }
        response.body = Array(unread.prefix(count))
        unread = Array(unread.dropFirst(count))
        return response
    }

    func hangUp() async {
        await onThread { [descriptor] in _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
}

struct RawResponse: Sendable {
    var status: Int
    var headers: Headers
    var body: [UInt8] = []
    var text: String { String(decoding: body, as: UTF8.self) }

    init(head: String) {
        let lines = head.split(separator: "\r\n")
        status = lines.first.flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) } ?? 0
        headers = Headers()
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            headers.append(String(line[..<colon]), String(value))
        }
    }
}

/// One request on a connection of its own.
func ask(
    _ port: Int, _ method: String, _ target: String, headers: [(String, String)] = [], body: [UInt8]? = nil
) async -> RawResponse {
    let client = RawClient(port: port)
    var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if let body { head += "Content-Length: \(body.count)\r\n" }
    await client.send(Array((head + "\r\n").utf8) + (method == "HEAD" ? [] : body ?? []))
    guard method != "HEAD" else { return RawResponse(head: await client.receive(until: "\r\n\r\n")) }
    return await client.response()
}

/// A server with some routes, stopped after the test.
func withServer<T>(
    limits: ServerLimits = ServerLimits(), hostNames: [String] = [], gate: Router.Gate? = nil,
    onFailure: HTTPServer.FailureHandler? = nil, routes: [Route], _ test: (Int) async throws -> T
) async throws -> T {
    var router = Router(gate: gate)
    for route in routes { router.add(route) }
    let server = try HTTPServer(
        port: 0, router: router, limits: limits, hostNames: hostNames, onFailure: onFailure)
    do {
        let result = try await test(server.boundPort)
        await server.stop(grace: .seconds(5))
        return result
    } catch {
        await server.stop(grace: .seconds(5))
        throw error
    }
}
