import ApusDatabase
import ApusEngine
import ApusModel

/// Checks what a `ForEachItem` promises: a child for each batch and no second one, counts that are those of its
/// children, and outputs that are collected from all of them.
enum BatchAuditor {
    /// - Parameters:
    ///   - rows: The children of the execution's task runs.
    ///   - told: How many ends of children wait in the inbox of the execution, for each task run.
    static func check(_ runs: [TaskRun], _ rows: [SubflowRow], told: [TaskRun.ID: Int]) throws(Violation) {
        var children: [TaskRun.ID: [SubflowRow]] = [:]
        for row in rows { children[row.taskRunID, default: []].append(row) }
        for run in runs where run.taskID.hasSuffix("_items") {
            try check(run, children[run.id] ?? [], told[run.id] ?? 0)
        }
        for run in runs where run.taskID.hasSuffix("_merge") && run.state.current == .running {
            try checkMerged(run, runs)
        }
    }

    private static func check(_ run: TaskRun, _ rows: [SubflowRow], _ told: Int)
        throws(Violation)
    {
        func broken(_ why: String) -> Violation {
            let counts = run.outputs?.json ?? "nothing"
            let batches = rows.map { "\($0.batch)\($0.waits ? " waits" : "")" }
            return Violation(
                invariant: "B1",
                message: "\(run.taskID) \(run.state.current.rawValue) \(why): \(counts), children \(batches)")
        }
        guard Set(rows.map(\.batch)).count == rows.count else { throw broken("has two children for a batch") }
        guard run.state.current == .running || run.state.current == .success,
            let total = run.outputs?["numberOfBatches"]?.intValue,
            // Until its children are looked at again, its outputs tell of the attempt before.
            run.plan?["asked"] == nil
        else { return }
        var counts: [State: Int64] = [:]
        for (name, count) in run.outputs?["iterations"]?.mapValue ?? [:] {
            if let state = State(rawValue: name) { counts[state] = count.intValue ?? -1 }
        }
        guard total == SimulatedTypes.batches(of: run.taskID), counts.values.reduce(0, +) == total,
            counts.values.allSatisfy({ $0 >= 0 })
        else { throw broken("counts others than its batches") }
        // A copy counts the children of its original; what was killed has batches without children.
        guard run.state.current == .running, counts[.killed, default: 0] == 0 else { return }
        guard Int64(rows.count) + counts[.created, default: 0] == total else {
            throw broken("has not a child for each batch")
        }
        let open = rows.count { $0.waits } + told
        guard open == 0 || counts[.running, default: 0] == Int64(open) else {
            throw broken("waits for \(open) children")
        }
    }

    /// Nothing is collected before all batches went well.
    private static func checkMerged(_ run: TaskRun, _ runs: [TaskRun]) throws(Violation) {
        let items = runs.filter { $0.parentID == run.parentID && $0.taskID.hasSuffix("_items") }
        guard items.allSatisfy({ [.success, .warning].contains($0.state.current) }), items.count == 1 else {
            throw Violation(invariant: "B2", message: "\(run.taskID) began before its batches were done")
        }
    }
}

extension Simulation {
    func auditBatches(_ execution: Execution, _ runs: [TaskRun]) async throws {
        guard runs.contains(where: { $0.taskID.hasSuffix("_items") }) else { return }
        let rows = try await world.sight.children().filter { $0.parentID == execution.id }
        var told: [TaskRun.ID: Int] = [:]
        for row in try await world.sight.waiting(of: execution.id) {
            guard let json = try? JSONParser.parse(row.body),
                case .event(.subflowEnded(let id, _, _))? = StoredEvent(json: json)
            else { continue }
            told[id, default: 0] += 1
        }
        try BatchAuditor.check(runs, rows, told: told)
    }
}
