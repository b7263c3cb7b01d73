extension FlowTaskType {
    static let sequential = FlowTaskType(
        "io.kestra.plugin.core.flow.Sequential", "Runs tasks one after another.",
        properties: [list("tasks", "The tasks, in order.", isRequired: true)]
    ) { compiling in
        compiling.lists.tasks = compiling.children("tasks")
        return .flow(.sequential)
    }

    static let allowFailure = FlowTaskType(
        "io.kestra.plugin.core.flow.AllowFailure",
        "Runs tasks one after another; a failure among them counts as a warning.",
        properties: [list("tasks", "The tasks, in order.", isRequired: true)]
    ) { compiling in
        compiling.lists.tasks = compiling.children("tasks")
        return .flow(.allowFailure)
    }
}
