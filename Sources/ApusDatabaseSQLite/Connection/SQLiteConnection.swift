import ApusDatabase
import CSQLite

/// One open connection. Used by one thread at a time, from its making on the thread that opens the database to
/// its end on its own thread.
final class SQLiteConnection: Connection {
    enum Access { case readWrite, readOnly }

    /// Statements put together at run time that are kept; there are few forms of them.
    private static let maxBuilt = 64
    private static let busyMilliseconds: Int32 = 5000

    let handle: OpaquePointer
    private var fixed: [UnsafePointer<UInt8>: Statement] = [:]
    private var built: [String: Statement] = [:]
    /// Set once an error has ended the transaction below a body that still runs: what follows would be written
    /// outside of any transaction.
    private(set) var lostTransaction: DatabaseError?
    private var isInTransaction = false
    var effects = Effects()

    init(path: String, _ access: Access) throws {
        var opened: OpaquePointer?
        let flags =
            SQLITE_OPEN_NOMUTEX
            | (access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else {
            let error = DatabaseError(sqlite: code, opened, "opening \(path)")
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_busy_timeout(handle, Self.busyMilliseconds)
    }

    deinit {
        fixed = [:]
        built = [:]
        sqlite3_close_v2(handle)
    }

    @discardableResult
    func execute(_ sql: StaticString, with values: [SQLValue]) throws -> Int {
        try perform(statement(sql), values) { _ in }
        return Int(sqlite3_changes64(handle))
    }

    func forEachRow(_ sql: SQLText, with values: [SQLValue], _ body: (any Row) throws -> Void) throws {
        switch sql {
        case .fixed(let sql): try perform(statement(sql), values, body)
        case .built(let sql): try perform(statement(sql), values, body)
        }
    }

    private func perform(_ statement: Statement, _ values: [SQLValue], _ body: (any Row) throws -> Void)
        throws
    {
        if let lostTransaction { throw lostTransaction }
        try statement.start(values)
        defer { statement.finish() }
        do {
            while try statement.step() { try body(statement) }
        } catch {
            noteLostTransaction(error)
            throw error
        }
    }

    /// Refuses everything until the transaction is rolled back.
    func markLost(_ error: any Error) {
        lostTransaction = error as? DatabaseError ?? DatabaseError(.statement, "a rollback failed: \(error)")
    }

    private func noteLostTransaction(_ error: any Error) {
        guard isInTransaction, sqlite3_get_autocommit(handle) != 0, lostTransaction == nil else { return }
        lostTransaction =
            error as? DatabaseError
            ?? DatabaseError(.statement, "the transaction ended by an error: \(error)")
    }

    private func statement(_ sql: StaticString) throws -> Statement {
        precondition(sql.hasPointerRepresentation, "a statement is longer than one character")
        if let known = fixed[sql.utf8Start], !known.isInUse { return known }
        let text = UnsafeBufferPointer(start: sql.utf8Start, count: sql.utf8CodeUnitCount)
        // One in use (a query inside the loop over the same query) is prepared once more and not kept.
        guard fixed[sql.utf8Start] == nil else { return try Statement(text, handle, isKept: false) }
        let statement = try Statement(text, handle, isKept: true)
        fixed[sql.utf8Start] = statement
        return statement
    }

    private func statement(_ sql: String) throws -> Statement {
        if let known = built[sql], !known.isInUse { return known }
        var copy = sql
        let statement = try copy.withUTF8 { try Statement($0, handle, isKept: false) }
        guard built[sql] == nil else { return statement }
        if built.count >= Self.maxBuilt { built.removeAll(keepingCapacity: true) }
        built[sql] = statement
        return statement
    }

    func run(script: String) throws {
        if let lostTransaction { throw lostTransaction }
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else {
            let error = DatabaseError(sqlite: code, handle, "running a script")
            noteLostTransaction(error)
            throw error
        }
    }

    func afterCommit(_ effect: @escaping @Sendable () -> Void) { effects.afterCommit.append(effect) }
    func afterRollback(_ effect: @escaping @Sendable () -> Void) { effects.afterRollback.append(effect) }
    func beforeCommit(_ effect: @escaping @Sendable () throws -> Void) { effects.beforeCommit.append(effect) }
}

extension SQLiteConnection {
    func begin(_ sql: StaticString) throws {
        try execute(sql)
        lostTransaction = nil
        isInTransaction = true
    }

    func commit() throws {
        try execute("COMMIT")
        isInTransaction = false
    }

    /// Ends the transaction if there still is one. An error here leaves none open either.
    func rollback() {
        isInTransaction = false
        lostTransaction = nil
        guard sqlite3_get_autocommit(handle) == 0 else { return }
        sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    }

    /// A setting's value, read back.
    func setting(_ name: String) throws -> String {
        var value = ""
        try forEachRow(.built("PRAGMA \(name)"), with: []) { value = $0.text(0) }
        return value
    }
}

/// What bodies want done around the commit they belong to.
struct Effects {
    var beforeCommit: [@Sendable () throws -> Void] = []
    var afterCommit: [@Sendable () -> Void] = []
    var afterRollback: [@Sendable () -> Void] = []

    /// The number of effects of each kind; what comes after belongs to the next body.
    struct Mark {
        fileprivate var before = 0
        fileprivate var after = 0
        fileprivate var rollback = 0
    }

    var mark: Mark {
        Mark(before: beforeCommit.count, after: afterCommit.count, rollback: afterRollback.count)
    }

    /// Takes out what a failed body wanted; answers what is to be done about its failure.
    mutating func drop(to mark: Mark) -> [@Sendable () -> Void] {
        let rollback = Array(afterRollback[mark.rollback...])
        beforeCommit.removeSubrange(mark.before...)
        afterCommit.removeSubrange(mark.after...)
        afterRollback.removeSubrange(mark.rollback...)
        return rollback
    }
}
