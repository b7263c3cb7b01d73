/// Where values lie inside others.
///
/// A copy of a value keeps count of references to it, which takes longer than finding it. So paths are followed by
/// address, and only what is found is copied, if at all. An address is good as long as whoever holds the value that
/// the path began in does, unchanged.
extension Value {
    /// What a path of keys leads to; `nil` where one is missing. Costs the length of the path.
    ///
    /// - Parameters:
    ///   - start: Where the path begins.
    ///   - words: The keys, among others. The items of a list have their numbers for keys, from 0.
    ///   - first: The place of the first key.
    ///   - end: The place after the last; the path may be empty.
    package static func find(
        from start: UnsafePointer<Value>, _ words: [String], _ first: Int, _ end: Int
    ) -> UnsafePointer<Value>? {
        follow(words, first, end, from: start)
    }

    @inline(__always)
    fileprivate static func follow(
        _ words: [String], _ first: Int, _ end: Int, from start: UnsafePointer<Value>
    ) -> UnsafePointer<Value>? {
        var value = start
        var place = first
        while place < end {
            guard let next = near(value, words[place]) ?? member(of: value, words[place]) else { return nil }
            value = next
            place &+= 1
        }
        return value
    }

    /// The frequent case, kept apart from the others since nothing in it needs a copy of the map.
    @inline(__always)
    private static func near(_ value: UnsafePointer<Value>, _ key: String) -> UnsafePointer<Value>? {
        guard case .map(let entries) = value.pointee else { return nil }
        return entries.nearAddress(of: key)
    }

    @inline(never)
    private static func member(of value: UnsafePointer<Value>, _ key: String) -> UnsafePointer<Value>? {
        switch value.pointee {
        case .map(let entries): return entries.address(of: key)
        case .list(let items):
            guard let place = Int(key), items.indices.contains(place) else { return nil }
            return items.withUnsafeBufferPointer { $0.baseAddress.map { $0 + place } }
        case .null, .bool, .int, .double, .string, .extended: return nil
        }
    }
}

extension OrderedMap {
    @inline(__always)
    fileprivate func nearAddress(of key: String) -> UnsafePointer<Element>? {
        guard let storage, let place = storage.nearPlace(of: key) else { return nil }
        return UnsafePointer(storage.address(at: place))
    }

    /// Where the value of a key lies; good as long as the map is held and not changed.
    package func address(of key: String) -> UnsafePointer<Element>? {
        guard let storage, let place = storage.place(of: key) else { return nil }
        return UnsafePointer(storage.address(at: place))
    }
}

extension OrderedMap<Value> {
    /// What a path leads to, whose first key is one of this map.
    package func find(_ words: [String], _ first: Int, _ end: Int) -> UnsafePointer<Value>? {
        guard first < end, let root = nearAddress(of: words[first]) ?? address(of: words[first]) else {
            return nil
        }
        return Value.follow(words, first &+ 1, end, from: root)
    }
}
