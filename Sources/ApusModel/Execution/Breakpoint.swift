/// A task before which an execution stops until a person lets it go on.
public struct Breakpoint: Hashable, Sendable {
    public var taskID: String
    /// The item of a loop it is for, as text; `nil` for every run of the task.
    public var value: String?

    public init(taskID: String, value: String? = nil) {
        self.taskID = taskID
        self.value = value
    }

    /// `task`, or `task.value` for one item of a loop; `nil` without the name of a task. The value may contain dots.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let task = parts.first, !task.isEmpty else { return nil }
        self.init(taskID: String(task), value: parts.count > 1 ? String(parts[1]) : nil)
    }

    /// The form it is read from.
    public var text: String { value.map { "\(taskID).\($0)" } ?? taskID }
}
