import ApusModel

extension Filter {
    /// Filters for lists and maps.
    static let lists: [Filter] = [
        Filter("first") { (value, call) throws(ExpressionError) in
            try end(of: value, call) {
                $0.first
            } text: {
                $0.first
            }
        },
        Filter("last") { (value, call) throws(ExpressionError) in
            try end(of: value, call) {
                $0.last
            } text: {
                $0.last
            }
        },
        Filter("join", ["separator"]) { (value, call) throws(ExpressionError) in
            let items = try list(value, call)
            let separator = try call.optionalString(0) ?? ""
            let output = Output(limit: call.limits.textBytes)
            for (place, item) in items.enumerated() {
                if place > 0 { try output.append(separator) }
                try output.append(item.isNull ? .string("null") : item)
            }
            return .string(output.text)
        },
        Filter("reverse") { (value, call) throws(ExpressionError) in .list(try list(value, call).reversed())
        },
        Filter("sort") { (value, call) throws(ExpressionError) in .list(try sorted(value, call)) },
        Filter("rsort") { (value, call) throws(ExpressionError) in .list(try sorted(value, call).reversed())
        },
        Filter("slice", ["fromIndex", "toIndex"]) { (value, call) throws(ExpressionError) in
            try slice(value, call)
        },
        Filter("chunk", ["size*"]) { (value, call) throws(ExpressionError) in
            let items = try list(value, call)
            let size = try call.int(0)
            guard size > 0 else { throw .argument("the size of a chunk is at least 1, found \(size)") }
            let chunks = Value.list(
                stride(from: 0, to: items.count, by: size).map { .list(Array(items[$0...].prefix(size))) })
            try call.evaluator.weigh(chunks)
            return chunks
        },
        Filter("distinct", takesNull: true) { (value, call) throws(ExpressionError) in
            guard !value.isNull else { return .string("null") }
            // Hashing looks at everything in the items, and takes longer than other steps.
            try call.evaluator.weigh(value)
            try call.evaluator.spend(4 * (value.listValue?.count ?? 0))
            var seen: Set<Value> = []
            return .list(try list(value, call).filter { seen.insert($0).inserted })
        },
        Filter("flatten") { (value, call) throws(ExpressionError) in
            let items = try list(value, call)
            try call.evaluator.spend(items.reduce(0) { $0 + ($1.listValue?.count ?? 1) })
            return .list(items.flatMap { $0.listValue ?? [$0] })
        },
        Filter("merge", ["items*"]) { (value, call) throws(ExpressionError) in try merge(value, call) },
        Filter("keys") { (value, call) throws(ExpressionError) in
            switch value {
            case .map(let entries):
                try call.evaluator.spend(entries.count)
                return .list(entries.keys.map { .string($0) })
            case .list(let items):
                try call.evaluator.spend(items.count)
                return .list(items.indices.map { .int(Int64($0)) })
            default: throw .wrongType(call.subject, expected: "a map or a list", found: value)
            }
        },
        Filter("values") { (value, call) throws(ExpressionError) in
            guard case .map(let entries) = value else {
                throw .wrongType(call.subject, expected: "a map", found: value)
            }
            try call.evaluator.spend(entries.count)
            return .list(entries.values)
        },
    ]

    private static func list(_ value: Value, _ call: Arguments) throws(ExpressionError) -> [Value] {
        guard case .list(let items) = value else {
            throw .wrongType(call.subject, expected: "a list", found: value)
        }
        try call.evaluator.spend(items.count)
        return items
    }

    private static func end(
        of value: Value, _ call: Arguments, _ item: ([Value]) -> Value?, text: (String) -> Character?
    ) throws(ExpressionError) -> Value {
        switch value {
        case .list(let items): return item(items) ?? .null
        case .string(let string):
            guard let character = text(string) else {
                throw .argument("\(call.subject) takes a text with at least one character")
            }
            return .string(String(character))
        default: throw .wrongType(call.subject, expected: "a list or text", found: value)
        }
    }

    /// A merge sort, since the order of two values may not exist, which the library's sort cannot report.
    private static func sorted(_ value: Value, _ call: Arguments) throws(ExpressionError) -> [Value] {
        var items = try list(value, call)
        var width = 1
        while width < items.count {
            try call.evaluator.spend(items.count)
            var merged: [Value] = []
            merged.reserveCapacity(items.count)
            for start in stride(from: 0, to: items.count, by: 2 * width) {
                var left = items[start..<min(start + width, items.count)]
                var right = items[min(start + width, items.count)..<min(start + 2 * width, items.count)]
                while let first = left.first, let second = right.first {
                    if try Comparison.order(first, second) <= 0 {
                        merged.append(first)
                        left.removeFirst()
                    } else {
                        merged.append(second)
                        right.removeFirst()
                    }
                }
                merged += left
                merged += right
            }
            items = merged
            width *= 2
        }
        return items
    }

    private static func slice(_ value: Value, _ call: Arguments) throws(ExpressionError) -> Value {
        switch value {
        case .list(let items): return .list(Array(items[try bounds(of: items.count, call)]))
        case .string(let text):
            // In the units that `length` counts.
            let units = Array(text.utf16)
            return .string(String(decoding: units[try bounds(of: units.count, call)], as: UTF16.self))
        default: throw .wrongType(call.subject, expected: "a list or text", found: value)
        }
    }

    /// An end that is given lies behind the start; without one a slice may be empty.
    private static func bounds(of count: Int, _ call: Arguments) throws(ExpressionError) -> Swift.Range<Int> {
        let start = try call.optionalInt(0) ?? 0
        let end = try call.optionalInt(1)
        let last = end ?? count
        guard start >= 0, last <= count, start < last || (end == nil && start == last) else {
            throw .argument("\(call.subject) cannot take \(start) to \(last) of \(count) items")
        }
        return start..<last
    }

    private static func merge(_ value: Value, _ call: Arguments) throws(ExpressionError) -> Value {
        guard let other = call[0] else { return value }
        switch (value, other) {
        case (.list(let items), .list(let others)):
            try call.evaluator.weigh(value)
            try call.evaluator.weigh(other)
            return .list(items + others)
        case (.map(let entries), .map(let others)):
            try call.evaluator.weigh(value)
            try call.evaluator.weigh(other)
            var merged = entries
            for (key, value) in others { merged[key] = value }
            return .map(HashOrder.sorted(merged, roomFor: entries.count + others.count + 16))
        default:
            throw ExpressionError(
                .wrongType(expected: value.kind, found: other.kind),
                "\(call.subject) takes two lists or two maps, found \(value.kind) and \(other.kind)")
        }
    }
}

/// The order in which Java's `HashMap` lists its keys, which is that of merged and changed maps in Kestra.
enum HashOrder {
    /// - Parameter room: The entries that the map was made for; the number of buckets follows from it.
    static func sorted(_ map: OrderedMap<Value>, roomFor room: Int = 16) -> OrderedMap<Value> {
        var capacity = 16
        while capacity < room { capacity *= 2 }
        while map.count > capacity / 4 * 3 { capacity *= 2 }
        let places = map.map { key, value in (key, value, bucket: Int(hash(key)) & (capacity - 1)) }
        var result = OrderedMap<Value>()
        result.reserveCapacity(map.count)
        // Swift's sort is stable, so keys of one bucket stay in order of insertion.
        for (key, value, _) in places.sorted(by: { $0.bucket < $1.bucket }) { result[key] = value }
        return result
    }

    /// `String.hashCode()` with its upper half mixed in.
    private static func hash(_ text: String) -> UInt32 {
        let code = text.utf16.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) }
        return code ^ (code >> 16)
    }
}
