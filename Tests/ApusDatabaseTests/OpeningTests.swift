import ApusModel
import Foundation
import Testing

@testable import ApusDatabase
@testable import ApusDatabaseSQLite

@Suite struct OpeningTests {
    @Test(
        "what was committed is there after opening again, what was not is not",
        arguments: [
            SQLiteDatabase.Durability.full, .relaxed,
        ])
    func reopen(durability: SQLiteDatabase.Durability) async throws {
        try await withDirectory { directory in
            let configuration = SQLiteDatabase.Configuration(
                path: directory + "/a.db", durability: durability)
            let first = try SQLiteDatabase(configuration)
            try await first.write { try Executions.insert(sample("a"), $0) }
            // The files as a crash at this moment leaves them: the log of changes is not yet in the tables.
            for name in ["a.db", "a.db-wal"] {
                try FileManager.default.copyItem(
                    atPath: directory + "/" + name, toPath: directory + "/copy-" + name)
            }
            await first.close()
            // All of it is in the tables now.
            #expect(!FileManager.default.fileExists(atPath: directory + "/a.db-wal"))
            for path in ["/a.db", "/copy-a.db"] {
                let again = try SQLiteDatabase(SQLiteDatabase.Configuration(path: directory + path))
                #expect(try await again.read { try Executions.nonTerminal(limit: 9, $0) } == ["a"])
                await again.close()
            }
        }
    }

    @Test("a torn end of the log of changes loses only the last commit")
    func torn() async throws {
        try await withDirectory { directory in
            let first = try SQLiteDatabase(SQLiteDatabase.Configuration(path: directory + "/a.db"))
            try await first.write { try Executions.insert(sample("a"), $0) }
            try await first.write { try Executions.insert(sample("b"), $0) }
            try FileManager.default.copyItem(atPath: directory + "/a.db", toPath: directory + "/t.db")
            let log = try Data(contentsOf: URL(fileURLWithPath: directory + "/a.db-wal"))
            try log.dropLast(100).write(to: URL(fileURLWithPath: directory + "/t.db-wal"))
            await first.close()
            let again = try SQLiteDatabase(SQLiteDatabase.Configuration(path: directory + "/t.db"))
            #expect(try await again.read { try Executions.nonTerminal(limit: 9, $0) } == ["a"])
            #expect(
                try await again.read { connection in
                    try connection.row("PRAGMA integrity_check") { $0.text(0) }
                } == "ok")
            await again.close()
        }
    }

    @Test("missing steps are run once; a newer schema is refused")
    func migrations() async throws {
        try await withDirectory { directory in
            var configuration = SQLiteDatabase.Configuration(path: directory + "/a.db")
            configuration.migrations = [Migration(1, "first", "CREATE TABLE one(x);")]
            await (try SQLiteDatabase(configuration)).close()
            configuration.migrations.append(
                Migration(2, "second", "CREATE TABLE two(x); INSERT INTO two VALUES (1);"))
            for _ in 1...2 { await (try SQLiteDatabase(configuration)).close() }
            let database = try SQLiteDatabase(configuration)
            #expect(try await database.read { try $0.row("SELECT count(*) FROM two") { $0.int(0) } } == 1)
            await database.close()
            configuration.migrations.removeLast()
            #expect { try SQLiteDatabase(configuration) } throws: {
                ($0 as? DatabaseError)?.reason == .newerSchema(found: 2, known: 1)
            }
        }
    }

    @Test("a step that fails leaves the tables as they were")
    func failingMigration() async throws {
        try await withDirectory { directory in
            var configuration = SQLiteDatabase.Configuration(path: directory + "/a.db")
            configuration.migrations = [Migration(1, "first", "CREATE TABLE one(x); CREATE TABLE one(x);")]
            #expect(throws: DatabaseError.self) { try SQLiteDatabase(configuration) }
            configuration.migrations = [Migration(1, "first", "CREATE TABLE one(x);")]
            await (try SQLiteDatabase(configuration)).close()
        }
    }

    @Test("the numbers of the steps grow", arguments: [Migration.main, Migration.logs])
    func numbers(migrations: [Migration]) {
        let numbers = migrations.map(\.number)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        #expect(numbers.first == 1)
    }

    @Test("a step whose number was left out is run when it comes")
    func lateMigration() async throws {
        try await withDirectory { directory in
            var configuration = SQLiteDatabase.Configuration(path: directory + "/a.db")
            configuration.migrations = [
                Migration(1, "first", "CREATE TABLE one(x);"),
                Migration(3, "third", "CREATE TABLE three(x);"),
            ]
            await (try SQLiteDatabase(configuration)).close()
            configuration.migrations.insert(Migration(2, "second", "CREATE TABLE two(x);"), at: 1)
            let database = try SQLiteDatabase(configuration)
            #expect(try await database.read { try $0.row("SELECT count(*) FROM two") { $0.int(0) } } == 0)
            await database.close()
        }
    }

    @Test("what is no database is refused as damaged")
    func garbage() async throws {
        try await withDirectory { directory in
            let bytes = Data(repeating: 7, count: 8192)
            try bytes.write(to: URL(fileURLWithPath: directory + "/a.db"))
            #expect { try SQLiteDatabase(SQLiteDatabase.Configuration(path: directory + "/a.db")) } throws: {
                ($0 as? DatabaseError)?.reason == .corrupt
            }
            #expect {
                try SQLiteDatabase(SQLiteDatabase.Configuration(path: directory + "/missing/a.db"))
            } throws: { ($0 as? DatabaseError)?.reason == .gone }
        }
    }

    @Test("a data directory belongs to one process")
    func lock() async throws {
        try await withDirectory { directory in
            let path = directory + "/data"
            let first = try DataDirectory(path)
            #expect { try DataDirectory(path) } throws: { error in
                guard let error = error as? DatabaseError else { return false }
                return error.reason == .locked
                    && error.message.contains("\(ProcessInfo.processInfo.processIdentifier)")
            }
            first.release()
            _ = try DataDirectory(path)
        }
    }

    @Test("after closing, everything is refused and what waited is done")
    func closed() async throws {
        let (database, directory) = try SQLiteDatabase.temporary()
        async let write: Void = database.write { try Executions.insert(sample("a"), $0) }
        try await write
        await database.close()
        await #expect { try await database.write { _ in } } throws: {
            ($0 as? DatabaseError)?.reason == .gone
        }
        await #expect { try await database.read { _ in } } throws: {
            ($0 as? DatabaseError)?.reason == .gone
        }
        try FileManager.default.removeItem(atPath: directory)
    }
}
