/// The way to the tables inside a transaction. Valid only while the body it was given to runs.
///
/// Statements are prepared once and kept. All methods throw `DatabaseError`.
public protocol Connection: AnyObject {
    /// Runs a statement and answers how many rows it changed.
    @discardableResult
    func execute(_ sql: StaticString, with values: [SQLValue]) throws -> Int

    /// Runs a query and hands over each row. The row is valid only during the call.
    func forEachRow(_ sql: SQLText, with values: [SQLValue], _ body: (any Row) throws -> Void) throws

    /// Runs several statements without values, separated by `;`. For migrations.
    func run(script: String) throws

    /// Does something after the commit of this transaction, before `write` returns. Dropped on rollback.
    func afterCommit(_ effect: @escaping @Sendable () -> Void)

    /// Does something when this body, or the commit it belongs to, fails.
    func afterRollback(_ effect: @escaping @Sendable () -> Void)

    /// Does something just before the commit, for stores of their own that have to be written first. An error
    /// fails the commit with all that belongs to it. Dropped on rollback.
    func beforeCommit(_ effect: @escaping @Sendable () throws -> Void)
}

extension Connection {
    /// Runs a statement and answers how many rows it changed.
    @discardableResult
    public func execute(_ sql: StaticString, _ values: SQLValue...) throws -> Int {
        try execute(sql, with: values)
    }

    /// All rows of a query, each turned into a value.
    public func rows<T>(_ sql: StaticString, _ values: SQLValue..., map: (any Row) throws -> T) throws -> [T]
    {
        var result: [T] = []
        try forEachRow(.fixed(sql), with: values) { result.append(try map($0)) }
        return result
    }

    /// All rows of a query that was put together, each turned into a value.
    public func rows<T>(built sql: String, with values: [SQLValue], map: (any Row) throws -> T) throws -> [T]
    {
        var result: [T] = []
        try forEachRow(.built(sql), with: values) { result.append(try map($0)) }
        return result
    }

    /// The first row of a query; `nil` when there is none.
    public func row<T>(_ sql: StaticString, _ values: SQLValue..., map: (any Row) throws -> T) throws -> T? {
        var result: T?
        try forEachRow(.fixed(sql), with: values) { row in
            if result == nil { result = try map(row) }
        }
        return result
    }

    /// The first column of the first row of a query that was put together, 0 when there is no row.
    public func count(built sql: String, with values: [SQLValue]) throws -> Int {
        var result: Int64 = 0
        try forEachRow(.built(sql), with: values) { result = $0.integer(0) }
        return Int(clamping: result)
    }
}

/// The text of a statement.
public enum SQLText: Sendable {
    /// Part of the program; prepared once per connection.
    case fixed(StaticString)
    /// Put together from parts of the program; values are always bound, never part of it.
    case built(String)
}

/// A row of a result, read by the number of its column, from 0. A column that does not exist reads as NULL.
public protocol Row {
    func isNull(_ column: Int) -> Bool
    /// 0 for NULL.
    func integer(_ column: Int) -> Int64
    /// 0 for NULL.
    func real(_ column: Int) -> Double
    /// Empty for NULL.
    func text(_ column: Int) -> String
    /// The bytes of a text or a blob; empty for NULL.
    func bytes(_ column: Int) -> [UInt8]
}
