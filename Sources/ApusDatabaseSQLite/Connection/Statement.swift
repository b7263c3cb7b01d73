import ApusDatabase
import CSQLite

/// A prepared statement, and the row it stands on.
///
/// Belongs to one connection and is used on its thread only.
final class Statement: Row {
    private let handle: OpaquePointer
    private let database: OpaquePointer
    /// Between `start` and `finish`; a statement in use cannot be started again.
    private(set) var isInUse = false

    init(_ sql: UnsafeBufferPointer<UInt8>, _ database: OpaquePointer, isKept: Bool) throws {
        self.database = database
        var statement: OpaquePointer?
        let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = sql.withMemoryRebound(to: CChar.self) { text in
            sqlite3_prepare_v3(
                database, text.baseAddress, Int32(clamping: text.count), flags, &statement, nil)
        }
        guard code == SQLITE_OK, let statement else {
            throw DatabaseError(sqlite: code, database, "preparing a statement")
        }
        handle = statement
    }

    deinit { sqlite3_finalize(handle) }

    func start(_ values: [SQLValue]) throws {
        isInUse = true
        for (place, value) in values.enumerated() {
            let code = bind(value, Int32(clamping: place + 1))
            guard code == SQLITE_OK else {
                let error = DatabaseError(sqlite: code, database, "binding a value")
                finish()
                throw error
            }
        }
    }

    private func bind(_ value: SQLValue, _ place: Int32) -> Int32 {
        switch value {
        case .null: return sqlite3_bind_null(handle, place)
        case .integer(let number): return sqlite3_bind_int64(handle, place, number)
        case .real(let number): return sqlite3_bind_double(handle, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                // An empty text may have no address, which would bind NULL.
                guard let start = bytes.baseAddress else { return apus_bind_text(handle, place, "", 0) }
                return apus_bind_text(handle, place, start, UInt64(bytes.count))
            }
        case .bytes(let bytes):
            guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(handle, place, 0) }
            return bytes.withUnsafeBytes { apus_bind_blob(handle, place, $0.baseAddress, UInt64($0.count)) }
        }
    }

    /// Goes to the next row; false when there is none.
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw DatabaseError(sqlite: code, database, "running a statement")
        }
    }

    func finish() {
        // The code repeats an error that `step` has thrown.
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
        isInUse = false
    }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(clamping: column)) == SQLITE_NULL }
    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(clamping: column)) }
    func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(clamping: column)) }

    func text(_ column: Int) -> String {
        withBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    func bytes(_ column: Int) -> [UInt8] { withBytes(column) { Array($0) } }

    private func withBytes<T>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        let place = Int32(clamping: column)
        // The text first: asking for it may convert the value and so change its length.
        let start = sqlite3_column_text(handle, place)
        let count = Int(sqlite3_column_bytes(handle, place))
        return body(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    }
}
