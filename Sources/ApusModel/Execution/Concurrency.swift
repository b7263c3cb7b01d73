/// How many executions of a flow may be under way at once, and what becomes of one that is too many.
///
/// Source: the `concurrency` block of a flow. The latest revision of a flow counts, for executions of all revisions.
public struct Concurrency: Hashable, Sendable {
    public enum Behavior: String, Hashable, Sendable, CaseIterable {
        /// It waits; first come, first served.
        case queue = "QUEUE"
        /// It ends as CANCELLED without running.
        case cancel = "CANCEL"
        /// It ends as FAILED without running.
        case fail = "FAIL"
    }

    /// At least 1.
    public var limit: Int
    public var behavior: Behavior

    public init(limit: Int, behavior: Behavior = .queue) {
        self.limit = limit
        self.behavior = behavior
    }
}
