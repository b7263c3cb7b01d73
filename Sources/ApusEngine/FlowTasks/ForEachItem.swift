import ApusExpressions
import ApusModel
import ApusSchema

extension FlowTaskType {
    /// Runs as three tasks in a row: `<id>_split` cuts the file into batches, `<id>_items` starts a child for each,
    /// `<id>_merge` collects what they gave.
    static let forEachItem = FlowTaskType(
        "io.kestra.plugin.core.flow.ForEachItem",
        "Cuts a file into batches and starts an execution of another flow for each.",
        properties: target + [
            property("items", "The URI of a file in internal storage.", .string, isRequired: true),
            property(
                "batch", "How the file is cut; one row a batch by default.",
                .object([
                    property("rows", "Rows in a batch.", .either([.integer, .string]), default: 1),
                    property("partitions", "How many batches.", .either([.integer, .string])),
                    property("bytes", "Bytes in a batch, such as `10MB`.", .string),
                    property("separator", "What ends a row.", .string, default: "\n"),
                    property("regexPattern", "Rows with the same first group make a batch.", .string),
                ])),
        ]
    ) { compiling in
        let id = compiling.reader.text("id") ?? ""
        let path = compiling.reader.path
        func child(_ name: String, _ type: String, _ keys: [String], _ more: OrderedMap<Value> = [:]) -> Value
        {
            var task: OrderedMap<Value> = [
                "id": .string("\(id)_\(name)"), "type": .string("\(forEachItemType)$ForEachItem\(type)"),
            ]
            for key in keys { task[key] = compiling.reader.given(key) }
            for (key, value) in more { task[key] = value }
            return .map(task)
        }
        let split = child("split", "Split", ["items", "batch"])
        let items = child("items", "Executable", targetKeys, ["batches": .string("\(id)_split")])
        let merge = child("merge", "MergeOutputs", [], ["parent": "{{ taskrun.parentId }}"])
        compiling.lists.tasks = [split, items, merge].compactMap { task in
            compiling.tasks.task(task, at: path, parent: compiling.index)
        }
        return .flow(.sequential)
    }

    private static let forEachItemType = "io.kestra.plugin.core.flow.ForEachItem"
    private static let targetKeys = target.map(\.name)

    /// The middle of a `ForEachItem`; not for flows to write.
    static let forEachItemExecutable = FlowTaskType(
        "\(forEachItemType)$ForEachItemExecutable", "Starts an execution of another flow for each batch.",
        aliases: [],
        properties: target + [
            property("batches", "The task that made the batches.", .string, isRequired: true)
        ],
        outputs: [
            .output("iterations", "How many children are in each state.", .map(.integer)),
            .output("numberOfBatches", "How many children there are.", .integer),
            .output("uri", "The list of the batches.", .string),
        ]
    ) { compiling in
        .subflow(call(&compiling, batches: compiling.reader.text("batches")))
    }
}
