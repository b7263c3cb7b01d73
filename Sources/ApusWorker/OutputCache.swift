public import ApusModel

/// Outputs that runs of a task leave for later ones with the same rendered properties.
public protocol OutputCache: Sendable {
    /// What was kept under a key; `nil` when there is nothing, or nothing young enough.
    func outputs(for key: String, ttl: ISODuration?, of job: Job) async throws -> OrderedMap<Value>?
    /// Keeps outputs until others come under the same key, or they are too old.
    func keep(_ outputs: OrderedMap<Value>, for key: String, ttl: ISODuration?, of job: Job) async throws
}

/// Keeps nothing: every task runs.
public struct NoOutputCache: OutputCache {
    public init() {}

    public func outputs(for key: String, ttl: ISODuration?, of job: Job) async throws -> OrderedMap<Value>? {
        nil
    }
    public func keep(
        _ outputs: OrderedMap<Value>, for key: String, ttl: ISODuration?, of job: Job
    ) async throws {}
}

/// How a task's outputs are reused: its property `taskCache`, switched on.
public struct OutputReuse: Hashable, Sendable {
    /// How old outputs may be; `nil` for any age.
    public var ttl: ISODuration?

    public init(ttl: ISODuration? = nil) { self.ttl = ttl }
}
