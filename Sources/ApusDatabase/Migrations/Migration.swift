public import ApusModel

/// One numbered step of the tables from one version of the program to the next.
///
/// Steps only add: tables, columns, indexes. So a program one version older still works on them.
public struct Migration: Sendable {
    /// From 1, growing. Numbers may be left out: each step is run by its own number.
    public var number: Int
    public var name: String
    public var script: String

    public init(_ number: Int, _ name: String, _ script: String) {
        self.number = number
        self.name = name
        self.script = script
    }
}

/// Brings the tables up to what this version of the program knows.
public enum Migrator {
    /// Runs the steps that are missing, inside the transaction of the connection.
    ///
    /// - Returns: How many steps were run.
    /// - Throws: `DatabaseError` with `newerSchema` when the tables know a step this program does not.
    @discardableResult
    public static func run(_ migrations: [Migration], now: Timestamp, _ connection: any Connection) throws
        -> Int
    {
        try connection.run(
            script: """
                CREATE TABLE IF NOT EXISTS schema_migrations(
                    number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL);
                """)
        let applied = Set(try connection.rows("SELECT number FROM schema_migrations") { $0.int(0) })
        let found = applied.max() ?? 0
        let known = migrations.last?.number ?? 0
        guard found <= known else {
            throw DatabaseError(
                .newerSchema(found: found, known: known),
                "the tables are at version \(found), this program knows up to \(known); use the newer program, "
                    + "or restore the copy made before the upgrade")
        }
        let missing = migrations.filter { !applied.contains($0.number) }
        for migration in missing {
            try connection.run(script: migration.script)
            try connection.execute(
                "INSERT INTO schema_migrations(number, name, applied) VALUES (?, ?, ?)",
                .int(migration.number), .text(migration.name), .time(now))
        }
        return missing.count
    }
}
