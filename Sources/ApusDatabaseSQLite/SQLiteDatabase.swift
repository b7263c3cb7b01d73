public import ApusDatabase
import Dispatch
import Foundation
import Synchronization

/// The database in a SQLite file: one thread writes, a few read, no task of Swift ever waits on the disk.
///
/// The file's directory should be locked with `DataDirectory`. End with `close()`; without it the threads end
/// after the last reference is gone, once they have done what waits.
public final class SQLiteDatabase: Database {
    private let writes: BoundedQueue<any PendingBody>
    private let reads: BoundedQueue<any PendingBody>
    private let counts = WriteCounts()
    private let writerThread = DispatchGroup()
    private let readerThreads = DispatchGroup()

    /// Opens the file, makes it when it is missing, and brings its tables up to date.
    ///
    /// - Throws: `DatabaseError`; `newerSchema` when a newer version of the program has been at work,
    ///   `configuration` when the durability asked for cannot be had.
    public init(_ configuration: Configuration) throws {
        let writer = try Self.openWriter(configuration)
        writes = BoundedQueue(limit: configuration.queueLimit)
        reads = BoundedQueue(limit: configuration.queueLimit)
        let readers = try (0..<max(1, configuration.readers)).map { _ in try Self.openReader(configuration) }
        let (writes, reads, counts) = (writes, reads, counts)
        Self.start("apus-database-writer", writerThread, Handover(writer)) { connection in
            Writer(connection, writes, configuration, counts).run()
        }
        for reader in readers {
            Self.start("apus-database-reader", readerThreads, Handover(reader)) { connection in
                Reader(connection, reads).run()
            }
        }
    }

    deinit {
        writes.close()
        reads.close()
    }

    /// Takes nothing more, finishes what waits, and closes the file.
    public func close() async {
        reads.close()
        await Self.end(of: readerThreads)
        // Last, because only a connection that writes can put the log of changes away.
        writes.close()
        await Self.end(of: writerThread)
    }

    private static func end(of threads: DispatchGroup) async {
        await withCheckedContinuation { continuation in
            threads.notify(queue: .global()) { continuation.resume() }
        }
    }

    /// Commits since the start, for measurements: fewer than bodies where these shared one.
    public var commitCount: Int { counts.commits.load(ordering: .relaxed) }

    /// Bodies that wait to be written.
    package var waitingWrites: Int { writes.count }

    public func write<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T
    {
        try await hand(body, to: writes)
    }

    public func read<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) async throws -> T
    {
        try await hand(body, to: reads)
    }

    private func hand<T: Sendable>(
        _ body: @Sendable @escaping (any Connection) throws -> T, to queue: BoundedQueue<any PendingBody>
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let pending = Body(body) { continuation.resume(with: $0) }
            if let refusal = Self.refusal(queue.push(pending)) { pending.finish(refusal) }
        }
    }

    /// Like `write`, before all others, and blocks the calling thread. For threads that may be blocked, such as
    /// another database's writer; never for a task.
    public func writeBlocking<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) throws
        -> T
    {
        let (answer, done) = (Answer<T>(), DispatchSemaphore(value: 0))
        let pending = Body(body) {
            answer.set($0)
            done.signal()
        }
        if let refusal = Self.refusal(writes.push(pending, isUrgent: true)) { throw refusal }
        done.wait()
        return try answer.get()
    }

    /// Like `write`, without anyone who waits: `done` is called on the writer's thread.
    func submit(
        _ body: @Sendable @escaping (any Connection) throws -> Void,
        done: @Sendable @escaping (Result<Void, any Error>) -> Void
    ) {
        let pending = Body(body, resume: done)
        if let refusal = Self.refusal(writes.push(pending)) { pending.finish(refusal) }
    }

    /// Like `read`, and blocks the calling thread; under the same conditions as `writeBlocking`.
    public func readBlocking<T: Sendable>(_ body: @Sendable @escaping (any Connection) throws -> T) throws
        -> T
    {
        let (answer, done) = (Answer<T>(), DispatchSemaphore(value: 0))
        let pending = Body(body) {
            answer.set($0)
            done.signal()
        }
        if let refusal = Self.refusal(reads.push(pending, isUrgent: true)) { throw refusal }
        done.wait()
        return try answer.get()
    }

    private static func refusal(_ push: BoundedQueue<any PendingBody>.Push) -> DatabaseError? {
        switch push {
        case .accepted: nil
        case .full: DatabaseError(.overloaded, "too many requests wait for the database")
        case .closed: DatabaseError(.gone, "the database is closed")
        }
    }
}

extension SQLiteDatabase {
    /// A database in a directory of its own below the system's directory for temporary files, without waiting for
    /// the disk. For tests, which remove the directory.
    public static func temporary(
        migrations: [Migration] = Migration.main, _ adjust: (inout Configuration) -> Void = { _ in }
    ) throws -> (database: SQLiteDatabase, directory: String) {
        let directory = NSTemporaryDirectory() + "apus-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var configuration = Configuration(
            path: directory + "/apus.db", migrations: migrations, durability: .none)
        adjust(&configuration)
        return (try SQLiteDatabase(configuration), directory)
    }

    private static func openWriter(_ configuration: Configuration) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(path: configuration.path, .readWrite)
        let mode = try connection.setting("journal_mode = WAL")
        guard mode == "wal" else {
            throw DatabaseError(
                .configuration,
                "the disk of \(configuration.path) does not support a write-ahead log (mode \(mode))")
        }
        try connection.run(
            script: """
                PRAGMA synchronous = \(configuration.durability.synchronous);
                PRAGMA cache_size = -\(configuration.writerCacheKiB);
                PRAGMA journal_size_limit = 67108864;
                PRAGMA temp_store = MEMORY;
                PRAGMA mmap_size = 0;
                """)
        let synchronous = try connection.setting("synchronous")
        guard synchronous == String(configuration.durability.synchronous) else {
            throw DatabaseError(
                .configuration,
                "the durability `\(configuration.durability.rawValue)` was not taken (\(synchronous))")
        }
        try connection.begin("BEGIN IMMEDIATE")
        do {
            try Migrator.run(configuration.migrations, now: configuration.now(), connection)
            try connection.commit()
        } catch {
            connection.rollback()
            throw error
        }
        return connection
    }

    private static func openReader(_ configuration: Configuration) throws -> SQLiteConnection {
        let connection = try SQLiteConnection(path: configuration.path, .readOnly)
        try connection.run(
            script: """
                PRAGMA cache_size = -\(configuration.readerCacheKiB);
                PRAGMA temp_store = MEMORY;
                PRAGMA mmap_size = 0;
                """)
        return connection
    }

    /// Bodies compute whole turns, so a thread gets a roomy stack; only what is used takes memory.
    private static let stackBytes = 16 << 20

    private static func start(
        _ name: String, _ group: DispatchGroup, _ connection: Handover,
        _ work: @escaping @Sendable (SQLiteConnection) -> Void
    ) {
        group.enter()
        let thread = Thread {
            work(connection.take())
            group.leave()
        }
        thread.name = name
        thread.stackSize = stackBytes
        thread.start()
    }
}

/// A connection on its way to the thread that owns it from then on.
///
/// `@unchecked Sendable`: it is given once before the thread starts and taken once by that thread.
private final class Handover: @unchecked Sendable {
    private var connection: SQLiteConnection?

    init(_ connection: SQLiteConnection) { self.connection = connection }

    func take() -> SQLiteConnection {
        guard let taken = connection else { preconditionFailure("a connection is handed over once") }
        connection = nil
        return taken
    }
}

/// An answer that a blocked thread waits for.
private final class Answer<T: Sendable>: Sendable {
    private let result = Mutex<Result<T, any Error>?>(nil)

    func set(_ answer: Result<T, any Error>) { result.withLock { $0 = answer } }

    func get() throws -> T {
        guard let answer = result.withLock({ $0 }) else {
            preconditionFailure("the answer is set before the thread is woken")
        }
        return try answer.get()
    }
}
