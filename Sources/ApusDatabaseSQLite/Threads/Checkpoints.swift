import ApusDatabase
import CSQLite

/// Moves changes from SQLite's log of changes into the file of the tables, between commits, so that the log stays
/// small. The automatic way would hide its errors.
struct Checkpoints {
    private let connection: SQLiteConnection
    private let everyPages: Int
    private var nextAtPages: Int
    private let log: LogLength

    /// Pages in the log of changes, as SQLite reports them after each commit.
    ///
    /// Written and read on the writer's thread only.
    private final class LogLength {
        var pages = 0
    }

    init(_ connection: SQLiteConnection, everyPages: Int) {
        self.connection = connection
        self.everyPages = everyPages
        nextAtPages = everyPages
        log = LogLength()
        // This also replaces the automatic checkpoint. `log` lives as long as the connection: the writer owns both.
        sqlite3_wal_hook(
            connection.handle,
            { context, _, _, pages in
                guard let context else { return SQLITE_OK }
                Unmanaged<LogLength>.fromOpaque(context).takeUnretainedValue().pages = Int(pages)
                return SQLITE_OK
            }, Unmanaged.passUnretained(log).toOpaque())
    }

    mutating func runIfDue() throws {
        guard log.pages >= nextAtPages else { return }
        var total: Int32 = 0
        var moved: Int32 = 0
        let code = sqlite3_wal_checkpoint_v2(
            connection.handle, nil, SQLITE_CHECKPOINT_PASSIVE, &total, &moved)
        // With a reader in the way some stays; it is tried again after as much has been added, not at each commit.
        guard code == SQLITE_OK else {
            nextAtPages = log.pages + everyPages
            throw DatabaseError(sqlite: code, connection.handle, "moving changes")
        }
        nextAtPages = moved >= total ? everyPages : Int(total) + everyPages
        log.pages = 0
    }
}
