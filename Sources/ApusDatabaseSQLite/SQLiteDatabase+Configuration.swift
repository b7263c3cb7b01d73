public import ApusDatabase
public import ApusModel

extension SQLiteDatabase {
    /// What a commit waits for.
    public enum Durability: String, Hashable, Sendable {
        /// The disk: a commit survives the loss of power.
        case full
        /// The operating system: a commit survives the end of the process, the last ones may not survive the loss
        /// of power. The tables stay sound.
        case relaxed
        /// Nothing; for tests.
        case none

        /// The value of SQLite's setting `synchronous`.
        var synchronous: Int {
            switch self {
            case .full: 2
            case .relaxed: 1
            case .none: 0
            }
        }
    }

    public struct Configuration: Sendable {
        /// The file of the tables.
        public var path: String
        public var migrations: [Migration]
        public var durability: Durability
        /// Threads that read, at least 1.
        public var readers = 2
        /// Bodies that share a commit at most.
        public var maxBatch = 512
        /// How long bodies may join a batch before it is committed.
        public var maxBatchTime: Duration = .milliseconds(50)
        /// Bodies that wait at most; more are refused with `overloaded`.
        public var queueLimit = 10_000
        /// Pages of 4 KiB in the log of changes before they are moved into the tables.
        public var checkpointPages = 4000
        /// Memory for pages of the tables, per connection.
        public var writerCacheKiB = 8192
        public var readerCacheKiB = 1024
        /// Runs on the writer's thread just before each commit, after the bodies' own effects. An error fails the
        /// whole batch.
        public var beforeCommit: (@Sendable () throws -> Void)?
        /// Told once when the disk failed: the process should report it and end.
        public var fatal: (@Sendable (DatabaseError) -> Void)?
        /// The time for the table of migrations.
        public var now: @Sendable () -> Timestamp = { Timestamp(microseconds: 0) }
        /// Makes commits fail, for tests.
        package var failCommit: (@Sendable () -> DatabaseError?)?

        public init(path: String, migrations: [Migration] = Migration.main, durability: Durability = .full) {
            self.path = path
            self.migrations = migrations
            self.durability = durability
        }
    }
}
