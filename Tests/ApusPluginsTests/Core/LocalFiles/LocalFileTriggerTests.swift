import ApusModel
import ApusPlugin
import Foundation
import Testing

@testable import ApusPluginsCore

/// The trigger on files of the machine, in directories of the test.
final class LocalFileTriggerTests {
    private let root = NSTemporaryDirectory() + "apus-files-\(UUID().uuidString)"
    private var state: Value?

    init() throws {
        for name in ["in/sub", "done", "secret"] {
            try FileManager.default.createDirectory(
                atPath: "\(root)/\(name)", withIntermediateDirectories: true)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }  // the system clears what is left

    private func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(root)/\(name)", atomically: false, encoding: .utf8)
    }

    private func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(root)/\(name)") }

    /// Looks once, and lets what was found be stored.
    ///
    /// - Returns: Names and changes of the files, in order: `a.csv CREATE`; `nil` when nothing is started.
    private func look(
        _ more: OrderedMap<Value> = [:], allowed: [String] = ["in", "done"], isStored: Bool = true
    ) async throws -> [String]? {
        var registry = PluginRegistry()
        CorePlugins.add(to: &registry)
        let poll = try #require(registry.polling(named: "io.kestra.plugin.fs.local.Trigger"))
        var services = Services()
        services.allowedPaths = allowed.map { "\(root)/\($0)" }
        var properties: OrderedMap<Value> = ["from": .string("\(root)/in")]
        for (name, value) in more { properties[name] = value }
        let context = TestContext(services: services)
        let found = try await poll(properties, TriggerContext(work: context.context, state: state))
        if isStored {
            if let kept = found.state { state = kept }
            await found.afterwards?()
        }
        return found.outputs?["files"]?.listValue?.map { file in
            "\(file["name"]?.stringValue ?? "") \(file["changeType"]?.stringValue ?? "")"
        }
    }

    @Test("files are found when they come and when they change, once each")
    func changes() async throws {
        #expect(try await look() == nil)
        try write("1", to: "in/a.csv")
        try write("1", to: "in/sub/b.csv")
        #expect(try await look() == ["a.csv CREATE"])
        #expect(try await look() == nil)
        try write("12", to: "in/a.csv")
        #expect(try await look() == ["a.csv UPDATE"])
        #expect(try await look(["recursive": true]) == ["b.csv CREATE"])
    }

    @Test("what was found and not stored is found again")
    func repeats() async throws {
        try write("1", to: "in/a.csv")
        #expect(try await look(["action": "DELETE"], isStored: false) == ["a.csv CREATE"])
        #expect(exists("in/a.csv"))
        #expect(try await look(["action": "DELETE"]) == ["a.csv CREATE"])
        #expect(!exists("in/a.csv"))
    }

    @Test("`on` says which changes count")
    func on() async throws {
        try write("1", to: "in/a.csv")
        #expect(try await look(["on": "UPDATE"]) == nil)
        try write("12", to: "in/a.csv")
        #expect(try await look(["on": "UPDATE"]) == ["a.csv UPDATE"])
        try write("123", to: "in/a.csv")
        #expect(try await look(["on": "CREATE"]) == nil)
    }

    @Test("files are moved when the execution is stored; one that is in the way is kept")
    func moves() async throws {
        try write("1", to: "in/a.csv")
        try write("1", to: "in/b.csv")
        try write("old", to: "done/b.csv")
        let move: OrderedMap<Value> = ["action": "MOVE", "moveDirectory": .string("\(root)/done")]
        #expect(try await look(move) == ["a.csv CREATE", "b.csv CREATE"])
        #expect(exists("done/a.csv") && !exists("in/a.csv"))
        #expect(try String(contentsOfFile: "\(root)/done/b.csv", encoding: .utf8) == "old")
        try FileManager.default.removeItem(atPath: "\(root)/done/b.csv")
        #expect(try await look(move) == nil)
        #expect(exists("done/b.csv") && !exists("in/b.csv"))
    }

    @Test("only so many files are taken at once, and only those whose path matches")
    func bounds() async throws {
        for name in ["a.csv", "b.csv", "c.txt"] { try write("1", to: "in/\(name)") }
        let some: OrderedMap<Value> = ["maxFiles": 1, "regExp": ".*\\.csv"]
        #expect(try await look(some) == ["a.csv CREATE"])
        #expect(try await look(some) == ["b.csv CREATE"])
        #expect(try await look(some) == nil)
    }

    @Test("nothing outside of the allowed directories is read, not by dots and not by links")
    func sandbox() async throws {
        try write("1", to: "secret/key")
        let files = FileManager.default
        try files.createSymbolicLink(atPath: "\(root)/in/link", withDestinationPath: "\(root)/secret")
        try files.createSymbolicLink(atPath: "\(root)/in/file", withDestinationPath: "\(root)/secret/key")
        for place in ["secret", "in/../secret", "in/link", "nowhere", ""] {
            await #expect(throws: TaskFailure.self, "\(place)") {
                try await look(["from": .string("\(root)/\(place)")])
            }
        }
        #expect(try await look(["recursive": true]) == nil)
        await #expect(throws: TaskFailure.self) { try await look(allowed: []) }
        await #expect(throws: TaskFailure.self) {
            try await look(["action": "MOVE", "moveDirectory": .string("\(root)/secret")])
        }
    }
}
