public import ApusModel

/// A short text that stands for a value: equal values have equal ones, different values practically never.
public enum Fingerprint {
    /// 64 hexadecimal digits. Entries of maps count in any order.
    public static func text(of value: Value) throws(ExpressionError) -> String {
        try Digest.sha256.hexadecimal(of: Array(sorted(value).json.utf8))
    }

    private static func sorted(_ value: Value) -> Value {
        switch value {
        case .list(let items): .list(items.map(sorted))
        case .map(let entries):
            .map(OrderedMap(entries.map { ($0, sorted($1)) }.sorted { $0.0 < $1.0 }))
        case .null, .bool, .int, .double, .string, .extended: value
        }
    }
}
