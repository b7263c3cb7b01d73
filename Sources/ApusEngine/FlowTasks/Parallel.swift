extension FlowTaskType {
    static let parallel = FlowTaskType(
        "io.kestra.plugin.core.flow.Parallel", "Runs tasks side by side.",
        properties: [
            list("tasks", "The tasks.", isRequired: true),
            property(
                "concurrent", "How many may run at once; 0 for all.", .either([.integer, .string]), default: 0
            ),
        ]
    ) { compiling in
        compiling.lists.tasks = compiling.children("tasks")
        return .flow(.parallel(concurrent: compiling.reader.integerProperty("concurrent", default: 0)))
    }
}
