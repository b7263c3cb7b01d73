internal import ApusModel

/// `${NAME}` and `${NAME:default}` in texts of the configuration.
enum Placeholders {
    /// Puts in the variables of the environment, in lists and maps too.
    static func fill(_ value: Value, from environment: [String: String]) throws(SettingError) -> Value {
        switch value {
        case .string(let text): return .string(try fill(text, from: environment))
        case .list(let items):
            var filled: [Value] = []
            for item in items { filled.append(try fill(item, from: environment)) }
            return .list(filled)
        case .map(let entries):
            var filled = OrderedMap<Value>()
            for (key, item) in entries { filled[key] = try fill(item, from: environment) }
            return .map(filled)
        case .null, .bool, .int, .double, .extended: return value
        }
    }

    private static func fill(_ text: String, from environment: [String: String]) throws(SettingError)
        -> String
    {
        var result = ""
        var rest = text[...]
        while let start = firstMark(in: rest) {
            result += rest[..<start]
            guard let end = rest[start...].firstIndex(of: "}") else { break }
            let inside = rest[rest.index(start, offsetBy: 2)..<end]
            let colon = inside.firstIndex(of: ":")
            let name = String(inside[..<(colon ?? inside.endIndex)])
            let fallback = colon.map { String(inside[inside.index(after: $0)...]) }
            guard let filled = environment[name] ?? fallback else {
                throw SettingError(
                    "the environment variable `\(name)` is not set",
                    remedy: "set it, or give a default: `${\(name):…}`")
            }
            result += filled
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func firstMark(in text: Substring) -> Substring.Index? {
        var place = text.startIndex
        while let dollar = text[place...].firstIndex(of: "$") {
            let next = text.index(after: dollar)
            if next < text.endIndex, text[next] == "{" { return dollar }
            place = next
        }
        return nil
    }
}
