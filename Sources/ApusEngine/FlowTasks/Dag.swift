import ApusModel

extension FlowTaskType {
    static let dag = FlowTaskType(
        "io.kestra.plugin.core.flow.Dag", "Runs tasks as soon as those they depend on have ended.",
        properties: [
            property(
                "concurrent", "How many may run at once; 0 for all.", .either([.integer, .string]), default: 0
            ),
            onChildFailure(.proceed),
            property("tasks", "A list of `{task, dependsOn: [ids]}`.", .list(.any), isRequired: true),
        ]
    ) { compiling in
        let path = compiling.reader.path.key("tasks")
        let items = compiling.reader.given("tasks")?.listValue ?? []
        if items.isEmpty { compiling.reader.fault("No task defined", at: "tasks") }
        var identifiers: [String] = []
        var needs: [[String]] = []
        for (place, item) in items.enumerated() {
            let path = path.index(place)
            guard let task = item["task"] else {
                compiling.tasks.fault(
                    "must not be null", at: path.key("task"), remedy: "give the entry a `task`")
                continue
            }
            let index = compiling.tasks.task(task, at: path.key("task"), parent: compiling.index)
            guard let index else { continue }
            compiling.lists.tasks.append(index)
            identifiers.append(compiling.tasks.tasks[index].id)
            needs.append(item["dependsOn"]?.listValue?.compactMap(\.stringValue) ?? [])
        }
        let written = Set(items.compactMap { $0["task"]?["id"]?.stringValue })
        for needed in needs.joined() where !written.contains(needed) {
            compiling.tasks.fault("Not existing task id in dependency: \(needed)", at: path)
        }
        if let cycle = Self.cycle(identifiers, needs) {
            compiling.tasks.fault("Cyclic dependency detected: \(cycle.joined(separator: ", "))", at: path)
        }
        // A disabled task is left out, and nobody waits for it.
        let waitsFor = needs.map { $0.compactMap(identifiers.firstIndex(of:)) }
        let onFailure = childFailure(&compiling, .proceed)
        return .flow(
            .dag(
                waitsFor: waitsFor, concurrent: compiling.reader.integerProperty("concurrent", default: 0),
                onFailure: onFailure))
    }

    /// The tasks that wait for each other, in the order written.
    static func cycle(_ identifiers: [String], _ needs: [[String]]) -> [String]? {
        var left = Set(identifiers)
        while true {
            let free = zip(identifiers, needs).filter { id, needed in
                left.contains(id) && !needed.contains { left.contains($0) }
            }
            guard !free.isEmpty else { break }
            for (id, _) in free { left.remove(id) }
        }
        return left.isEmpty ? nil : identifiers.filter(left.contains)
    }
}
