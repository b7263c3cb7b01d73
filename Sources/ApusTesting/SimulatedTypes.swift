import ApusEngine
import ApusExecutor
import ApusModel
import ApusSchema

/// The task types of simulated flows: nothing but a name and a kind.
enum SimulatedTypes {
    static let runnable = "simulation.Run"
    static let inline = "simulation.Compute"
    /// Sets a variable of the name it is given.
    static let setter = "simulation.Set"
    /// Ends the execution in the state it is given.
    static let exit = "simulation.Exit"

    /// The first and the last of the three tasks of a `ForEachItem`.
    static let split = "io.kestra.plugin.core.flow.ForEachItem$ForEachItemSplit"
    static let merge = "io.kestra.plugin.core.flow.ForEachItem$ForEachItemMergeOutputs"

    /// The first letters of the ids of tasks that hold no others.
    static let leaves: Set<String> = ["ok", "ko", "in", "il", "va", "ex"]

    static let compiler = FlowCompiler(catalogue: catalogue)

    private static var catalogue: Catalogue {
        var catalogue = Catalogue()
        catalogue.add(
            TypeSchema(
                type: runnable, aliases: [], summary: "Runs on the simulated worker.", isDeprecated: false,
                kind: .runnable, properties: []))
        catalogue.add(
            TypeSchema(
                type: inline, aliases: [], summary: "Runs inside the turn.", isDeprecated: false,
                kind: .inline,
                properties: [PropertySchema(name: "name", valueType: .string)]))
        for (type, properties) in [(split, ["items", "batch"]), (merge, ["parent"])] {
            catalogue.add(
                TypeSchema(
                    type: type, aliases: [], summary: "A part of ForEachItem.", isDeprecated: false,
                    kind: .runnable,
                    properties: properties.map { PropertySchema(name: $0, valueType: .any) }))
        }
        for (type, property) in [(setter, "name"), (exit, "state")] {
            catalogue.add(
                TypeSchema(
                    type: type, aliases: [], summary: "Changes the execution.", isDeprecated: false,
                    kind: .inline, properties: [PropertySchema(name: property, valueType: .string)]))
        }
        return catalogue
    }

    /// What an inline task comes to.
    static func outcome(of type: String, _ properties: OrderedMap<Value>) -> InlineOutcome {
        let name = properties["name"]?.stringValue ?? ""
        switch type {
        case setter:
            return InlineOutcome(state: .success, effects: [.setVariables([name: true], overwrite: true)])
        case exit:
            let state = properties["state"]?.stringValue.flatMap(State.init(rawValue:))
            return InlineOutcome(state: .success, effects: [.exit(state ?? .success)])
        default: return InlineOutcome(state: outcome(of: name))
        }
    }

    /// What a task comes to, read off its id.
    static func outcome(of taskID: String) -> State {
        taskID.hasPrefix("ko") || taskID.hasPrefix("il") ? .failed : .success
    }

    /// What a worker comes to; a `WorkingDirectory` and a `Loop` have jobs of their own.
    static func outcome(of job: JobDescription) -> State {
        if job.type.hasSuffix("$Prepare") { return job.taskID.contains("unready") ? .failed : .success }
        if job.type.hasSuffix("$Collect") { return job.taskID.contains("unkept") ? .failed : .success }
        if job.type == split { return job.taskID.contains("unsplit") ? .failed : .success }
        return outcome(of: job.taskID)
    }

    /// What a worker gives; of a file that was split the list of its batches, whose number stands in the task's id.
    static func outputs(of job: JobDescription) -> Value {
        guard job.type == split else { return ["id": .string(job.taskID)] }
        return [
            "splits": "kestra:///batches/list.txt", "numberOfBatches": .int(batches(of: job.taskID)),
            "extension": "",
        ]
    }

    /// `each7b3`, and what it is made of, has 3 batches.
    static func batches(of taskID: String) -> Int64 {
        let name = taskID.split(separator: "_").first ?? ""
        return name.split(separator: "b").last.flatMap { Int64($0) } ?? 0
    }

    /// Whether a task holds no others.
    static func isLeaf(_ taskID: String) -> Bool {
        leaves.contains(String(taskID.prefix(2))) || taskID.hasSuffix("_split") || taskID.hasSuffix("_merge")
    }
}
