import ApusModel

/// Checks that the counts in the outputs of a `Loop` are those of its iterations.
enum LoopAuditor {
    static func check(_ runs: [TaskRun]) throws(Violation) {
        var iterations: [TaskRun.ID: [State]] = [:]
        for run in runs where run.taskID.hasSuffix(".iteration") {
            if let parent = run.parentID { iterations[parent, default: []].append(run.state.current) }
        }
        for run in runs where run.taskID.hasPrefix("loop") && !run.taskID.hasPrefix("loopuntil") {
            guard !run.taskID.hasSuffix(".iteration"), let outputs = run.outputs,
                let running = outputs["runningIterations"]?.intValue,
                let ended = outputs["terminatedIterations"]?.mapValue
            else { continue }
            let states = iterations[run.id] ?? []
            var counts: [String: Int64] = [:]
            for state in states where state.isTerminal { counts[state.rawValue, default: 0] += 1 }
            let told = Dictionary(
                uniqueKeysWithValues: ended.map { ($0, $1.intValue ?? -1) })
            let open = states.count { !$0.isTerminal }
            guard running == open, told == counts else {
                throw Violation(
                    invariant: "L1",
                    message:
                        "\(run.taskID) \(run.state.current.rawValue) tells of \(outputs.json), there are \(open) open, \(counts)"
                )
            }
        }
    }
}
