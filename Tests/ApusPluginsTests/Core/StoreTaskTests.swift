import ApusModel
import ApusPlugin
import ApusPluginsCore
import Testing

/// Tasks on key-value stores, states and files of namespaces.
@Suite struct StoreTaskTests {
    private static let registry = {
        var registry = PluginRegistry()
        CorePlugins.add(to: &registry)
        return registry
    }()

    private func run(
        _ type: String, _ properties: OrderedMap<Value>, _ context: TestContext
    ) async throws -> OrderedMap<Value> {
        let task = try #require(Self.registry.runnable(named: type), "\(type)")
        return try await task(properties, context.context).values
    }

    private func failure(
        _ type: String, _ properties: OrderedMap<Value>, _ context: TestContext
    ) async -> String {
        do {
            return "gave \(try await run(type, properties, context))"
        } catch { return "\(error)" }
    }

    private let kv = "io.kestra.plugin.core.kv."
    private let files = "io.kestra.plugin.core.namespace."

    struct Typed: Sendable {
        var kind: String
        var given: Value
        /// `nil` when it is refused.
        var stored: Value?

        init(_ kind: String, _ given: Value, _ stored: Value?) {
            self.kind = kind
            self.given = given
            self.stored = stored
        }
    }

    static let types: [Typed] = [
        Typed("STRING", "a", "a"), Typed("STRING", 5, "5"), Typed("STRING", ["a": 1], "{\"a\":1}"),
        Typed("NUMBER", "12.5", 12.5), Typed("NUMBER", "7", 7), Typed("NUMBER", 7, 7),
        Typed("NUMBER", "seven", .none), Typed("NUMBER", "nan", .none), Typed("BOOLEAN", "true", true),
        Typed("BOOLEAN", false, false), Typed("BOOLEAN", "yes", .none),
        Typed("JSON", "[1, {\"a\": null}]", [1, ["a": nil]]), Typed("JSON", ["a"], ["a"]),
        Typed("JSON", "{", .none), Typed("DATE", "tomorrow", .none),
        Typed("DURATION", "PT1M", .extended(.duration(.seconds(60)))), Typed("DURATION", "P", .none),
        Typed("DATETIME", "2024-01-02", .none),
    ]

    @Test("a value becomes what its type says, or is refused", arguments: types)
    func types(row: Typed) async throws {
        let store = MemoryKeyValues()
        let context = TestContext(services: Services(keyValues: store))
        let text = await failure(
            kv + "Set", ["key": "k", "value": row.given, "kvType": .string(row.kind)], context)
        #expect(store.value(of: "k", in: "company.team") == row.stored, "\(text)")
        if row.stored == nil { #expect(text.contains("is not a value of the type \(row.kind)")) }
    }

    @Test("an entry is read from the nearest namespace, and only there when one is named")
    func inheritance() async throws {
        let store = MemoryKeyValues(["company": ["a": 1, "b": 2], "company.team": ["b": 3], "x": ["a": 4]])
        let context = TestContext(services: Services(keyValues: store))
        #expect(try await run(kv + "Get", ["key": "a"], context) == ["value": 1])
        #expect(try await run(kv + "Get", ["key": "b"], context) == ["value": 3])
        #expect(
            try await run(kv + "Get", ["key": "a", "namespace": "company.team"], context) == ["value": 1])
        #expect(try await run(kv + "Get", ["key": "a", "namespace": "x"], context) == ["value": 4])
        #expect(try await run(kv + "Get", ["key": "b", "namespace": "x"], context) == [:])
        let missing = await failure(kv + "Get", ["key": "c", "errorOnMissing": true], context)
        #expect(missing == "No value found for key 'c' in namespace 'company.team'.")
    }

    @Test("an entry is put in any case, or only in the place of one that is there")
    func put() async throws {
        let store = MemoryKeyValues(["company": ["a": 1]])
        let context = TestContext(services: Services(keyValues: store))
        let missing = await failure(kv + "Put", ["key": "a", "value": 2, "errorOnMissing": true], context)
        #expect(missing == "No value found for key 'a' in namespace 'company.team'.")
        _ = try await run(kv + "Put", ["key": "a", "value": 2], context)
        _ = try await run(kv + "Put", ["key": "a", "value": [3], "errorOnMissing": true], context)
        #expect(store.value(of: "a", in: "company.team") == [3])
    }

    @Test("keys are listed, removed and purged")
    func keys() async throws {
        let store = MemoryKeyValues([
            "company.team": ["ab": 1, "ac": 2, "b": 3], "company.team.sub": ["ad": 4],
        ])
        let context = TestContext(services: Services(keyValues: store))
        #expect(try await run(kv + "GetKeys", ["prefix": "a"], context) == ["keys": ["ab", "ac"]])
        #expect(try await run(kv + "Delete", ["key": "b"], context) == ["deleted": true])
        #expect(try await run(kv + "Delete", ["key": "b"], context) == ["deleted": false])
        let key: Value = ["type": "key", "expiredOnly": false]
        let team: Value = ["company.team"]
        let purges: [(OrderedMap<Value>, Value)] = [
            ([:], 0), (["behavior": ["type": "version", "keepAmount": 1]], 0),
            (["behavior": key, "namespaces": ["company.tea"]], 0),
            (["behavior": key, "namespaces": team, "keyPattern": "*b", "includeChildNamespaces": false], 1),
            (["expiredOnly": false, "namespacePattern": "company.*"], 2),
        ]
        for (properties, size) in purges {
            #expect(try await run(kv + "PurgeKV", properties, context)["size"] == size, "\(properties)")
        }
        let refused = await failure(kv + "PurgeKV", ["behavior": ["type": "all"]], context)
        #expect(refused.contains("`key` or `version`"))
    }

    @Test("a state is one map for a flow, a namespace, or each value of a loop")
    func states() async throws {
        let store = MemoryKeyValues()
        let services = Services(keyValues: store)
        let context = TestContext(services: services)
        let state = "io.kestra.core.tasks.states."
        #expect(try await run(state + "Get", [:], context) == ["count": 0, "data": [:]])
        #expect(
            try await run(state + "Set", ["data": ["a": 1]], context)
                == ["count": 1, "key": "flow_states_default"])
        #expect(try await run(state + "Set", ["data": ["b": 2]], context)["count"] == 2)
        #expect(try await run(state + "Get", [:], context)["data"] == ["a": 1, "b": 2])
        let loop = TestContext(services: services, loopValue: "x")
        #expect(try await run(state + "Get", [:], loop)["count"] == 0)
        #expect(try await run(state + "Get", ["taskrunValue": false], loop)["count"] == 2)
        let shared = try await run(state + "Set", ["namespace": true, "name": "n", "data": [:]], context)
        #expect(shared["key"] == "states_n")
        let odd = try await run(state + "Set", ["name": "a/b ../c"], context)["key"]?.stringValue
        #expect(odd?.hasPrefix("flow_states_ab..c-") == true)
        #expect(try await run(state + "Delete", [:], context) == ["deleted": true])
        let missing = await failure(state + "Delete", ["errorOnMissing": true], context)
        #expect(missing.contains("does not exist"))
    }

    @Test("files go to a namespace and come back by patterns")
    func files() async throws {
        let store = MemoryNamespaceFiles(["company.team": ["sql/a.sql": "1", "b.txt": "2"]])
        let context = TestContext(services: Services(namespaceFiles: store))
        let place: OrderedMap<Value> = ["namespace": "company.team"]
        func with(_ more: OrderedMap<Value>) -> OrderedMap<Value> {
            var properties = place
            for (name, value) in more { properties[name] = value }
            return properties
        }
        #expect(
            try await run(files + "DownloadFiles", with(["files": "**.sql", "destination": "/to/"]), context)
                == ["files": ["/sql/a.sql": "kestra:///to/sql/a.sql"]])
        #expect(context.seen.stored["kestra:///to/sql/a.sql"] == "1")
        context.put("up", at: "kestra:///x")
        let map: Value = ["/c.txt": "kestra:///x", "b.txt": "kestra:///x"]
        let skipped = with(["filesMap": map, "conflict": "SKIP"])
        #expect(
            try await run(files + "UploadFiles", skipped, context)
                == ["files": ["/c.txt": "kestra:///company.team/_files/c.txt"]])
        let refused = await failure(
            files + "UploadFiles", with(["filesMap": map, "conflict": "ERROR"]), context)
        #expect(refused.contains("already exists"))
        try context.directory.write(.init("w".utf8), to: "out/w.csv")
        let found = with(["files": ["out/*.csv"], "destination": "in"])
        #expect(
            try await run(files + "UploadFiles", found, context)
                == ["files": ["/in/out/w.csv": "kestra:///company.team/_files/in/out/w.csv"]])
        #expect(store.content("in/out/w.csv", in: "company.team") == "w")
        let deleted = try await run(files + "DeleteFiles", with(["files": ["/b.txt", "in/**"]]), context)
        #expect(deleted["files"]?.mapValue?.keys == ["/b.txt", "/in/out/w.csv"])
        #expect(store.list("company.team") == ["c.txt", "sql/a.sql"])
        #expect(try await run(files + "PurgeFiles", ["filePattern": "**.sql"], context) == ["size": 1])
    }
}
