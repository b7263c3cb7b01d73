public import ApusDatabase
public import ApusModel
import Synchronization

/// Log lines and metrics in a SQLite file of their own, written by a thread of its own.
///
/// Commits wait for the operating system only: lines survive the end of the process; the last ones may be lost
/// when the power fails.
public final class SQLiteLogStore: LogStore {
    /// A longer message is cut, with a mark.
    public static let maxMessageBytes = 64 * 1024
    /// Lines in one transaction at most, so that what must not wait waits little.
    private static let chunk = 1000

    private let database: SQLiteDatabase
    private let offers: OfferedLines
    private let followers = LogFollowers()
    /// Lines and metrics of bodies whose commit is next.
    private let staged = Mutex(Staged())

    private struct Staged {
        var lines: [LogEntry] = []
        var points: [MetricPoint] = []
    }

    /// - Parameter fatal: Told once when the disk failed; nothing is stored after that.
    /// - Throws: `DatabaseError`, as `SQLiteDatabase` does.
    public init(
        path: String, durability: SQLiteDatabase.Durability = .relaxed, now: Timestamp,
        fatal: (@Sendable (DatabaseError) -> Void)? = nil
    ) throws {
        var configuration = SQLiteDatabase.Configuration(
            path: path, migrations: Migration.logs, durability: durability)
        configuration.readers = 1
        configuration.writerCacheKiB = 4096
        configuration.now = { now }
        configuration.fatal = fatal
        database = try SQLiteDatabase(configuration)
        offers = OfferedLines()
    }

    /// Stores what was offered and closes the file.
    public func close() async throws {
        try await flush()
        await database.close()
    }

    public func append(_ entries: [LogEntry]) async throws {
        var rest = entries[...]
        while !rest.isEmpty {
            let part = Self.bounded(rest.prefix(Self.chunk))
            rest = rest.dropFirst(Self.chunk)
            try await database.write { [followers] connection in
                try Self.store(part, followers, connection)
            }
        }
    }

    public func offer(_ entries: [LogEntry]) -> Bool {
        guard offers.add(Self.bounded(entries[...])) else { return false }
        drain()
        return true
    }

    public func flush() async throws {
        try await withCheckedThrowingContinuation { continuation in
            guard offers.wait(continuation) else { return continuation.resume() }
            drain()
        }
    }

    /// Hands the next lines that were offered to the writer's thread, unless some are on their way.
    private func drain() {
        guard let part = offers.takePart(Self.chunk) else { return }
        database.submit { [followers] connection in
            try Self.store(part, followers, connection)
        } done: { [weak self, offers] result in
            offers.stored(result)
            if case .success = result { self?.drain() }
        }
    }

    public func stage(_ entries: [LogEntry], with connection: any Connection) {
        let part = Self.bounded(entries[...])
        connection.beforeCommit { [self] in staged.withLock { $0.lines += part } }
    }

    public func stage(_ points: [MetricPoint], with connection: any Connection) {
        connection.beforeCommit { [self] in staged.withLock { $0.points += points } }
    }

    /// Stores the lines and metrics of the bodies that are about to be committed. For `beforeCommit` of the main
    /// database: it blocks that database's writer until they are kept.
    public func storeStaged() throws {
        let part = staged.withLock { staged in
            defer { staged = Staged() }
            return staged
        }
        guard !part.lines.isEmpty || !part.points.isEmpty else { return }
        try database.writeBlocking { [followers] connection in
            try Self.store(part.lines, followers, connection)
            try Metrics.insert(part.points, connection)
        }
    }

    /// Like `append`, before all others, and blocks the calling thread; never for a task.
    public func appendBlocking(_ entries: [LogEntry]) throws {
        let part = Self.bounded(entries[...])
        try database.writeBlocking { [followers] connection in
            try Self.store(part, followers, connection)
        }
    }

    public func append(_ points: [MetricPoint]) async throws {
        guard !points.isEmpty else { return }
        try await database.write { try Metrics.insert(points, $0) }
    }

    public func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T
    {
        try await database.read(body)
    }

    /// Like `read`, and blocks the calling thread; for a body of the main database that has to know.
    public func readBlocking<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) throws
        -> T
    {
        try database.readBlocking(body)
    }

    /// Removes the lines that match; answers how many.
    public func delete(_ filter: LogFilter) async throws -> Int {
        try await database.write { try Logs.delete(filter, $0) }
    }

    @discardableResult
    public func deleteMetrics(executionID: Execution.ID) async throws -> Int {
        try await database.write { try Metrics.delete(executionID: executionID, $0) }
    }

    /// Removes the lines that match some at a time, so that what must not wait waits little; answers how many.
    public func delete(_ filter: LogFilter, batchSize: Int?) async throws -> Int {
        let limit = min(max(1, batchSize ?? Self.chunk), 100 * Self.chunk)
        var (count, last) = (0, limit)
        while last == limit {
            try Task.checkCancellation()
            last = try await database.write { try Logs.delete(filter, limit: limit, $0) }
            count += last
        }
        return count
    }

    public func delete(executionID: Execution.ID) async throws {
        try await database.write { connection in
            try Logs.delete(LogFilter(executionID: executionID), connection)
            try Metrics.delete(executionID: executionID, connection)
        }
    }

    public func delete(before date: Timestamp) async throws {
        var count = 1
        while count > 0 {
            count = try await database.write { connection in
                let lines = try Logs.delete(before: date, limit: Self.chunk, connection)
                return lines + (try Metrics.delete(before: date, limit: Self.chunk, connection))
            }
        }
    }

    public func changes(of executionID: Execution.ID) -> AsyncStream<Void> {
        followers.stream(of: executionID)
    }

    private static func store(_ entries: [LogEntry], _ followers: LogFollowers, _ connection: any Connection)
        throws
    {
        try Logs.insert(entries, connection)
        let ids = Set(entries.map(\.line.executionID))
        connection.afterCommit { followers.wake(ids) }
    }

    private static func bounded(_ entries: ArraySlice<LogEntry>) -> [LogEntry] {
        entries.map { entry in
            let size = entry.line.message.utf8.count
            guard size > maxMessageBytes else { return entry }
            var entry = entry
            let start = String(decoding: entry.line.message.utf8.prefix(maxMessageBytes), as: UTF8.self)
            entry.line.message = start + "… (cut, \(size) bytes in all)"
            return entry
        }
    }
}
