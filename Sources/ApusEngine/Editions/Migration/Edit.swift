import ApusModel

/// A change of one place in a flow: made in the flow's value for certain, and in its text where that can be done
/// without touching what stands around it.
enum Edit {
    /// Another name for the key that leads to a path.
    case rename(ValuePath, to: String)
    case replace(ValuePath, Value)
    /// Other words in a text; ranges are bytes of the text, in order, and do not overlap.
    case rewrite(ValuePath, [(range: Range<Int>, text: String)])
    /// Takes out a key with its value.
    case remove(ValuePath)
    /// Adds items at the end of a list.
    case append(ValuePath, [Value])
    /// Adds a key to a map, behind another key or at the end.
    case insert(into: ValuePath, key: String, Value, after: String?)

    var path: ValuePath {
        switch self {
        case .rename(let path, _), .replace(let path, _), .rewrite(let path, _), .remove(let path),
            .append(let path, _):
            path
        case .insert(let path, _, _, _): path
        }
    }
}

/// Edits of one flow, by place.
struct EditSet {
    private(set) var all: [Edit] = []
    private var byPath: [ValuePath: [Edit]] = [:]

    mutating func add(_ edit: Edit) {
        all.append(edit)
        byPath[edit.path, default: []].append(edit)
    }

    /// The value with all edits made.
    func applied(to value: Value, at path: ValuePath = ValuePath()) -> Value {
        var result = value
        for edit in byPath[path] ?? [] {
            switch edit {
            case .replace(_, let other): return other
            case .rewrite(_, let changes):
                if case .string(let text) = result { result = .string(Self.rewritten(text, changes)) }
            case .append(_, let more): if case .list(let items) = result { result = .list(items + more) }
            case .rename, .remove, .insert: break
            }
        }
        switch result {
        case .list(let items):
            return .list(items.enumerated().map { applied(to: $1, at: path.index($0)) })
        case .map(let entries): return .map(applied(to: entries, at: path))
        case .null, .bool, .int, .double, .string, .extended: return result
        }
    }

    private func applied(to entries: OrderedMap<Value>, at path: ValuePath) -> OrderedMap<Value> {
        var pairs: [(String, Value)] = []
        for (key, value) in entries {
            let place = path.key(key)
            var name = key
            var isRemoved = false
            for edit in byPath[place] ?? [] {
                if case .rename(_, let other) = edit { name = other }
                if case .remove = edit { isRemoved = true }
            }
            if !isRemoved { pairs.append((name, applied(to: value, at: place))) }
            pairs += inserted(at: path) { $0 == key }
        }
        pairs += inserted(at: path) { $0 == nil || entries[$0 ?? ""] == nil }
        return OrderedMap(pairs)
    }

    private func inserted(at path: ValuePath, _ fits: (String?) -> Bool) -> [(String, Value)] {
        (byPath[path] ?? []).compactMap { edit in
            if case .insert(_, let key, let value, let after) = edit, fits(after) {
                (key, value)
            } else {
                nil
            }
        }
    }

    static func rewritten(_ text: String, _ changes: [(range: Range<Int>, text: String)]) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var place = 0
        for (range, replacement) in changes where range.lowerBound >= place && range.upperBound <= bytes.count
        {
            result += bytes[place..<range.lowerBound]
            result += Array(replacement.utf8)
            place = range.upperBound
        }
        return String(decoding: result + bytes[place...], as: UTF8.self)
    }
}
