import Foundation

/// The name a downloaded file gets: data from other servers, made harmless.
enum FileName {
    private static let fallback = "download"
    private static let maxBytes = 200

    static func of(_ reply: HTTPReply, url: String, wanted: String?) -> String {
        let candidates = [
            wanted, reply.header("Content-Disposition").flatMap(dispositionName),
            URLComponents(string: url)?.path,
        ]
        for case let candidate? in candidates {
            let name = plain(candidate)
            if !name.isEmpty { return name }
        }
        return fallback
    }

    /// The last part of a path, without what file systems and URIs treat specially; empty when nothing is left.
    static func plain(_ text: String) -> String {
        let last = text.split { $0 == "/" || $0 == "\\" }.last ?? ""
        var name = ""
        for character in last {
            let isSafe = character.isLetter || character.isNumber || "-_.()+=,@".contains(character)
            name.append(isSafe ? character : "_")
            if name.utf8.count >= maxBytes { break }
        }
        return name.allSatisfy { $0 == "." || $0 == "_" } ? "" : name
    }

    /// `filename*` in UTF-8 wins over `filename`. Source: RFC 6266.
    static func dispositionName(_ header: String) -> String? {
        var plain: String?
        for parameter in parameters(header) {
            guard let equals = parameter.firstIndex(of: "=") else { continue }
            let name = parameter[..<equals].trimmingCharacters(in: .whitespaces).lowercased()
            let value = parameter[parameter.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            if name == "filename*", value.lowercased().hasPrefix("utf-8'"),
                let encoded = value.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false).last
            {
                return String(encoded).removingPercentEncoding
            }
            if name == "filename" { plain = value.trimmingCharacters(in: CharacterSet(charactersIn: "\"")) }
        }
        return plain
    }

    /// The parts between semicolons that are not inside quotes.
    private static func parameters(_ header: String) -> [String] {
        var parts = [""]
        var isQuoted = false
        for character in header {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }
}
