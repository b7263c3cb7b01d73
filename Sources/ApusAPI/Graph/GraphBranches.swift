import ApusModel

/// What a flow task holds, as far as a picture of it goes.
struct GraphBranches {
    struct Group {
        var tasks: [Value]
        /// From the flow task to what begins.
        var relation: FlowGraph.Relation
        /// The case of a choice.
        var value: String?
    }

    /// Of the flow task itself.
    var relation: FlowGraph.Relation
    /// Tasks of a group follow one another.
    var groups: [Group]
    /// Of a `Dag`: the ids each task waits for, in the order of the groups, each of one task.
    var waitsFor: [[String]]?

    /// `nil` for a task that holds no others.
    ///
    /// - Parameter type: Its present name.
    init?(_ task: Value, type: String) {
        let package = "io.kestra.plugin.core.flow."
        guard type.hasPrefix(package) else { return nil }
        let tasks = task["tasks"]?.listValue ?? []
        switch type.dropFirst(package.count) {
        case "Sequential", "AllowFailure", "WorkingDirectory", "LoopUntil":
            self.init(.sequential, [Group(tasks: tasks, relation: .sequential)])
        case "Pause":
            let held = task["onPause"].map { [$0] } ?? tasks
            guard !held.isEmpty else { return nil }
            self.init(.sequential, [Group(tasks: held, relation: .sequential)])
        case "Parallel":
            self.init(.parallel, tasks.map { Group(tasks: [$0], relation: .parallel) })
        case "Dag":
            self.init(
                .parallel,
                tasks.compactMap { $0["task"].map { Group(tasks: [$0], relation: .parallel) } })
            waitsFor = tasks.filter { $0["task"] != nil }.map { item in
                (item["dependsOn"]?.listValue ?? []).compactMap(\.stringValue)
            }
        case "ForEach", "EachSequential", "Loop":
            self.init(.dynamic, [Group(tasks: tasks, relation: .dynamic)])
        case "EachParallel":
            self.init(.dynamic, tasks.map { Group(tasks: [$0], relation: .dynamic) })
        case "If":
            self.init(
                .choice,
                ["then", "else"].compactMap { name in
                    task[name]?.listValue.map { Group(tasks: $0, relation: .choice, value: name) }
                })
        case "Switch":
            var groups: [Group] = []
            for (name, tasks) in task["cases"]?.mapValue ?? [:] {
                groups.append(Group(tasks: tasks.listValue ?? [], relation: .choice, value: name))
            }
            if let tasks = task["defaults"]?.listValue {
                groups.append(Group(tasks: tasks, relation: .choice, value: "defaults"))
            }
            self.init(.choice, groups)
        default:
            return nil
        }
    }

    private init(_ relation: FlowGraph.Relation, _ groups: [Group]) {
        self.relation = relation
        self.groups = groups.filter { !$0.tasks.isEmpty }
    }
}
