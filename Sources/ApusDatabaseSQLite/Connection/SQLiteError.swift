import ApusDatabase
import CSQLite

extension DatabaseError {
    /// What a result code of SQLite means to the rest of the program.
    ///
    /// Source: "Result and Error Codes" of SQLite's documentation.
    init(sqlite code: Int32, _ handle: OpaquePointer?, _ action: String) {
        let detail =
            handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
            ?? String(cString: sqlite3_errstr(code))
        let extended = handle.map { sqlite3_extended_errcode($0) } ?? code
        self.init(Self.reason(code, extended), "\(action): \(detail) (\(extended))")
    }

    private static func reason(_ code: Int32, _ extended: Int32) -> Reason {
        switch code & 0xFF {
        case SQLITE_FULL: .full
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: .busy
        case SQLITE_CORRUPT, SQLITE_NOTADB: .corrupt
        case SQLITE_IOERR: .disk
        case SQLITE_CANTOPEN: .gone
        // SQLITE_READONLY_DBMOVED: the file was moved or deleted below us.
        case SQLITE_READONLY: extended == SQLITE_READONLY | 4 << 8 ? .gone : .statement
        case SQLITE_CONSTRAINT: .constraint
        case SQLITE_TOOBIG: .tooLarge
        case SQLITE_NOMEM: .overloaded
        default: .statement
        }
    }
}
