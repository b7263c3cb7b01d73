import Foundation
import Synchronization

/// Which addresses tasks may connect to.
///
/// Asked for the address of each socket about to be opened, after names are resolved and again for each redirect;
/// a name that resolves differently the second time gains nothing. Through a proxy it is the proxy's address.
public struct AddressPolicy: Hashable, Sendable {
    /// 127.0.0.0/8, ::1, and 0.0.0.0, which reach this machine.
    public var allowsLoopback: Bool
    /// 169.254.0.0/16 and fe80::/10, where clouds serve the machine's own credentials.
    public var allowsLinkLocal: Bool
    /// 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10 and fc00::/7.
    public var allowsPrivate: Bool

    public init(allowsLoopback: Bool = true, allowsLinkLocal: Bool = false, allowsPrivate: Bool = true) {
        self.allowsLoopback = allowsLoopback
        self.allowsLinkLocal = allowsLinkLocal
        self.allowsPrivate = allowsPrivate
    }

    func allows(_ address: UnsafePointer<sockaddr>) -> Bool {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin_addr) { allows(version4: Array($0)) }
            }
        case AF_INET6:
            address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin6_addr) { allows(version6: Array($0)) }
            }
        default: false
        }
    }

    /// - Parameter bytes: The four bytes in network order.
    func allows(version4 bytes: [UInt8]) -> Bool {
        guard bytes.count == 4 else { return false }
        return switch (bytes[0], bytes[1]) {
        case (127, _), (0, _): allowsLoopback
        case (169, 254): allowsLinkLocal
        case (10, _), (192, 168), (172, 16...31), (100, 64...127): allowsPrivate
        case (224..., _): false
        default: true
        }
    }

    /// - Parameter bytes: The sixteen bytes in network order.
    func allows(version6 bytes: [UInt8]) -> Bool {
        guard bytes.count == 16 else { return false }
        let leading = bytes.prefix { $0 == 0 }.count
        if leading >= 15 { return bytes[15] <= 1 ? allowsLoopback : false }
        // IPv4 inside IPv6: mapped, compatible, and translated (64:ff9b::/96).
        let isMapped = leading == 10 && bytes[10] == 0xFF && bytes[11] == 0xFF
        let isTranslated = bytes[..<12] == [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
        if isMapped || isTranslated || leading >= 12 { return allows(version4: Array(bytes[12...])) }
        // The address of AWS for the machine's own credentials lies among the private ones.
        if bytes[..<4] == [0xFD, 0x00, 0x0E, 0xC2] { return allowsLinkLocal }
        return switch (bytes[0], bytes[1]) {
        case (0xFE, 0x80...0xBF): allowsLinkLocal
        case (0xFC...0xFD, _): allowsPrivate
        case (0xFF, _): false
        default: true
        }
    }
}
