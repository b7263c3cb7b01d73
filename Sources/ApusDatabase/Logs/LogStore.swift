public import ApusModel

/// Where log lines and metrics are kept, apart from the database so that a flood of them delays no execution.
///
/// Queries are those of `Logs` and `Metrics`, run inside `read`.
public protocol LogStore: Sendable {
    /// Stores lines and returns once they can be read. Lines with a key that is known are passed over.
    func append(_ entries: [LogEntry]) async throws

    /// Takes lines to be stored soon, without waiting. Answers false, and takes none, when too much waits already:
    /// the caller then waits in `append`.
    func offer(_ entries: [LogEntry]) -> Bool

    /// Returns once everything offered before can be read.
    func flush() async throws

    /// Takes lines that belong to a transaction of the main database: they are stored just before its commit, and
    /// dropped with it.
    func stage(_ entries: [LogEntry], with connection: any Connection)

    /// Takes metrics that belong to a transaction of the main database, as lines are taken.
    func stage(_ points: [MetricPoint], with connection: any Connection)

    /// Stores metrics and returns once they can be read.
    func append(_ points: [MetricPoint]) async throws

    /// Runs queries over one consistent state.
    func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T

    /// Removes all lines and metrics of an execution.
    func delete(executionID: Execution.ID) async throws

    /// Removes lines and metrics of before a date, a bounded number at a time, until none is left.
    func delete(before date: Timestamp) async throws

    /// Yields after lines of the execution were stored; only the newest sign is kept.
    func changes(of executionID: Execution.ID) -> AsyncStream<Void>
}
