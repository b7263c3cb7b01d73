import Testing

@testable import ApusModel

@Suite struct OrderedMapTests {
    /// Sizes on both sides of the number of keys from which there is an index.
    static let sizes: [Int] = [0, 1, 4, 11, 12, 13, 100]

    private static func map(_ size: Int) -> OrderedMap<Int> {
        OrderedMap((0..<size).map { ("key \($0)", $0) })
    }

    @Test("keys keep their order and are found", arguments: sizes)
    func order(size: Int) {
        let map = Self.map(size)
        #expect(map.count == size)
        #expect(map.keys == (0..<size).map { "key \($0)" })
        #expect(map.values == Array(0..<size))
        #expect(map.map { $0.1 } == Array(0..<size))
        #expect((0..<size).allSatisfy { map["key \($0)"] == $0 && map.position(of: "key \($0)") == $0 })
        #expect(map["another"] == nil)
    }

    @Test("a copy does not see what the other changes", arguments: sizes)
    func copies(size: Int) {
        let map = Self.map(size)
        var other = map
        other["key 0"] = 7
        other["new"] = 8
        other["more", default: 1] += 1
        #expect(map == Self.map(size))
        #expect(other["key 0"] == 7 && other["new"] == 8 && other["more"] == 2)
    }

    @Test("what is removed is gone and the others move up", arguments: sizes)
    func removal(size: Int) {
        var map = Self.map(size)
        for number in stride(from: 0, to: size, by: 2) { map["key \(number)"] = nil }
        map["never there"] = nil
        let left = Array(stride(from: 1, to: size, by: 2))
        #expect(map.values == left)
        #expect(left.enumerated().allSatisfy { map.position(of: "key \($1)") == $0 })
        #expect(stride(from: 0, to: size, by: 2).allSatisfy { map["key \($0)"] == nil })
    }

    @Test("transformed maps are searched like others", arguments: sizes)
    func transformed(size: Int) {
        let map = Self.map(size).mapValues { $0 * 2 }
        #expect(map.values == (0..<size).map { $0 * 2 })
        #expect((0..<size).allSatisfy { map["key \($0)"] == $0 * 2 })
    }

    @Test("equality and hash ignore order", arguments: sizes)
    func equality(size: Int) {
        let map = Self.map(size)
        let reversed = OrderedMap(map.map { $0 }.reversed())
        #expect(map == reversed)
        #expect(map.hashValue == reversed.hashValue)
        #expect(map != Self.map(size + 1))
    }

    @Test("the last of equal keys wins at the place of the first")
    func duplicates() {
        let map = OrderedMap([("a", 1), ("b", 2), ("a", 3)])
        #expect(map.keys == ["a", "b"])
        #expect(map.values == [3, 2])
    }

    @Test("accents are the same however they are written", arguments: sizes)
    func accents(size: Int) {
        var map = Self.map(size)
        map["caf\u{E9}"] = -1
        #expect(map["cafe\u{301}"] == -1)
    }

    @Test("paths lead through maps and lists")
    func paths() {
        let value: Value = ["a": ["b": [10, ["c": 11]]], "accent\u{E9}": 12]
        func found(_ words: String...) -> Value? {
            withUnsafePointer(to: value) { Value.find(from: $0, words, 0, words.count)?.pointee }
        }
        #expect(found() == value)
        #expect(found("a", "b", "0") == 10)
        #expect(found("a", "b", "1", "c") == 11)
        #expect(found("accente\u{301}") == 12)
        #expect(found("a", "b", "2") == nil)
        #expect(found("a", "b", "-1") == nil)
        #expect(found("a", "x") == nil)
        #expect(found("a", "b", "0", "c") == nil)
    }
}
