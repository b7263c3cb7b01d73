/// Where all services meet: one store, written in transactions.
///
/// A body runs without suspension on a thread of the database, never on the caller's. It may run SQL and compute;
/// it does not wait for anything else.
public protocol Database: Sendable {
    /// Runs a body in a transaction and resumes once it is durable.
    ///
    /// Concurrent bodies may share a commit. A body that throws is rolled back alone.
    ///
    /// - Throws: What the body threw, or `DatabaseError` when the commit failed: nothing of the body is kept then.
    func write<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T

    /// Runs a body over one consistent state: that of some commit, at least as new as the last one this caller
    /// has seen. Writing is refused.
    func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T
}
