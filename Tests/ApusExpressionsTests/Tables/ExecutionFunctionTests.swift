import ApusModel
import Testing

@Suite struct ExecutionFunctionTests {
    @Test("functions that look into the execution", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    private static let inLoop: OrderedMap<Value> = [
        "outputs": [
            "t": ["p0": ["p1": ["a": ["value": "A"], "c": ["value": "C"]]]], "loop": ["p0": ["o": 1]],
            "top": ["x": "é"],
        ],
        "taskrun": ["value": "c", "iteration": 1], "task": ["id": "t"],
        "parent": ["taskrun": ["value": "p1"], "outputs": ["o": 2]],
        "parents": [
            ["taskrun": ["value": "p1"], "outputs": ["o": 2]],
            ["taskrun": ["value": "p0"], "task": ["id": "loop"]],
        ],
        "tasks": [
            "a": ["state": "FAILED"], "b": ["x": ["state": "FAILED"], "y": ["state": "SUCCESS"]],
        ],
        "nothing": nil,
    ]

    private static let outside: OrderedMap<Value> = ["outputs": ["t": ["a": 1]], "m": ["a": 1]]

    static let entries: [Entry] = [
        Entry(
            "currentEachOutput",
            [
                ("{{ currentEachOutput(outputs.t).value }}", "C"),
                ("{{ currentEachOutput(outputs={}) is null }}", "true"),
                ("{{ currentEachOutput({'p0': {'p1': {'c': 'é'}}}) }}", "é"),
                ("{{ currentEachOutput({'p0': {}}) is null }}", "true"),
            ],
            refuses: [
                No("{{ currentEachOutput() }}", "needs the argument `outputs`"),
                No("{{ currentEachOutput('x') }}", "takes a map, found text"),
                No("{{ currentEachOutput(nothing) }}", "is null"),
            ], variables: inLoop),
        Entry(
            "currentEachOutput", [],
            refuses: [No("{{ currentEachOutput(m) }}", "is used outside a loop")], variables: outside),
        Entry(
            "env",
            [
                ("{{ env('a', 'z') }}{{ env('A') }}", "11"), ("{{ env(name='no', default='z') }}", "z"),
                ("{{ env('empty', 'é') }}{{ env('no', [1]) }}", "é[1]"),
                ("{{ env('no') is null }}{{ env('no', null) is null }}", "truetrue"),
            ],
            refuses: [
                No("{{ env() }}", "needs the argument `name`"),
                No("{{ env(1) }}", "takes text, found integer"),
                No("{{ env('a', 'b', 'c') }}", "takes 2 arguments, found 3"),
                No("{{ env(null) }}", "is null"),
            ], variables: ["envs": ["a": 1, "empty": ""]]),
        Entry("env", [("{{ env('a', 'z') }}", "z")], refuses: []),
        Entry(
            "iterationOutput",
            [
                ("{{ iterationOutput(outputs.t.p0.p1).value }}", "A"), ("{{ iterationOutput().value }}", "A"),
                ("{{ iterationOutput('t', 1).value }}{{ iterationOutput(taskId='t').value }}", "CA"),
                ("{{ iterationOutput(outputs=['é', 'ü'], iteration=1) }}", "ü"),
                ("{{ iterationOutput('zz') is null }}{{ iterationOutput({'5': 'x'}, 5) }}", "truex"),
            ],
            refuses: [
                No("{{ iterationOutput('t', 2) }}", "there is no iteration 2 yet, there are 2"),
                No("{{ iterationOutput('t', -1) }}", "there is no iteration before the first one"),
                No("{{ iterationOutput(5) }}", "takes a map or a list, found integer"),
                No("{{ iterationOutput('t', 'x') }}", "takes an integer, found text"),
            ], variables: inLoop),
        Entry(
            "iterationOutput", [], refuses: [No("{{ iterationOutput(m) }}", "is used outside a loop")],
            variables: outside),
        Entry(
            "loopOutputs",
            [
                ("{{ loopOutputs([{'outputs': {'o': 1}}, {}], 'o') }}", "[1,null]"),
                ("{{ loopOutputs(outputs=[{'outputs': {'é': [1]}}], name='é') }}", "[[1]]"),
                ("{{ loopOutputs([], 'o') }}{{ loopOutputs([{'outputs': null}], 'o') }}", "[][null]"),
                ("{{ loopOutputs([1, null, {'outputs': {'o': 2}}], 'o') }}", "[null,null,2]"),
            ],
            refuses: [
                No("{{ loopOutputs('x', 'o') }}", "takes a list, found text"),
                No("{{ loopOutputs(outputs={}, name='o') }}", "takes a list, found map"),
                No("{{ loopOutputs([]) }}", "needs the argument `name`"),
                No("{{ loopOutputs([], 1) }}", "takes text, found integer"),
                No("{{ loopOutputs(nothing, 'o') }}", "is null"),
            ]),
        Entry(
            "parentOutput",
            [
                ("{{ parentOutput() }}", "{\"o\":2}"), ("{{ parentOutput(0) }}", "{\"o\":1}"),
                ("{{ parentOutput(index=1).o }}", "2"),
                ("{{ parentOutput(outputs.t).c.value }}{{ parentOutput(outputs={}) is null }}", "Ctrue"),
            ],
            refuses: [
                No("{{ parentOutput(2) }}", "there is no parent 2, there are 2"),
                No("{{ parentOutput(-1) }}", "there is no parent -1"),
                No("{{ parentOutput('x') }}", "takes an integer, found text"),
            ], variables: inLoop),
        Entry(
            "parentOutput", [], refuses: [No("{{ parentOutput() }}", "is used outside a loop")],
            variables: outside),
        Entry(
            "tasksWithState",
            [
                (
                    "{{ tasksWithState('failed') }}",
                    "[{\"taskId\":\"a\",\"state\":\"FAILED\"},{\"taskId\":\"b\",\"state\":\"FAILED\",\"value\":\"x\"}]"
                ),
                ("{{ tasksWithState(state='SUCCESS') | length }}", "1"),
                ("{{ tasksWithState('RUNNING') }}", "[]"),
                ("{{ tasksWithState('') }}", "[]"),
            ],
            refuses: [
                No("{{ tasksWithState() }}", "needs the argument `state`"),
                No("{{ tasksWithState(nothing) }}", "is null"),
                No("{{ tasksWithState(1) }}", "takes text, found integer"),
            ], variables: inLoop),
        Entry("tasksWithState", [("{{ tasksWithState('FAILED') }}", "[]")], refuses: []),
    ]
}
