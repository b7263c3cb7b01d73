/// A header value with parameters: `form-data; name="a"; filename="b.txt"`.
///
/// Parameter names are lowercase; of repeated ones the first counts.
struct HeaderValue: Hashable {
    /// The part before the first semicolon, lowercase.
    var main: String
    var parameters: [(name: String, value: String)]

    /// `nil` when a quoted text does not end or a parameter has no name.
    init?(_ text: String) {
        var rest = Substring(text)
        main = Self.takeToken(&rest).lowercased()
        parameters = []
        while true {
            Self.skipBlanks(&rest)
            guard !rest.isEmpty else { return }
            guard rest.removeFirst() == ";" else { return nil }
            Self.skipBlanks(&rest)
            if rest.isEmpty { return }
            guard let equals = rest.firstIndex(of: "=") else { return nil }
            let name = rest[..<equals].lowercased()
            guard !name.isEmpty, name.utf8.allSatisfy(Headers.isTokenByte) else { return nil }
            rest = rest[rest.index(after: equals)...]
            if rest.first == "\"" {
                guard let value = Self.takeQuoted(&rest) else { return nil }
                parameters.append((name, value))
            } else {
                parameters.append((name, String(Self.takeToken(&rest))))
            }
        }
    }

    subscript(parameter: String) -> String? {
        parameters.first { $0.name == parameter }?.value
    }

    static func == (left: Self, right: Self) -> Bool {
        left.main == right.main && left.parameters.elementsEqual(right.parameters, by: ==)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(main) }

    private static func skipBlanks(_ rest: inout Substring) {
        rest = rest.drop { $0 == " " || $0 == "\t" }
    }

    private static func takeToken(_ rest: inout Substring) -> Substring {
        let end = rest.firstIndex(of: ";") ?? rest.endIndex
        var token = rest[..<end]
        rest = rest[end...]
        while let last = token.last, last == " " || last == "\t" { token.removeLast() }
        return token.drop { $0 == " " || $0 == "\t" }
    }

    /// Text between quotes. Only `\"` and `\\` are escapes: browsers send Windows paths with plain backslashes.
    private static func takeQuoted(_ rest: inout Substring) -> String? {
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" { return value }
            if character == "\\", let next = rest.first, next == "\"" || next == "\\" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(character)
            }
        }
        return nil
    }
}
