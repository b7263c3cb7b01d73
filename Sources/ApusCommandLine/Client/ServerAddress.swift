/// Where a server's API is, and addresses below it.
package struct ServerAddress: Hashable, Sendable {
    /// Without a slash at the end: `http://localhost:8080/api/v1/main`.
    package let root: String

    /// - Throws: `UsageError` when the text is no address of the web.
    package init(_ server: String, tenant: String) throws(UsageError) {
        let text = server.contains("://") ? server : "http://\(server)"
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw UsageError("--server takes an address such as http://localhost:8080, not `\(server)`")
        }
        var base = text[...]
        while base.hasSuffix("/") { base.removeLast() }
        root = "\(base)/api/v1/\(Self.encoded(tenant))"
    }

    /// The address of a path, each part encoded: `["flows", "company.team", "hello"]`.
    package func url(_ path: [String], query: [(String, String)] = []) -> String {
        let names = path.map { "/" + Self.encoded($0) }.joined()
        guard !query.isEmpty else { return root + names }
        return root + names + "?"
            + query.map { "\(Self.encoded($0))=\(Self.encoded($1))" }.joined(separator: "&")
    }

    /// Everything but letters, digits, `-`, `.`, `_` and `~` as `%XX`.
    package static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
