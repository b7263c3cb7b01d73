/// A map with text keys that keeps the order in which keys were added.
///
/// Small maps, by far the most, are searched by scanning; from `indexedFrom` keys on an index is kept.
/// Equality ignores order, as JSON objects do.
public struct OrderedMap<Element: Sendable>: Sendable {
    public private(set) var keys: [String]
    public private(set) var values: [Element]
    @usableFromInline var index: [String: Int]

    @inlinable static var indexedFrom: Int { 12 }

    public init() {
        keys = []
        values = []
        index = [:]
    }

    public init(_ pairs: [(String, Element)]) {
        self.init()
        reserveCapacity(pairs.count)
        for (key, value) in pairs { self[key] = value }
    }

    @inlinable public var count: Int { keys.count }
    @inlinable public var isEmpty: Bool { keys.isEmpty }

    public mutating func reserveCapacity(_ capacity: Int) {
        keys.reserveCapacity(capacity)
        values.reserveCapacity(capacity)
    }

    /// The position of a key in insertion order.
    // Inlinable, for rendering a template is mostly this.
    @inlinable public func position(of key: String) -> Int? {
        let count = keys.count
        guard count < Self.indexedFrom else { return index[key] }
        let size = key.utf8.count
        var place = 0
        while place < count {
            if keys[place].utf8.count == size, keys[place] == key { return place }
            place &+= 1
        }
        // Equal texts may differ in length, when letters with accents are written in one character or two.
        return key.utf8.allSatisfy { $0 < 0x80 } ? nil : keys.firstIndex(of: key)
    }

    /// Reads, replaces in place, appends, or with `nil` removes an entry.
    public subscript(key: String) -> Element? {
        @inlinable get { position(of: key).map { values[$0] } }
        set {
            if let newValue {
                update(key, to: newValue)
            } else {
                remove(key)
            }
        }
    }

    public subscript(key: String, default fallback: @autoclosure () -> Element) -> Element {
        get { self[key] ?? fallback() }
        _modify {
            let place: Int
            if let known = position(of: key) {
                place = known
            } else {
                place = values.count
                update(key, to: fallback())
            }
            yield &values[place]
        }
    }

    private mutating func update(_ key: String, to value: Element) {
        if let place = position(of: key) {
            values[place] = value
            return
        }
        keys.append(key)
        values.append(value)
        if keys.count == Self.indexedFrom {
            for (place, key) in keys.enumerated() { index[key] = place }
        } else if keys.count > Self.indexedFrom {
            index[key] = keys.count - 1
        }
    }

    private mutating func remove(_ key: String) {
        guard let place = position(of: key) else { return }
        keys.remove(at: place)
        values.remove(at: place)
        index = [:]
        if keys.count >= Self.indexedFrom {
            for (place, key) in keys.enumerated() { index[key] = place }
        }
    }

    public func mapValues<Other>(_ transform: (Element) throws -> Other) rethrows -> OrderedMap<Other> {
        var result = OrderedMap<Other>()
        result.keys = keys
        result.values = try values.map(transform)
        result.index = index
        return result
    }
}

extension OrderedMap: Sequence {
    public func makeIterator() -> Zip2Sequence<[String], [Element]>.Iterator {
        zip(keys, values).makeIterator()
    }
}

extension OrderedMap: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Element)...) {
        self.init(elements)
    }
}

extension OrderedMap: Equatable where Element: Equatable {
    public static func == (left: Self, right: Self) -> Bool {
        guard left.count == right.count else { return false }
        if left.keys == right.keys { return left.values == right.values }
        return left.allSatisfy { key, value in right[key] == value }
    }
}

extension OrderedMap: Hashable where Element: Hashable {
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        var sum = 0
        for (key, value) in self {
            var entry = Hasher()
            entry.combine(key)
            entry.combine(value)
            sum ^= entry.finalize()
        }
        hasher.combine(sum)
    }
}
