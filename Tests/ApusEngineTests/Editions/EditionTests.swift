import ApusEngine
import ApusModel
import Testing

/// Which edition a flow is run in, and why.
@Suite struct EditionTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var lines: String
        var edition: Edition
        var words: String
        var testDescription: String { words }

        init(_ lines: String, _ edition: Edition, _ words: String) {
            self.lines = lines
            self.edition = edition
            self.words = words
        }
    }

    static let signs: [Row] = [
        Row("description: nothing", .one, "nothing in the flow tells"),
        Row("edition: 2", .two, "the flow says so"),
        Row("edition: 1", .one, "the flow says so"),
        Row("workerSelector: {tags: [a]}", .two, "workerSelector"),
        Row("draft: true", .two, "draft"),
        Row("checks: [{when: a}]", .two, "checks[0].when"),
        Row("checks: [{condition: a}]", .one, "checks[0].condition"),
        Row("inputs: [{id: a, type: JSON, jsonSchema: '{}'}]", .two, "jsonSchema"),
        Row("inputs: [{id: a, type: SELECT, values: [{label: A, value: a}]}]", .two, "label"),
        Row("inputs: [{id: a, type: ENUM, values: [a]}]", .one, "ENUM"),
        Row("inputs: [{name: a, type: STRING}]", .one, "`name`"),
        Row("inputs: [{id: f, type: FORM, inputs: [{id: a, type: BOOLEAN}]}]", .one, "BOOLEAN"),
        Row("triggers: [{id: a, type: x, when: b}]", .two, "triggers[0].when"),
        Row("triggers: [{id: a, type: x, dependsOn: []}]", .two, "dependsOn"),
        Row("triggers: [{id: a, type: x, conditions: []}]", .one, "conditions"),
        Row("pluginDefaults: []", .one, "pluginDefaults"),
        Row("listeners: []", .one, "listeners"),
        Row("tasks: [{id: a, type: io.kestra.plugin.core.flow.Loop}]", .two, "Loop"),
        Row("tasks: [{id: a, type: io.kestra.plugin.core.debug.Return, when: b}]", .two, "`when` of a task"),
        Row("tasks: [{id: a, type: io.kestra.plugin.core.debug.Return, runIf: b}]", .one, "nothing"),
        Row("tasks: [{id: a, type: io.kestra.core.tasks.log.Log}]", .one, "io.kestra.core.tasks.log.Log"),
        Row(
            "tasks: [{id: a, type: io.kestra.plugin.core.flow.If, then: [{id: b, type: x, when: c}]}]", .two,
            "then[0].when"),
        Row(
            "tasks: [{id: a, type: io.kestra.plugin.core.flow.Switch, cases: {k: [{id: b, type: x, when: c}]}}]",
            .two, "cases.k[0]"),
        Row(
            "tasks: [{id: a, type: io.kestra.plugin.core.flow.Dag, tasks: [{task: {id: b, type: x, when: c}}]}]",
            .two, "task.when"),
        Row("tasks: [{id: a, type: x, body: {id: b, type: c, when: d}}]", .one, "nothing"),
        Row("variables: {a: '{{ isWeekend(now()) }}'}", .two, "the function `isWeekend`"),
        Row("variables: {a: '{{ x | regexMatch(y) }}'}", .two, "the filter `regexMatch`"),
        Row("variables: {a: '{{ x | json }}'}", .one, "the filter `json`"),
        Row("variables: {a: '{{ json(x) }}'}", .one, "the function `json`"),
        Row("variables: {a: '{{ \"json(x)\" ~ a.json ~ jsonish }} json('}", .one, "nothing"),
    ]

    @Test("a flow is run in the edition it was written for", arguments: signs)
    func sign(row: Row) throws {
        let choice = try SmallFlow.compile(row.lines).choice
        #expect(choice.edition == row.edition)
        #expect(choice.words.contains(row.words), "\(choice.words)")
    }

    @Test("a setting decides for a flow that does not tell")
    func configured() throws {
        #expect(try SmallFlow.compile("", defaultEdition: .two).edition == .two)
        #expect(try SmallFlow.compile("pluginDefaults: []", defaultEdition: .two).edition == .one)
    }

    @Test("a flow of both generations runs in edition 2, with a warning that names both places")
    func mixed() throws {
        let lines =
            "pluginDefaults: []\ntasks:\n  - {id: a, type: io.kestra.plugin.core.debug.Return, when: b}"
        let compilation = try SmallFlow.compile(lines)
        #expect(compilation.flow != nil)
        #expect(compilation.edition == .two)
        let warning = try #require(compilation.faults.first { $0.message.contains("mixes") })
        #expect(warning.severity == .warning)
        #expect(warning.path.description == "tasks[0].when")
        #expect(warning.position?.line == 5)
        #expect(warning.message.contains("pluginDefaults, line 3"))
    }

    @Test("a flow that says which edition it wants may have both")
    func decided() throws {
        let faults = try SmallFlow.faults(
            "edition: 1\npluginDefaults: []\ntasks: [{id: a, type: io.kestra.plugin.core.debug.Return, when: b}]"
        )
        #expect(faults.isEmpty)
    }

    @Test("there is no other edition")
    func unknown() throws {
        #expect(try SmallFlow.faults("edition: 3").first?.contains("`edition` is 1") == true)
        #expect(try SmallFlow.faults("edition: x").first?.hasPrefix("error edition") == true)
    }
}
