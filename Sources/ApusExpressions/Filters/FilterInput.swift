/// A kind of value, as far as it is known before a template is rendered.
public enum ValueKind: String, Hashable, Sendable, CaseIterable {
    case text
    case number
    case boolean
    case list
    case map

    /// `text`, `a number`.
    public var words: String { self == .text ? rawValue : "a \(rawValue)" }
}

/// Which kinds of values filters take; one that is not listed takes all.
///
/// Beside the filters themselves, which refuse other values when they are called: what is known to fail is told before.
public enum FilterInput {
    /// - Parameter filter: A name that exists.
    public static func kinds(of filter: String) -> Set<ValueKind> {
        byName[filter] ?? Set(ValueKind.allCases)
    }

    private static let byName: [String: Set<ValueKind>] = {
        let groups: [(Set<ValueKind>, [String])] = [
            (
                [.text],
                [
                    "abbreviate", "base64decode", "capitalize", "md5", "nl2br", "number", "sha1", "sha256",
                    "sha512",
                    "split", "title", "trim", "urldecode", "urlencode",
                ]
            ),
            ([.number], ["abs", "numberFormat"]),
            (
                [.text, .number],
                ["date", "dateAdd", "timestamp", "timestampMilli", "timestampMicro", "timestampNano"]
            ),
            ([.list], ["chunk", "distinct", "flatten", "join", "reverse", "rsort", "sort"]),
            ([.map], ["values"]),
            ([.list, .map], ["keys", "merge"]),
            ([.text, .list], ["first", "last", "slice"]),
        ]
        var result: [String: Set<ValueKind>] = [:]
        for (kinds, names) in groups { for name in names { result[name] = kinds } }
        return result
    }()
}
