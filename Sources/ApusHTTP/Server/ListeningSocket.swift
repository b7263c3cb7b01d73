import Foundation

/// Why a server could not start.
public struct HTTPServerError: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public var description: String { message }
}

/// A bound, listening TCP socket. Whoever holds it closes it.
struct ListeningSocket {
    let descriptor: Int32
    let port: Int
    /// Whether only this machine can connect.
    let isLoopback: Bool

    private static let backlog: Int32 = 1024

    /// - Parameters:
    ///   - host: A name or address: `127.0.0.1`, `localhost`, `0.0.0.0`, `::`. Its first address is used.
    ///   - port: 0 for any free one.
    init(host: String, port: Int) throws(HTTPServerError) {
        guard let number = UInt16(exactly: port) else {
            throw HTTPServerError(message: "\(port) is not a port: expected 0 to 65535")
        }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, "\(number)", &hints, &found)
        guard code == 0, let first = found else {
            throw HTTPServerError(
                message: "\(host) is not an address to listen on: \(String(cString: gai_strerror(code)))")
        }
        defer { freeaddrinfo(found) }
        descriptor = try Self.listen(first.pointee, host: host, port: port)
        isLoopback = SocketAddress.isLoopback(first.pointee.ai_addr)
        self.port = Self.boundPort(descriptor) ?? port
    }

    private static func listen(_ info: addrinfo, host: String, port: Int) throws(HTTPServerError) -> Int32 {
        let type = info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(info.ai_family, type, info.ai_protocol)
        guard descriptor >= 0 else { throw failure(host, port) }
        var on: Int32 = 1
        let size = socklen_t(MemoryLayout<Int32>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
        guard bind(descriptor, info.ai_addr, info.ai_addrlen) == 0,
            Foundation.listen(descriptor, backlog) == 0
        else {
            let error = failure(host, port)
            close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func failure(_ host: String, _ port: Int) -> HTTPServerError {
        let reason =
            switch errno {
            case EADDRINUSE: "another program listens there; stop it or choose another port"
            case EACCES: "ports below 1024 need privileges; choose a higher one"
            case EADDRNOTAVAIL: "this machine does not have that address"
            default: String(cString: strerror(errno))
            }
        return HTTPServerError(message: "Cannot listen on \(host), port \(port): \(reason)")
    }

    private static func boundPort(_ descriptor: Int32) -> Int? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getsockname(descriptor, address, &size) == 0 ? SocketAddress.port(address) : nil
            }
        }
    }
}
