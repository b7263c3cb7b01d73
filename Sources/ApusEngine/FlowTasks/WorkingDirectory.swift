import ApusExpressions
import ApusModel
import ApusSchema

/// What a `WorkingDirectory` does besides running its tasks in one directory.
public struct DirectoryProperties: Sendable {
    /// Files have to be put into it first.
    public var isPrepared: Bool
    /// Files have to be kept at the end.
    public var isCollected: Bool
}

extension FlowTaskType {
    static let workingDirectory = FlowTaskType(
        "io.kestra.plugin.core.flow.WorkingDirectory",
        "Runs its tasks one after another at one worker, in one directory that they share.",
        aliases: ["io.kestra.core.tasks.flows.WorkingDirectory", "io.kestra.core.tasks.flows.Worker"],
        properties: [
            list("tasks", "The tasks, in order, at least one; none that holds other tasks."),
            property(
                "inputFiles", "Files to put into the directory: content or URI by path.",
                .either([.map(.any), .string])),
            property("outputFiles", "Patterns of files to keep at the end.", .list(.string)),
            property("namespaceFiles", "Files of the namespace to copy before.", .any),
            property(
                "cache", "Files to keep from one execution to the next.",
                .object([
                    property("patterns", "Which files.", .list(.string), isRequired: true),
                    property("ttl", "How long they are kept.", .duration),
                ])),
        ],
        outputs: [
            .output("outputFiles", "Files in internal storage by path.", .map(.string), isRequired: false)
        ]
    ) { compiling in
        compiling.lists.tasks = compiling.children("tasks")
        let path = compiling.reader.path.key("tasks")
        if compiling.reader.given("tasks")?.listValue?.isEmpty ?? (compiling.reader.given("tasks") == nil) {
            compiling.reader.fault(
                "The 'tasks' property cannot be empty", at: "tasks", remedy: "add at least one task")
        }
        for (number, child) in compiling.lists.tasks.enumerated() {
            switch compiling.tasks.tasks[child].kind {
            case .inline, .runnable: break
            case .flow, .subflow:
                compiling.tasks.fault(
                    "Only runnable tasks are allowed as children of a WorkingDirectory task",
                    at: path.index(number),
                    remedy: "move `\(compiling.tasks.tasks[child].id)` out of the WorkingDirectory")
            }
        }
        for (number, child) in (compiling.reader.given("tasks")?.listValue ?? []).enumerated()
        where child["workerGroup"] != nil || child["workerSelector"] != nil {
            compiling.tasks.fault(
                "Cannot set a Worker Group in any WorkingDirectory sub-tasks, it is only supported at the WorkingDirectory level",
                at: path.index(number))
        }
        var properties: OrderedMap<Value> = [:]
        for key in ["inputFiles", "outputFiles", "namespaceFiles", "cache"] {
            properties[key] = compiling.reader.given(key)
        }
        let tree = compiling.reader.tree(of: properties)
        compiling.tasks.set(compiling.index, workerProperties: tree)
        let isCached = properties["cache"] != nil
        return .flow(
            .workingDirectory(
                DirectoryProperties(
                    isPrepared: isCached || properties["inputFiles"] != nil
                        || properties["namespaceFiles"] != nil,
                    isCollected: isCached || properties["outputFiles"] != nil)))
    }
}
