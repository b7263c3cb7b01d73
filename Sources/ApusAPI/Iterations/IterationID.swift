import ApusModel

/// The id of an iteration of a `Loop` as an execution: `<execution>-<task run of the iteration>`.
///
/// It says where the iteration lies, so that none has to be registered.
struct IterationID: Hashable {
    var executionID: Execution.ID
    var taskRunID: TaskRun.ID

    init(executionID: Execution.ID, taskRunID: TaskRun.ID) {
        self.executionID = executionID
        self.taskRunID = taskRunID
    }

    /// `nil` for what cannot be one.
    init?(_ text: String) {
        guard let border = text.lastIndex(of: "-") else { return nil }
        executionID = String(text[..<border])
        taskRunID = String(text[text.index(after: border)...])
        guard !executionID.isEmpty, !taskRunID.isEmpty else { return nil }
    }

    var text: String { "\(executionID)-\(taskRunID)" }
}
