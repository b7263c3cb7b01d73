import ApusEngine
import ApusModel
import Testing

/// Properties that tasks and flows have whatever their type.
@Suite struct CommonPropertyTests {
    private static let task = "tasks: [{id: t, type: io.kestra.plugin.core.debug.Return"

    static let rows: [(lines: String, faults: [String])] = [
        (
            "workerGroup: {key: gpu}",
            ["warning workerGroup: this server has no worker group `gpu`: its own worker runs everything"]
        ),
        ("workerGroup: gpu", ["error workerGroup: expected a map with `key`, `fallback`, found a text"]),
        ("workerSelector: {tags: []}", ["error workerSelector.tags: expected a list of tags"]),
        (
            task + ", workerSelector: {tags: [a], match: ANY, fallback: IGNORE}}]",
            [
                "warning tasks[0].workerSelector: this server has no workers with tags: its own worker runs everything"
            ]
        ),
        (
            task + ", version: 1.2}]",
            [
                "warning tasks[0].version: this server has one version of each plugin; version `1.2` is not looked for"
            ]
        ),
        (
            task + ", assets: {inputs: []}}]",
            ["error tasks[0].assets: assets belong to Kestra's enterprise edition and are not kept here"]
        ),
        (
            "policyRefs: [a]",
            ["error policyRefs: policies belong to Kestra's enterprise edition and cannot be applied here"]
        ),
        ("policyRefs: []", []),
        ("labels: {team: a, été.x-1: b, system.readOnly: true}", []),
        (
            "labels: {Team: a}",
            [
                "error labels.Team: `Team` is not a valid label key: a small letter first, then letters, digits, `.`, `_` and `-`"
            ]
        ),
        (
            "labels: [{key: 'a b', value: c}]",
            [
                "error labels[0]: `a b` is not a valid label key: a small letter first, then letters, digits, `.`, `_` and `-`"
            ]
        ),
        ("labels: {team: ''}", ["error labels.team: a label needs a key and a text as its value"]),
    ]

    @Test("a property is taken, warned about or refused", arguments: rows)
    func row(lines: String, faults: [String]) throws {
        #expect(try SmallFlow.faults(lines) == faults)
    }
}
