extension FlowTaskType {
    static let parallel = FlowTaskType(
        "io.kestra.plugin.core.flow.Parallel", "Runs tasks side by side.",
        properties: [
            list("tasks", "The tasks.", isRequired: true),
            property(
                "concurrent", "How many may run at once; 0 for all.", .either([.integer, .string]), default: 0
            ),
            onChildFailure(.fail),
        ]
    ) { compiling in
        compiling.lists.tasks = compiling.children("tasks")
        // Edition 1 knows nothing else than to go on.
        let fallback: ChildFailure.Answer = compiling.reader.edition == .one ? .proceed : .fail
        let onFailure = childFailure(&compiling, fallback)
        return .flow(
            .parallel(
                concurrent: compiling.reader.integerProperty("concurrent", default: 0), onFailure: onFailure))
    }
}
