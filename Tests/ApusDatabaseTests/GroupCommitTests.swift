import ApusDatabase
import ApusModel
import Dispatch
import Testing

@testable import ApusDatabaseSQLite

@Suite struct GroupCommitTests {
    private struct Refused: Error, Equatable {}

    /// Holds the writer until all bodies wait behind it, so that what shares a commit does not depend on luck.
    private func together(
        _ database: SQLiteDatabase, _ bodies: [@Sendable (any Connection) throws -> Void]
    ) async -> [Result<Void, any Error>] {
        let (gate, entered) = (DispatchSemaphore(value: 0), AsyncStream.makeStream(of: Void.self))
        async let held: Void? = try? await database.write { _ in
            entered.continuation.finish()
            gate.wait()
        }
        for await _ in entered.stream {}
        let results = await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
            for (place, body) in bodies.enumerated() {
                group.addTask {
                    do {
                        return (place, .success(try await database.write(body)))
                    } catch {
                        return (place, .failure(error))
                    }
                }
            }
            while database.waitingWrites < bodies.count { await Task.yield() }
            gate.signal()
            var results: [(Int, Result<Void, any Error>)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
        _ = await held
        return results
    }

    private func ids(_ database: SQLiteDatabase) async throws -> [String] {
        try await database.read { try Executions.nonTerminal(limit: 1000, $0) }.sorted()
    }

    @Test("bodies that wait at the same time share a commit")
    func shared() async throws {
        try await withDatabase {
            $0.maxBatchTime = .seconds(60)
        } _: { database in
            let before = database.commitCount
            let bodies = (0..<100).map { number in
                { @Sendable (connection: any Connection) in
                    try Executions.insert(sample("e\(number)"), connection)
                }
            }
            for result in await together(database, bodies) { try result.get() }
            #expect(database.commitCount == before + 1)
            #expect(try await ids(database).count == 100)
        }
    }

    @Test("a batch has a bound")
    func bounded() async throws {
        try await withDatabase {
            $0.maxBatch = 10
            $0.maxBatchTime = .seconds(60)
        } _: { database in
            let before = database.commitCount
            let bodies = (0..<39).map { number in
                { @Sendable (connection: any Connection) in
                    try Executions.insert(sample("e\(number)"), connection)
                }
            }
            for result in await together(database, bodies) { try result.get() }
            // The body that held the writer is the fortieth.
            #expect(database.commitCount == before + 4)
        }
    }

    @Test("a body that fails leaves the others", arguments: [0, 1, 2, 3])
    func failing(place: Int) async throws {
        try await withDatabase {
            $0.maxBatchTime = .seconds(60)
        } _: { database in
            let (committed, undone) = (Seen(), Seen())
            let bodies = (0..<4).map { number in
                { @Sendable (connection: any Connection) in
                    try Executions.insert(sample("e\(number)"), connection)
                    connection.afterCommit { committed.add("e\(number)") }
                    connection.afterRollback { undone.add("e\(number)") }
                    if number == place { throw Refused() }
                }
            }
            let results = await together(database, bodies)
            for (number, result) in results.enumerated() {
                if number == place {
                    #expect(throws: Refused.self) { try result.get() }
                } else {
                    try result.get()
                }
            }
            let others = (0..<4).filter { $0 != place }.map { "e\($0)" }
            #expect(try await ids(database) == others)
            #expect(committed.value.sorted() == others)
            #expect(undone.value == ["e\(place)"])
        }
    }

    @Test("a statement that fails inside a body is undone with it")
    func constraint() async throws {
        try await withDatabase { database in
            try await database.write { try Executions.insert(sample("a"), $0) }
            await #expect {
                try await database.write { connection in
                    try Executions.insert(sample("b"), connection)
                    try Executions.insert(sample("a"), connection)
                }
            } throws: { ($0 as? DatabaseError)?.reason == .constraint }
            #expect(try await ids(database) == ["a"])
        }
    }

    @Test("when the commit fails nothing of the batch is kept and everyone is told")
    func failingHook() async throws {
        let fails = Flag()
        try await withDatabase {
            $0.maxBatchTime = .seconds(60)
            $0.beforeCommit = { if fails.isSet { throw DatabaseError(.full, "no space for the log") } }
        } _: { database in
            fails.set(true)
            let undone = Counter()
            let bodies = (0..<3).map { number in
                { @Sendable (connection: any Connection) in
                    connection.afterRollback { undone.add() }
                    connection.afterCommit { Issue.record("an effect ran without a commit") }
                    try Executions.insert(sample("e\(number)"), connection)
                }
            }
            for result in await together(database, bodies) {
                #expect { try result.get() } throws: { ($0 as? DatabaseError)?.reason == .full }
            }
            #expect(undone.value == 3)
            fails.set(false)
            try await database.write { try Executions.insert(sample("later"), $0) }
            #expect(try await ids(database) == ["later"])
        }
    }

    @Test("effects before the commit run only for bodies that succeeded, in their order")
    func beforeCommit() async throws {
        let seen = Seen()
        try await withDatabase {
            $0.maxBatchTime = .seconds(60)
            $0.beforeCommit = { seen.add("batch") }
        } _: { database in
            seen.clear()
            let bodies = (0..<3).map { number in
                { @Sendable (connection: any Connection) in
                    connection.beforeCommit { seen.add("body") }
                    connection.afterCommit { seen.add("after") }
                    if number == 1 { throw Refused() }
                }
            }
            _ = await together(database, bodies)
            #expect(seen.value == ["body", "body", "batch", "after", "after"])
        }
    }

    @Test("after a failed disk nothing is written any more, and the process is told once")
    func fatal() async throws {
        let (told, fails) = (Counter(), Flag())
        try await withDatabase {
            $0.fatal = { _ in told.add() }
            $0.failCommit = { fails.isSet ? DatabaseError(.disk, "sync failed") : nil }
        } _: { database in
            try await database.write { try Executions.insert(sample("a"), $0) }
            fails.set(true)
            await #expect { try await database.write { try Executions.insert(sample("b"), $0) } } throws: {
                ($0 as? DatabaseError)?.reason == .disk
            }
            fails.set(false)
            await #expect { try await database.write { try Executions.insert(sample("c"), $0) } } throws: {
                ($0 as? DatabaseError)?.reason == .gone
            }
            #expect(told.value == 1)
            #expect(try await ids(database) == ["a"])
        }
    }

    @Test("a full disk fails the body, and writing works again once there is space")
    func full() async throws {
        try await withDatabase { database in
            try await database.write { try $0.run(script: "PRAGMA max_page_count = 40") }
            let large = String(repeating: "x", count: 500_000)
            await #expect {
                try await database.write { connection in
                    // What the body does after the error that ended its transaction must not be written either.
                    try? Inbox.add(executionID: "a", due: at(1), body: large, connection)
                    try Inbox.add(executionID: "b", due: at(1), body: "", connection)
                }
            } throws: { ($0 as? DatabaseError)?.reason == .full }
            try await database.write { try $0.run(script: "PRAGMA max_page_count = 100000") }
            try await database.write { try Inbox.add(executionID: "c", due: at(1), body: large, $0) }
            let rows = try await database.read { try Inbox.due(at: at(2), limit: 10, $0) }
            #expect(rows.map(\.executionID) == ["c"])
        }
    }

    @Test("more than the queue takes is refused")
    func overloaded() async throws {
        try await withDatabase {
            $0.queueLimit = 2
        } _: { database in
            let (gate, entered) = (DispatchSemaphore(value: 0), AsyncStream.makeStream(of: Void.self))
            async let held: Void = database.write { _ in
                entered.continuation.finish()
                gate.wait()
            }
            for await _ in entered.stream {}
            async let first: Void = database.write { _ in }
            async let second: Void = database.write { _ in }
            while database.waitingWrites < 2 { await Task.yield() }
            await #expect { try await database.write { _ in } } throws: {
                ($0 as? DatabaseError)?.reason == .overloaded
            }
            gate.signal()
            _ = try await (held, first, second)
        }
    }

    @Test("reading sees no part of a transaction, and cannot write")
    func isolation() async throws {
        try await withDatabase { database in
            let (gate, entered) = (DispatchSemaphore(value: 0), AsyncStream.makeStream(of: Void.self))
            async let written: Void = database.write { connection in
                try Executions.insert(sample("a"), connection)
                entered.continuation.finish()
                gate.wait()
                try Executions.insert(sample("b"), connection)
            }
            for await _ in entered.stream {}
            #expect(try await ids(database) == [])
            gate.signal()
            try await written
            #expect(try await ids(database) == ["a", "b"])
            await #expect { try await database.read { try Executions.insert(sample("c"), $0) } } throws: {
                ($0 as? DatabaseError)?.reason == .statement
            }
        }
    }
}
