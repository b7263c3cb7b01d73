/// A map with text keys that keeps the order in which keys were added.
///
/// Small maps, by far the most, are searched by scanning; larger ones keep an index. Equality ignores order, as JSON
/// objects do.
public struct OrderedMap<Element: Sendable> {
    /// `nil` while there was never an entry.
    @usableFromInline var storage: OrderedMapStorage<Element>?

    @inlinable
    public init() { storage = nil }

    /// Of equal keys the last wins, at the place of the first.
    @inlinable
    public init(_ pairs: [(String, Element)]) {
        self.init()
        reserveCapacity(pairs.count)
        for (key, value) in pairs { self[key] = value }
    }

    @inlinable public var count: Int { storage?.count ?? 0 }
    @inlinable public var isEmpty: Bool { count == 0 }

    /// All keys in order, in an array of their own.
    @inlinable public var keys: [String] { storage?.withEntries { $0.map { $0.key } } ?? [] }
    /// All values in the order of the keys, in an array of their own.
    @inlinable public var values: [Element] { storage?.withEntries { $0.map { $0.value } } ?? [] }

    @inlinable
    public mutating func reserveCapacity(_ capacity: Int) {
        if capacity > count { makeRoom(for: capacity - count, exactly: true) }
    }

    /// The position of a key in insertion order.
    @inlinable
    public func position(of key: String) -> Int? { storage?.place(of: key) }

    /// Reads, replaces in place, appends, or with `nil` removes an entry.
    @inlinable
    public subscript(key: String) -> Element? {
        get {
            guard let storage, let place = storage.place(of: key) else { return nil }
            return storage.address(at: place).pointee
        }
        set {
            if let newValue {
                update(key, to: newValue)
            } else {
                remove(key)
            }
        }
    }

    @inlinable
    public subscript(key: String, default fallback: @autoclosure () -> Element) -> Element {
        get { self[key] ?? fallback() }
        _modify {
            if position(of: key) == nil { update(key, to: fallback()) }
            let storage = makeRoom(for: 0)
            guard let place = storage.place(of: key) else { preconditionFailure("`\(key)` was just added") }
            defer { withExtendedLifetime(storage) {} }
            yield &storage.address(at: place).pointee
        }
    }

    @usableFromInline
    mutating func update(_ key: String, to value: Element) {
        if let place = position(of: key) {
            makeRoom(for: 0).address(at: place).pointee = value
        } else {
            makeRoom(for: 1).append(key, value)
        }
    }

    @usableFromInline
    mutating func remove(_ key: String) {
        guard let place = position(of: key) else { return }
        makeRoom(for: 0).remove(at: place)
    }

    /// Makes this map the only owner of its storage, with room for more entries.
    @inlinable @discardableResult
    mutating func makeRoom(for more: Int, exactly: Bool = false) -> OrderedMapStorage<Element> {
        let isOwned = isKnownUniquelyReferenced(&storage)
        guard let present = storage else {
            let fresh = OrderedMapStorage<Element>.make(room: exactly ? more : Swift.max(more, 4))
            storage = fresh
            return fresh
        }
        let needed = present.count + more
        let room = present.withUnsafeMutablePointerToHeader { $0.pointee.room }
        if isOwned, needed <= room { return present }
        let other = present.resized(
            room: exactly || needed <= room ? needed : Swift.max(needed, 2 * room), isOwned: isOwned)
        storage = other
        return other
    }

    @inlinable
    public func mapValues<Other>(_ transform: (Element) throws -> Other) rethrows -> OrderedMap<Other> {
        var result = OrderedMap<Other>()
        guard !isEmpty else { return result }
        let changed = result.makeRoom(for: count, exactly: true)
        for (key, value) in self { changed.append(key, try transform(value)) }
        return result
    }
}

// `@unchecked` since a class cannot be seen to behave as a value. The proof: the owner of a storage is the map that
// refers to it, its elements are `Sendable`, and every change goes through `makeRoom(for:)`, which first makes this map
// the only owner (`isKnownUniquelyReferenced`, else a copy). So a storage that two threads can reach is only read.
extension OrderedMap: @unchecked Sendable {}

extension OrderedMap: Sequence {
    @inlinable public func makeIterator() -> OrderedMapIterator<Element> { OrderedMapIterator(storage) }
    @inlinable public var underestimatedCount: Int { count }
}

/// Gives the entries of a map in order.
public struct OrderedMapIterator<Element>: IteratorProtocol {
    @usableFromInline let storage: OrderedMapStorage<Element>?
    @usableFromInline var place = 0

    @inlinable
    init(_ storage: OrderedMapStorage<Element>?) { self.storage = storage }

    @inlinable
    public mutating func next() -> (String, Element)? {
        guard let storage, place < storage.count else { return nil }
        defer { place += 1 }
        return storage.withEntries { ($0[place].key, $0[place].value) }
    }
}

extension OrderedMap: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Element)...) {
        self.init(elements)
    }
}

extension OrderedMap: CustomStringConvertible {
    /// For messages of tests: `["a": int(1)]`.
    public var description: String {
        isEmpty ? "[:]" : "[" + map { key, value in "\"\(key)\": \(value)" }.joined(separator: ", ") + "]"
    }
}

extension OrderedMap: Equatable where Element: Equatable {
    public static func == (left: Self, right: Self) -> Bool {
        if left.storage === right.storage { return true }
        guard left.count == right.count else { return false }
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
