internal import ApusModel

/// Turns nodes into values, notes where they stand, merges `<<`, and refuses keys written twice.
struct Builder {
    private(set) var positions = PositionMap()
    private(set) var literals: [ValuePath: String] = [:]
    private var path = ValuePath()
    /// Steps that recorded paths may have in all: deep and wide documents lose the places of their last parts,
    /// which are then reported at the nearest place known, rather than take hundreds of megabytes.
    private var stepsLeft = 1_000_000
    /// Above zero inside a repeated value.
    private var aliasDepth = 0

    mutating func value(of node: Node) throws(Fault) -> Value {
        record(node.position, in: \.values)
        if node.isAlias { aliasDepth += 1 }
        defer { if node.isAlias { aliasDepth -= 1 } }
        switch node.content {
        case .scalar(let value, let literal, let place):
            if let literal, stepsLeft >= 0 { literals[path] = literal }
            if let place, aliasDepth == 0, stepsLeft >= 0,
                value.stringValue?.utf8.contains(UInt8(ascii: "{")) == true
            {
                positions.texts[path] = place
            }
            return value
        case .list(let nodes):
            var items: [Value] = []
            items.reserveCapacity(nodes.count)
            for (place, item) in nodes.enumerated() {
                items.append(try descend(.index(place), item))
            }
            return .list(items)
        case .map(let entries): return .map(try map(entries))
        }
    }

    private mutating func descend(_ step: ValuePath.Step, _ node: Node) throws(Fault) -> Value {
        path.steps.append(step)
        defer { path.steps.removeLast() }
        return try value(of: node)
    }

    private mutating func record(
        _ position: SourcePosition, in places: WritableKeyPath<PositionMap, [ValuePath: SourcePosition]>
    ) {
        guard aliasDepth == 0, stepsLeft >= 0 else { return }
        stepsLeft -= path.steps.count + 1
        positions[keyPath: places][path] = position
    }

    private mutating func map(_ entries: [Node.Entry]) throws(Fault) -> OrderedMap<Value> {
        var result = OrderedMap<Value>()
        result.reserveCapacity(entries.count)
        var merged = OrderedMap<Value>()
        var mergePosition: SourcePosition?
        for entry in entries {
            if entry.isMerge {
                guard mergePosition == nil else { throw duplicate(entry, firstAt: mergePosition) }
                mergePosition = entry.position
                merged = try mergedEntries(of: entry)
                continue
            }
            guard result.position(of: entry.key) == nil else {
                let first = entries.first { $0.key == entry.key }
                throw duplicate(entry, firstAt: first?.position)
            }
            path.steps.append(.key(entry.key))
            record(entry.position, in: \.keys)
            path.steps.removeLast()
            result[entry.key] = try descend(.key(entry.key), entry.value)
        }
        guard let mergePosition else { return result }
        for key in merged.keys where result.position(of: key) == nil {
            path.steps.append(.key(key))
            record(mergePosition, in: \.keys)
            record(mergePosition, in: \.values)
            path.steps.removeLast()
        }
        for (key, value) in result { merged[key] = value }
        return merged
    }

    /// The entries that `<<` brings in; of several maps the first that has a key wins.
    private mutating func mergedEntries(of entry: Node.Entry) throws(Fault) -> OrderedMap<Value> {
        aliasDepth += 1
        defer { aliasDepth -= 1 }
        switch try value(of: entry.value) {
        case .map(let entries): return entries
        case .list(let items):
            var result = OrderedMap<Value>()
            for item in items {
                guard case .map(let entries) = item else { throw notMergeable(item, entry) }
                for (key, value) in entries where result.position(of: key) == nil { result[key] = value }
            }
            return result
        case let other: throw notMergeable(other, entry)
        }
    }

    private func notMergeable(_ value: Value, _ entry: Node.Entry) -> Fault {
        Fault(
            .error, "`<<` merges maps, found \(value.kind)", at: path, position: entry.value.position,
            remedy: "give it an alias of a map, such as `<<: *defaults`")
    }

    private func duplicate(_ entry: Node.Entry, firstAt first: SourcePosition?) -> Fault {
        let full = path.key(entry.key)
        let before = first.map { ", the first is in line \($0.line)" } ?? ""
        return Fault(
            .error, "Duplicate field '\(entry.key)'\(before)", at: full, position: entry.position,
            remedy: "remove one of the two")
    }
}
