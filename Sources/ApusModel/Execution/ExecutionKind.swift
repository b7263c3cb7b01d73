/// What an execution is for.
public enum ExecutionKind: String, Hashable, Sendable, CaseIterable {
    case normal = "NORMAL"
    /// Part of a test of a flow.
    case test = "TEST"
    /// Tried out in an editor, a task or some at a time.
    case playground = "PLAYGROUND"
    /// One round of a loop.
    case loop = "LOOP"
}
