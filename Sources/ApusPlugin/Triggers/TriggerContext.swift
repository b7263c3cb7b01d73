import ApusExpressions
public import ApusModel

/// What a trigger of a plugin sees of the world while a worker runs it.
public struct TriggerContext: Sendable {
    /// The means a task has: its log (here the trigger's), its services and, for a polling trigger, a working
    /// directory and files, which belong to the execution that may be started.
    public let work: TaskContext
    /// What the last evaluation of a polling trigger kept; `nil` at first.
    public let state: Value?

    public init(work: TaskContext, state: Value? = nil) {
        self.work = work
        self.state = state
    }

    /// Whether a condition of the trigger's own holds, which sees further variables.
    ///
    /// The property it comes from is declared with `isDynamic: false`, so that nobody renders it before.
    /// - Throws: `ExpressionError`.
    public func holds(_ condition: String, seeing variables: OrderedMap<Value>) async throws -> Bool {
        isTruthy(rendered: try await work.itemRenderer(condition)(variables, 0) ?? "")
    }

    /// Adds a line to the log of the trigger.
    public func log(_ message: String, at level: LogLevel = .info) { work.log(message, at: level) }
}
