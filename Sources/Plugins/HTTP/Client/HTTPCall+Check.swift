import Foundation

extension HTTPCall {
    /// Refuses what could not be sent as it is meant: no HTTP URL, or text that would break out of its header.
    func check() throws(HTTPCallError) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", parts.host?.isEmpty == false
        else {
            throw invalid("`\(shownURL)` is not a URL to send to; expected `http://…` or `https://…`")
        }
        guard !method.isEmpty, method.utf8.allSatisfy(Self.isTokenByte) else {
            throw invalid("`\(method)` is not an HTTP method")
        }
        for header in headers {
            guard !header.name.isEmpty, header.name.utf8.allSatisfy(Self.isTokenByte) else {
                throw invalid("`\(header.name)` is not a header name")
            }
            guard !header.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) else {
                throw invalid(
                    "The value of the header `\(header.name)` has a line break or control character")
            }
        }
    }

    private func invalid(_ message: String) -> HTTPCallError {
        HTTPCallError(reason: .invalidCall, message: message)
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
