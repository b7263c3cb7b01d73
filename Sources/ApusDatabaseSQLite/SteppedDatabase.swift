public import ApusDatabase
import Synchronization

/// A database in memory that works on the caller's thread, one body at a time, and can be told to fail around a
/// commit. For simulations: the same tables and statements, in an order that a seed decides.
public final class SteppedDatabase: Database {
    /// Where the process is said to have died.
    public enum CrashPoint: Hashable, Sendable {
        /// Nothing of the transaction is kept.
        case beforeCommit
        /// All of it is kept, but nobody hears of it: effects after the commit are lost, and so is the answer.
        case afterCommit
    }

    /// The process died. What it held in memory is gone.
    public struct Crash: Error {
        public init() {}
    }

    private struct State: ~Copyable {
        // Used only under the lock, which makes the one connection safe to share.
        nonisolated(unsafe) let connection: SQLiteConnection
        var crash: CrashPoint?
        var commits = 0
    }

    private let state: Mutex<State>

    public init(migrations: [Migration] = Migration.main) throws {
        let connection = try SQLiteConnection(path: ":memory:", .readWrite)
        try connection.begin("BEGIN IMMEDIATE")
        try Migrator.run(migrations, now: { .init(microseconds: 0) }(), connection)
        try connection.commit()
        connection.effects = Effects()
        state = Mutex(State(connection: connection))
    }

    /// Removes every row, so that the next simulation finds what it would find in a new database; faster than one.
    public func clear() throws {
        try state.withLock { state in
            let connection = state.connection
            try connection.begin("BEGIN IMMEDIATE")
            let tables = try connection.rows(
                """
                SELECT name FROM sqlite_master WHERE type = 'table'
                AND (name NOT LIKE 'sqlite_%' OR name = 'sqlite_sequence') AND name <> 'schema_migrations'
                """
            ) { $0.text(0) }
            for table in tables {
                _ = try connection.rows(built: "DELETE FROM \"\(table)\"", with: []) { _ in }
            }
            try connection.commit()
            connection.effects = Effects()
            state.crash = nil
            state.commits = 0
        }
    }

    /// The next writing transaction dies at this point; `nil` takes it back.
    public func crash(at point: CrashPoint?) { state.withLock { $0.crash = point } }

    public var commitCount: Int { state.withLock { $0.commits } }

    public func write<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T
    {
        let (answer, effects) = try transaction(body)
        for effect in effects { effect() }
        return try answer.get()
    }

    private func transaction<T: Sendable>(_ body: (any Connection) throws -> T) throws
        -> (Result<T, any Error>, [@Sendable () -> Void])
    {
        try state.withLock { state in
            let connection = state.connection
            connection.effects = Effects()
            try connection.begin("BEGIN IMMEDIATE")
            let point = state.crash
            do {
                let answer = try body(connection)
                if point == .beforeCommit { throw Crash() }
                for effect in connection.effects.beforeCommit { try effect() }
                try connection.commit()
                state.commits += 1
                if point == .afterCommit {
                    state.crash = nil
                    return (.failure(Crash()), [])
                }
                return (.success(answer), connection.effects.afterCommit)
            } catch {
                connection.rollback()
                if error is Crash { state.crash = nil }
                return (.failure(error), connection.effects.afterRollback)
            }
        }
    }

    public func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T
    {
        try state.withLock { try body($0.connection) }
    }
}
