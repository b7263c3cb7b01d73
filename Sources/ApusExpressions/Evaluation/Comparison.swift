import ApusModel

enum Comparison {
    /// Equality by meaning: numbers of any kind by their value, collections by their items.
    static func areEqual(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)): return left == right
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy(areEqual)
        case (.map(let left), .map(let right)):
            return left.count == right.count
                && left.allSatisfy { key, value in right[key].map { areEqual(value, $0) } ?? false }
        default:
            if let left = Number(left), let right = Number(right) { return Number.compare(left, right) == 0 }
            if let left = instant(left), let right = instant(right) { return left == right }
            return left == right
        }
    }

    /// -1, 0 or 1. Numbers compare with numbers, texts with texts, times with times of their kind.
    static func order(_ left: Value, _ right: Value) throws(ExpressionError) -> Int {
        if let left = Number(left), let right = Number(right) {
            guard let order = Number.compare(left, right) else { throw .failed("NaN cannot be compared") }
            return order
        }
        switch (left, right) {
        case (.string(let left), .string(let right)):
            return left == right ? 0 : left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        case (.bool(let left), .bool(let right)): return left == right ? 0 : right ? -1 : 1
        case (.extended(.localDateTime(let left)), .extended(.localDateTime(let right))):
            return order(left, right)
        case (.extended(.localDate(let left)), .extended(.localDate(let right))): return order(left, right)
        case (.extended(.localTime(let left)), .extended(.localTime(let right))): return order(left, right)
        case (.extended(.duration(let left)), .extended(.duration(let right))): return order(left, right)
        default:
            if let left = instant(left), let right = instant(right) { return order(left, right) }
            throw ExpressionError(
                .wrongType(expected: left.kind, found: right.kind),
                "\(left.kind) and \(right.kind) cannot be compared")
        }
    }

    private static func order<T: Comparable>(_ left: T, _ right: T) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }

    private static func instant(_ value: Value) -> Timestamp? {
        switch value {
        case .extended(.instant(let timestamp)): timestamp
        case .extended(.zonedDateTime(let zoned)): zoned.timestamp
        default: nil
        }
    }

    /// `container contains item`
    static func contains(_ container: Value, _ item: Value) throws(ExpressionError) -> Bool {
        if case .list(let items) = item {
            for item in items {
                guard try contains(container, item) else { return false }
            }
            return true
        }
        switch container {
        case .null: return false
        case .list(let items): return items.contains { areEqual($0, item) }
        case .map(let entries): return entries[item.printed] != nil
        case .string(let text):
            let part = item.printed
            return part.isEmpty || text.utf8.contains(part)
        default: throw .wrongType("`contains`", expected: "a list, a map or text", found: container)
        }
    }

    /// `item isIn container`, by text.
    static func isIn(_ item: Value, _ container: Value) throws(ExpressionError) -> Bool {
        guard !item.isNull else { return false }
        let text = item.printed
        switch container {
        case .null: return false
        case .list(let items): return items.contains { !$0.isNull && $0.printed == text }
        case .map(let entries):
            return entries.contains { key, value in key == text || (!value.isNull && value.printed == text) }
        default: throw .wrongType("`isIn`", expected: "a list or a map", found: container)
        }
    }
}

extension String.UTF8View {
    /// Whether another text is part of this one.
    func contains(_ part: String) -> Bool {
        let part = Array(part.utf8)
        let whole = Array(self)
        return whole.firstRange(of: part, from: 0) != nil
    }
}

extension [UInt8] {
    /// Where the part first stands, from a place on.
    func firstRange(of part: [UInt8], from start: Int) -> Range<Int>? {
        guard let first = part.first else { return start..<start }
        guard count >= part.count else { return nil }
        var place = start
        let last = count - part.count
        while place <= last {
            if self[place] == first, self[place..<(place + part.count)].elementsEqual(part) {
                return place..<(place + part.count)
            }
            place += 1
        }
        return nil
    }
}
