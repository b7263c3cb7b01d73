import ApusModel
import Testing

@testable import ApusDatabase
@testable import ApusDatabaseSQLite

@Suite struct StoreQueryTests {
    @Test("each writing of a key-value entry counts its revision, and what expired long ago goes")
    func revisions() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                for second in 1...3 as ClosedRange<Int64> {
                    try KeyValues.put(
                        namespace: "n", key: "k", value: .int(second), expires: second == 3 ? at(4) : nil,
                        now: at(second), connection)
                }
                #expect(try KeyValues.get(namespace: "n", key: "k", now: at(3), connection)?.revision == 3)
                try KeyValues.put(namespace: "n", key: "a", value: 1, now: at(86_000), connection)
                #expect(try KeyValues.keys(KeyValueFilter(), connection) == ["a", "k"])
                try KeyValues.put(namespace: "n", key: "b", value: 1, now: at(90_000), connection)
                #expect(try KeyValues.keys(KeyValueFilter(), connection) == ["a", "b"])
            }
        }
    }

    @Test("entries are found by namespace, key and age")
    func search() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                for (namespace, key, end) in [("a", "x", 9), ("a.b", "y", 20), ("ab", "x", nil)]
                    as [(String, String, Int64?)]
                {
                    try KeyValues.put(
                        namespace: namespace, key: key, value: "long", expires: end.map(at), now: at(1),
                        connection)
                }
                func found(_ filter: KeyValueFilter) throws -> [String] {
                    try KeyValues.search(filter, connection).entries.map { "\($0.namespace)/\($0.key)" }
                }
                #expect(try found(KeyValueFilter(namespace: .under("a"))) == ["a/x", "a.b/y"])
                #expect(try found(KeyValueFilter(key: .equals("x"))) == ["a/x", "ab/x"])
                #expect(try found(KeyValueFilter(expiry: .expired(at: at(9)))) == ["a/x"])
                #expect(try found(KeyValueFilter(expiry: .alive(at: at(9)))) == ["a.b/y", "ab/x"])
                #expect(try KeyValues.search(KeyValueFilter(), connection).entries.first?.value == .null)
                #expect(try KeyValues.namespaces(connection) == ["a", "a.b", "ab"])
            }
        }
    }

    @Test("outputs are reused while they are young enough")
    func taskCache() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                try TaskCache.put(
                    key: "k", namespace: "n", flowID: "f", outputs: ["at": .extended(.instant(at(5)))],
                    ttl: .seconds(10), now: at(1), connection)
                func found(_ ttl: ISODuration?, _ second: Int64) throws -> OrderedMap<Value>? {
                    try TaskCache.outputs(key: "k", ttl: ttl, now: at(second), connection)
                }
                #expect(try found(.seconds(10), 2) == ["at": .extended(.instant(at(5)))])
                #expect(try found(.seconds(10), 11) == nil)
                #expect(try found(.seconds(3), 4) == nil)
                #expect(try found(nil, 10) != nil)
                #expect(try TaskCache.outputs(key: "other", ttl: nil, now: at(2), connection) == nil)
            }
        }
    }

    @Test("a flow keeps only so many outputs, the newest")
    func bound() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                for number in 0...TaskCache.maxEntriesOfFlow {
                    try TaskCache.put(
                        key: "k\(number)", namespace: "n", flowID: "f", outputs: [:], ttl: nil,
                        now: at(Int64(number)), connection)
                }
                let now = at(5000)
                #expect(try TaskCache.outputs(key: "k0", ttl: nil, now: now, connection) == nil)
                #expect(try TaskCache.outputs(key: "k1", ttl: nil, now: now, connection) == [:])
            }
        }
    }
}
