/// What an `OrderedMap` holds, as one object: its entries one behind the other, and an index once there are many.
///
/// Rendering a template looks keys up and copies values, and does little else. A map that is a single reference has
/// one count to keep when it is copied, where an array each for keys and values and a dictionary have three; keys and
/// values side by side are found in one walk; and a value has an address, so that a path leads through maps in maps
/// without copying any of them.
///
/// The memory is a `ManagedBuffer`, since each access to the properties of other classes is checked for conflicts. The
/// first `count` entries are initialized, always. They are changed only while a single map owns the storage:
/// `OrderedMap.makeRoom(for:)` comes before every change.
@usableFromInline
final class OrderedMapStorage<Element>: ManagedBuffer<OrderedMapHeader, OrderedMapEntry<Element>> {
    deinit {
        withUnsafeMutablePointers { header, entries in
            _ = entries.deinitialize(count: header.pointee.count)
        }
    }
}

@usableFromInline
struct OrderedMapHeader {
    @usableFromInline var count: Int
    /// Entries for which there is room.
    @usableFromInline var room: Int
    /// The places of all keys, once there are `indexedFrom`.
    @usableFromInline var index: [String: Int]?

    @inlinable
    init(room: Int) {
        count = 0
        self.room = room
        index = nil
    }

    /// Fewer keys are found faster by looking at each.
    @inlinable static var indexedFrom: Int { 12 }
}

@usableFromInline
struct OrderedMapEntry<Element> {
    @usableFromInline var key: String
    @usableFromInline var value: Element

    @inlinable
    init(key: String, value: Element) {
        self.key = key
        self.value = value
    }
}

// Reading

extension OrderedMapStorage {
    @inlinable var count: Int { withUnsafeMutablePointerToHeader { $0.pointee.count } }

    @inlinable
    func withEntries<Result>(
        _ body: (UnsafeMutableBufferPointer<OrderedMapEntry<Element>>) throws -> Result
    ) rethrows -> Result {
        try withUnsafeMutablePointers { header, entries in
            try body(UnsafeMutableBufferPointer(start: entries, count: header.pointee.count))
        }
    }

    /// Where a value lies. Good as long as the storage is held and not changed.
    @inlinable @inline(__always)
    func address(at place: Int) -> UnsafeMutablePointer<Element> {
        withUnsafeMutablePointers { header, entries in
            precondition(place >= 0 && place < header.pointee.count, "a map has no entry \(place)")
            return withUnsafeMutablePointer(to: &entries[place].value) { $0 }
        }
    }

    /// The place of a key among few. `nil` says nothing: ask `place(of:)`, which is slower.
    ///
    /// Nothing is called here that the compiler does not see through, so that callers need not count references.
    @inlinable @inline(__always)
    func nearPlace(of key: String) -> Int? {
        withUnsafeMutablePointers { header, entries in
            let count = header.pointee.count
            guard count < OrderedMapHeader.indexedFrom else { return nil }
            let size = key.utf8.count
            var place = 0
            while place < count {
                if entries[place].key.utf8.count == size, entries[place].key == key { return place }
                place &+= 1
            }
            return nil
        }
    }

    @inlinable
    func place(of key: String) -> Int? {
        guard count < OrderedMapHeader.indexedFrom else {
            return withUnsafeMutablePointerToHeader { $0.pointee.index?[key] }
        }
        if let place = nearPlace(of: key) { return place }
        // Equal texts may differ in length, when letters with accents are written in one character or two.
        return key.utf8.allSatisfy { $0 < 0x80 } ? nil : withEntries { $0.firstIndex { $0.key == key } }
    }
}

// Changing

extension OrderedMapStorage {
    @inlinable
    static func make(room: Int) -> OrderedMapStorage {
        unsafeDowncast(
            create(minimumCapacity: room) { _ in OrderedMapHeader(room: room) }, to: OrderedMapStorage.self)
    }

    /// A storage with the same entries, and room for more.
    ///
    /// - Parameter isOwned: The entries may be taken out of this storage, which nobody else holds.
    @inlinable
    func resized(room: Int, isOwned: Bool) -> OrderedMapStorage {
        let other = OrderedMapStorage.make(room: max(room, count))
        withUnsafeMutablePointers { header, entries in
            other.withUnsafeMutablePointers { otherHeader, otherEntries in
                otherHeader.pointee.count = header.pointee.count
                otherHeader.pointee.index = header.pointee.index
                if isOwned {
                    otherEntries.moveInitialize(from: entries, count: header.pointee.count)
                    header.pointee.count = 0
                    header.pointee.index = nil
                } else {
                    otherEntries.initialize(from: entries, count: header.pointee.count)
                }
            }
        }
        return other
    }

    /// Adds a key that is not there yet. There is room for it.
    @inlinable
    func append(_ key: String, _ value: Element) {
        withUnsafeMutablePointers { header, entries in
            let place = header.pointee.count
            precondition(place < header.pointee.room, "a map has room for \(header.pointee.room) entries")
            (entries + place).initialize(to: OrderedMapEntry(key: key, value: value))
            header.pointee.count = place + 1
            if place + 1 > OrderedMapHeader.indexedFrom { header.pointee.index?[key] = place }
        }
        if count == OrderedMapHeader.indexedFrom { makeIndex() }
    }

    @inlinable
    func remove(at place: Int) {
        withUnsafeMutablePointers { header, entries in
            precondition(place >= 0 && place < header.pointee.count, "a map has no entry \(place)")
            let last = header.pointee.count - 1
            (entries + place).deinitialize(count: 1)
            (entries + place).moveInitialize(from: entries + place + 1, count: last - place)
            header.pointee.count = last
        }
        makeIndex()
    }

    @usableFromInline
    func makeIndex() {
        withUnsafeMutablePointers { header, entries in
            header.pointee.index = nil
            guard header.pointee.count >= OrderedMapHeader.indexedFrom else { return }
            var index: [String: Int] = [:]
            index.reserveCapacity(header.pointee.room)
            for place in 0..<header.pointee.count { index[entries[place].key] = place }
            header.pointee.index = index
        }
    }
}
