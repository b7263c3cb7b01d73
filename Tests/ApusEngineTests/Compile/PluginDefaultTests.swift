import ApusEngine
import ApusExpressions
import ApusModel
import ApusSchema
import Testing

/// Plugin defaults: what a task has in the end.
@Suite struct PluginDefaultTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var lines: String
        /// JSON of the properties of the first task.
        var properties: String
        var testDescription: String { name }
    }

    private static let shell = "\ntasks: [{id: t, type: io.kestra.plugin.scripts.shell.Commands"

    static let rows: [Row] = [
        Row(
            name: "a value that is missing",
            lines: "pluginDefaults: [{type: io.kestra.plugin.scripts.shell.Commands, values: {image: a}}]"
                + shell + "}]",
            properties: #"{"image":"a"}"#),
        Row(
            name: "the task's own value wins",
            lines: "pluginDefaults: [{type: io.kestra.plugin.scripts.shell.Commands, values: {image: a}}]"
                + shell
                + ", image: b}]",
            properties: #"{"image":"b"}"#),
        Row(
            name: "a forced value wins",
            lines:
                "taskDefaults: [{type: io.kestra.plugin.scripts.shell.Commands, forced: true, values: {image: a}}]"
                + shell + ", image: b}]",
            properties: #"{"image":"a"}"#),
        Row(
            name: "the beginning of a type",
            lines: "pluginDefaults: [{type: io.kestra.plugin.scripts, values: {image: a}}]" + shell + "}]",
            properties: #"{"image":"a"}"#),
        Row(
            name: "not the beginning of a word",
            lines: "pluginDefaults: [{type: io.kestra.plugin.script, values: {image: a}}]" + shell + "}]",
            properties: "{}"),
        Row(
            name: "maps are merged, deep",
            lines: "pluginDefaults: [{type: io.kestra.plugin.scripts, values: {options: {a: 1, b: {c: 2}}}}]"
                + shell
                + ", options: {b: {d: 3}, a: 4}}]",
            properties: #"{"options":{"b":{"d":3,"c":2},"a":4}}"#),
        Row(
            name: "a task runner inside a task",
            lines:
                "pluginDefaults: [{type: io.kestra.plugin.scripts.runner.docker.Docker, values: {user: u}}]"
                + shell
                + ", taskRunner: {type: io.kestra.plugin.scripts.runner.docker.Docker, image: i}}]",
            properties:
                #"{"taskRunner":{"type":"io.kestra.plugin.scripts.runner.docker.Docker","image":"i","user":"u"}}"#
        ),
        Row(
            name: "a task runner that came from a default has its own defaults",
            lines:
                "pluginDefaults: [{type: io.kestra.plugin.scripts.shell, values: {taskRunner: {type: io.kestra.plugin.core.runner.Process}}}, {type: io.kestra.plugin.core.runner.Process, values: {nice: 5}}]"
                + shell + "}]",
            properties: #"{"taskRunner":{"type":"io.kestra.plugin.core.runner.Process","nice":5}}"#),
        Row(
            name: "another task runner takes nothing of the default one",
            lines:
                "pluginDefaults: [{type: io.kestra.plugin.scripts.shell, values: {taskRunner: {type: io.kestra.plugin.scripts.runner.docker.Docker, image: i}}}]"
                + shell + ", taskRunner: {type: io.kestra.plugin.core.runner.Process}}]",
            properties: #"{"taskRunner":{"type":"io.kestra.plugin.core.runner.Process"}}"#),
        Row(
            name: "the first of a list wins",
            lines:
                "pluginDefaults: [{type: io.kestra.plugin.scripts.shell, values: {image: a}}, {type: io.kestra, values: {image: b}}]"
                + shell + "}]",
            properties: #"{"image":"a"}"#),
        Row(
            name: "with a ref only when it is asked for",
            lines:
                "pluginDefaults: [{type: io.kestra.plugin.scripts, ref: big, values: {size: 9}}, {type: io.kestra.plugin.scripts, values: {image: a}}]"
                + shell + ", pluginDefaultsRef: big}]",
            properties: #"{"size":9,"image":"a"}"#),
        Row(
            name: "without asking there is nothing",
            lines: "pluginDefaults: [{type: io.kestra.plugin.scripts, ref: big, values: {size: 9}}]" + shell
                + "}]",
            properties: "{}"),
    ]

    @Test("a task has the values of its defaults", arguments: rows)
    func row(_ row: Row) throws {
        let compilation = try SmallFlow.compile(row.lines)
        let errors = compilation.errors.map(\.line)
        #expect(errors.isEmpty)
        #expect(Self.properties(compilation) == row.properties)
    }

    @Test("a task of the old name has the defaults of the new one")
    func oldNames() throws {
        let compilation = try SmallFlow.compile(
            """
            pluginDefaults: [{type: io.kestra.core.tasks.log.Log, values: {message: a}}]
            tasks: [{id: t, type: io.kestra.plugin.core.log.Log}]
            """)
        #expect(Self.properties(compilation) == #"{"message":"a"}"#)
    }

    @Test("the server's defaults come after the flow's, but forced ones before all")
    func global() throws {
        func given(_ text: String) throws -> PluginDefault { try PluginDefault(JSONParser.parse(text)) }
        let type = #""type":"io.kestra.plugin.scripts.shell.Commands""#
        let lines =
            "pluginDefaults: [{type: io.kestra.plugin.scripts, values: {image: flow}}, {type: io.kestra.plugin.scripts, forced: true, values: {size: 1}}]"
            + Self.shell + "}]"
        let compilation = try SmallFlow.compile(
            lines,
            pluginDefaults: [
                given("{\(type),\"values\":{\"image\":\"server\",\"options\":{\"a\":1}}}"),
                given("{\(type),\"forced\":true,\"values\":{\"size\":2}}"),
            ])
        #expect(Self.properties(compilation) == #"{"image":"flow","options":{"a":1},"size":2}"#)
    }

    @Test("what is wrong with a default is told where it stands")
    func faults() throws {
        let lines =
            "pluginDefaults:\n  - type: io.kestra.plugin.scripts.shell.Commands\n    values: {sice: 3, size: big}"
            + Self.shell + "}]"
        let faults = try SmallFlow.compile(lines).errors
        #expect(
            faults.map { "\($0.path)" } == ["pluginDefaults[0].values.sice", "pluginDefaults[0].values.size"])
        #expect(
            faults.allSatisfy { $0.message.hasPrefix("Invalid Plugin Default: ") && $0.position?.line == 5 })
    }

    static let wrong: [(lines: String, fault: String)] = [
        (
            "pluginDefaults: {a: b}",
            "error pluginDefaults: Invalid Plugin Default: expected a list, found a map"
        ),
        (
            "pluginDefaults: [{type: io.kestra.plugin.core}]",
            "error pluginDefaults[0].values: Invalid Plugin Default: expected a map of values"
        ),
        (
            "pluginDefaults: [{values: {a: b}}]",
            "error pluginDefaults[0].type: Invalid Plugin Default: expected the name of a type or the beginning of one"
        ),
        (
            "pluginDefaults: [{type: io.kestra.plugin.core, values: {}, force: true}]",
            "error pluginDefaults[0].force: Invalid Plugin Default: there is no property `force`: expected `type`, `values`, `forced` and `ref`"
        ),
        (
            "pluginDefaults: [{type: no.such.Type, values: {}}]",
            "warning pluginDefaults[0].type: Invalid Plugin Default: no type is, or begins with, `no.such.Type`"
        ),
        (
            "tasks: [{id: t, type: io.kestra.plugin.core.debug.Return, pluginDefaultsRef: big}]",
            "error tasks[0].pluginDefaultsRef: no plugin default has the `ref` `big`"
        ),
    ]

    @Test("a default that cannot be used is refused, one for nothing is a warning", arguments: wrong)
    func refusal(lines: String, fault: String) throws {
        #expect(try SmallFlow.faults(lines) == [fault])
    }

    private static func properties(_ compilation: Compilation) -> String? {
        (try? compilation.flow?.tasks.first?.properties.render(
            RenderContext(variables: Variables([:]), now: Timestamp(microseconds: 0))))?.json
    }
}
