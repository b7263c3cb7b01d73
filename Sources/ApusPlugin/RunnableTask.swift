public import ApusModel
public import ApusSchema

/// A task that a worker runs: it may take long and have effects outside.
///
/// The properties are rendered and decoded before `run` is called.
public protocol RunnableTask: PluginType {
    associatedtype Output: TaskOutput

    /// Does the work. Reacts to cancellation, which means a kill, a timeout or the end of the worker.
    ///
    /// - Throws: `TaskFailure` for a failure in the user's words; other errors fail the task with their text.
    func run(_ context: TaskContext) async throws -> Output
}

/// What a task gives when it has done its work.
public protocol TaskOutput: Sendable {
    /// What later tasks read under `outputs.<task>`; empty for nothing.
    var values: OrderedMap<Value> { get }
    /// The state the task ends in; `nil` for success.
    var finalState: State? { get }
}

extension TaskOutput {
    public var finalState: State? { nil }
}

/// The output of a task that gives nothing.
public struct NoOutput: TaskOutput {
    public init() {}

    public var values: OrderedMap<Value> { [:] }
}

/// A task that failed, as part of the story of its execution. Who runs the task logs the message at `ERROR`.
public struct TaskFailure: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    /// What the task gave nevertheless, such as the exit code of a command.
    public var outputs: OrderedMap<Value>?

    public init(_ message: String, outputs: OrderedMap<Value>? = nil) {
        self.message = message
        self.outputs = outputs
    }

    public var description: String { message }
}
