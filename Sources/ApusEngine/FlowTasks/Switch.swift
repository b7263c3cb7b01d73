import ApusExpressions

extension FlowTaskType {
    static let switchOn = FlowTaskType(
        "io.kestra.plugin.core.flow.Switch", "Runs the tasks of the case that equals a value.",
        properties: [
            property("value", "The text to compare with the names of the cases.", .any, isRequired: true),
            property("cases", "Lists of tasks, by name.", .map(.tasks)),
            list("defaults", "Tasks to run when no case fits."),
        ],
        outputs: [
            .output("value", "The rendered value.", .string),
            .output("defaults", "Whether no case fitted.", .boolean),
        ]
    ) { compiling in
        let value = compiling.reader.template("value")
        let path = compiling.reader.path.key("cases")
        var cases: [(name: String, tasks: [Int])] = []
        switch compiling.reader.given("cases") {
        case nil: break
        case .map(let entries):
            for (name, list) in entries {
                cases.append((name, compiling.tasks.list(list, at: path.key(name), parent: compiling.index)))
            }
        case .some(let other):
            compiling.reader.fault("expected a map of cases, found a \(other.kind)", at: "cases")
        }
        let hasDefaults = compiling.reader.given("defaults") != nil
        let defaults = compiling.children("defaults")
        if compiling.reader.given("cases")?.mapValue?.isEmpty != false, defaults.isEmpty {
            compiling.reader.fault("No task defined, neither cases or default have any tasks")
        }
        return .flow(.switchOn(value: value, cases: cases, defaults: hasDefaults ? defaults : nil))
    }
}
