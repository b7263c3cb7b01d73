import ApusModel
import ApusPlugin
import ApusPluginsCore
import Testing

@Suite struct StorageTaskTests {
    private static let registry = {
        var registry = PluginRegistry()
        CorePlugins.add(to: &registry)
        return registry
    }()

    /// What a task gives, and the content of the files it stored, by URI.
    private func run(
        _ name: String, _ properties: OrderedMap<Value>, _ files: [String: String] = [:]
    ) async throws -> (values: OrderedMap<Value>, test: TestContext) {
        let test = TestContext()
        for (uri, content) in files { test.put(content, at: uri) }
        let type = "io.kestra.plugin.core.storage.\(name)"
        let task = try #require(Self.registry.runnable(named: type))
        return (try await task(properties, test.context).values, test)
    }

    private static let numbers = "{k:\"a\",n:1}\n{k:\"b\",n:2}\n{k:\"c\",n:null}\n{k:\"d\",n:4}\n"

    struct Filter: Sendable {
        var type = "INCLUDE"
        var behavior = "EXCLUDE"
        var condition = "{{ n % 2 == 0 }}"
        var kept: String
    }

    static let filters: [Filter] = [
        Filter(kept: "bd"), Filter(behavior: "INCLUDE", kept: "bcd"),
        Filter(type: "EXCLUDE", kept: "a"), Filter(type: "EXCLUDE", behavior: "INCLUDE", kept: "ac"),
        Filter(condition: "{{ n }}", kept: "abd"), Filter(condition: "false", kept: ""),
        Filter(condition: "{{ k == 'a' or n == 4 }}", kept: "ad"),
        Filter(behavior: "INCLUDE", condition: "{{ missing }}", kept: "abcd"),
    ]

    @Test("items are kept by a condition over their fields", arguments: filters)
    func filter(_ sample: Filter) async throws {
        let (values, test) = try await run(
            "FilterItems",
            [
                "from": "kestra:///in.ion", "filterCondition": .string(sample.condition),
                "filterType": .string(sample.type), "errorOrNullBehavior": .string(sample.behavior),
            ], ["kestra:///in.ion": Self.numbers])
        let content = try #require(test.seen.stored[values["uri"]?.stringValue ?? ""])
        #expect(content.filter { "abcd".contains($0) } == sample.kept)
        #expect(values["processedItemsTotal"] == 4)
        #expect(values["droppedItemsTotal"] == .int(Int64(4 - sample.kept.count)))
    }

    @Test("an item whose condition cannot be told fails the task unless it is said what becomes of it")
    func filterFails() async {
        for condition in ["{{ n % 2 == 0 }}", "{{ n }}", "{{ missing }}"] {
            await #expect(throws: TaskFailure.self) {
                try await run(
                    "FilterItems", ["from": "kestra:///in.ion", "filterCondition": .string(condition)],
                    ["kestra:///in.ion": Self.numbers])
            }
        }
    }

    @Test("of items with the same key the last stays, in the order of the file")
    func deduplicate() async throws {
        let rows = "{k:\"a\",n:1}\n{k:\"b\",n:1}\n{k:\"a\",n:2}\n{k:\"c\",n:1}\n{k:\"b\",n:2}\n"
        let (values, test) = try await run(
            "DeduplicateItems", ["from": "kestra:///in.ion", "expr": "{{ k }}"], ["kestra:///in.ion": rows])
        let uri = values["uri"]?.stringValue ?? ""
        #expect(test.seen.stored[uri] == "{k:\"a\",n:2}\n{k:\"c\",n:1}\n{k:\"b\",n:2}\n")
        #expect(values["numKeys"] == 3 && values["processedItemsTotal"] == 5)
        #expect(values["droppedItemsTotal"] == 2)
    }

    @Test("a text becomes a file")
    func write() async throws {
        let (values, test) = try await run("Write", ["content": "hällo", "extension": ".txt"])
        #expect(test.seen.stored[values["uri"]?.stringValue ?? ""] == "hällo")
        #expect(values["uri"]?.stringValue?.hasSuffix(".txt") == true)
        await #expect(throws: TaskFailure.self) {
            try await run("Write", ["content": "x", "extension": "/../x"])
        }
    }

    @Test("files are joined, given as a list or as JSON, with the separator after each")
    func concat() async throws {
        let files = ["kestra:///a": "1", "kestra:///b": "2"]
        for list: Value in [["kestra:///a", "kestra:///b"], "[\"kestra:///a\", null, \"kestra:///b\"]"] {
            let (values, test) = try await run("Concat", ["files": list, "separator": "\n"], files)
            #expect(test.seen.stored[values["uri"]?.stringValue ?? ""] == "1\n2\n")
            #expect(values["uri"]?.stringValue?.hasSuffix(".tmp") == true)
        }
        await #expect(throws: TaskFailure.self) { try await run("Concat", ["files": "kestra:///a"], files) }
    }

    @Test("the pieces of a file keep the end of its name")
    func split() async throws {
        let (values, test) = try await run(
            "Split", ["from": " kestra:///d/in.csv\n", "rows": "2"], ["kestra:///d/in.csv": "1\n2\n3\n"])
        let uris = values["uris"]?.listValue?.compactMap(\.stringValue) ?? []
        #expect(uris.map { test.seen.stored[$0] } == ["1\n2\n", "3\n"])
        #expect(uris.allSatisfy { $0.hasSuffix(".csv") })
    }

    @Test("a deleted file is gone, and one that is missing fails only when asked to")
    func delete() async throws {
        let files = ["kestra:///a": "1"]
        let (values, test) = try await run("Delete", ["uri": "kestra:///a"], files)
        #expect(values["deleted"] == true && test.seen.stored.isEmpty)
        #expect(try await run("Delete", ["uri": "kestra:///x"], files).values["deleted"] == false)
        await #expect(throws: TaskFailure.self) {
            try await run("Delete", ["uri": "kestra:///x", "errorOnMissing": true], files)
        }
        #expect(try await run("Size", ["uri": "kestra:///a"], files).values["size"] == 1)
        await #expect(throws: TaskFailure.self) { try await run("Size", ["uri": "kestra:///x"], files) }
        await #expect(throws: TaskFailure.self) { try await run("Size", ["uri": "/etc/passwd"], files) }
        let purged = try await run("PurgeCurrentExecutionFiles", [:], files)
        #expect(purged.values["uris"] == ["kestra:///a"] && purged.test.seen.stored.isEmpty)
    }

    @Test("local files come from texts and URIs, and those that patterns name are stored")
    func localFiles() async throws {
        let (values, test) = try await run(
            "LocalFiles",
            [
                "inputs": ["a/x.txt": "one", "b.csv": "kestra:///b", "c.txt": "three"],
                "outputs": ["**.txt", "b.csv"],
            ], ["kestra:///b": "two"])
        let uris = try #require(values["uris"]?.mapValue)
        #expect(uris.keys == ["a/x.txt", "b.csv", "c.txt"])
        #expect(uris.compactMap { test.seen.stored[$1.stringValue ?? ""] } == ["one", "two", "three"])
        for inputs: Value in [["../x": "1"], ["/x": "1"], "no map"] {
            await #expect(throws: TaskFailure.self) { try await run("LocalFiles", ["inputs": inputs]) }
        }
    }
}
