import Foundation

/// What a C socket address says.
enum SocketAddress {
    /// The numeric form without port and scope: `192.0.2.7`, `::1`; an IPv4 address inside IPv6 in its own form.
    static func text(_ address: UnsafePointer<sockaddr>) -> String? {
        let size =
            switch Int32(address.pointee.sa_family) {
            case AF_INET: MemoryLayout<sockaddr_in>.size
            case AF_INET6: MemoryLayout<sockaddr_in6>.size
            default: 0
            }
        guard size > 0 else { return nil }
        var buffer = [CChar](repeating: 0, count: 64)
        guard
            getnameinfo(address, socklen_t(size), &buffer, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
                == 0
        else { return nil }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return text.hasPrefix("::ffff:") && text.contains(".") ? String(text.dropFirst(7)) : text
    }

    static func port(_ address: UnsafePointer<sockaddr>) -> Int? {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        case AF_INET6:
            address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                Int(UInt16(bigEndian: $0.pointee.sin6_port))
            }
        default: nil
        }
    }

    static func isLoopback(_ address: UnsafePointer<sockaddr>) -> Bool {
        text(address).map { $0.hasPrefix("127.") || $0 == "::1" } ?? false
    }
}
