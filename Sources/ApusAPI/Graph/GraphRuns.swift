import ApusModel

/// The task runs of an execution, as the nodes of its graph ask for them.
struct GraphRuns {
    /// More rounds of a loop are not drawn each by itself.
    static let maxRounds = 100

    private struct Key: Hashable {
        var parent: TaskRun.ID?
        var taskID: String
    }

    private var runs: [Key: [TaskRun]]

    /// - Parameter taskRuns: In the order of their creation; those in iterations of a `Loop` have graphs of their own.
    init(_ taskRuns: [TaskRun]) {
        runs = Dictionary(grouping: taskRuns.filter { $0.scope == nil }) {
            Key(parent: $0.parentID, taskID: $0.taskID)
        }
    }

    /// The run of a task, the last one where there are several.
    ///
    /// - Parameters:
    ///   - parent: The run of the flow task around it; `nil` at the top.
    ///   - round: Of a loop, from 0; `nil` outside of one.
    func run(of taskID: String, in parent: TaskRun.ID?, round: Int?) -> TaskRun? {
        let found = runs[Key(parent: parent, taskID: taskID)]
        guard let round else { return found?.last }
        return found?.last { $0.iteration == round }
    }

    /// The rounds of a loop that have begun, with their items; `nil` when there are none or too many to draw.
    func rounds(of tasks: [Value], in parent: TaskRun.ID) -> [(round: Int, value: String)]? {
        var items: [Int: String] = [:]
        for task in tasks {
            guard let id = task["id"]?.stringValue else { continue }
            for run in runs[Key(parent: parent, taskID: id)] ?? [] {
                guard let round = run.iteration, let value = run.value else { continue }
                items[round] = value
                if items.count > Self.maxRounds { return nil }
            }
        }
        return items.isEmpty ? nil : items.sorted { $0.key < $1.key }.map { (round: $0.key, value: $0.value) }
    }
}
