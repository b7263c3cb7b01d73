import ApusDatabase
import ApusDatabaseSQLite
import ApusModel
import Testing

/// The values of loops that have many are stored apart from the row of the loop.
@Suite struct LoopValueTests {
    private static func loop(_ count: Int) -> TaskRun {
        var run = TaskRun(id: "loop", taskID: "each", createdAt: Timestamp(microseconds: 1))
        run.plan = ["limit": 1, "values": .list((0..<count).map { .int(Int64($0)) }), "keys": ["k"]]
        return run
    }

    private static func rows(_ database: SteppedDatabase) async throws -> Int {
        try await database.read { try $0.row("SELECT count(*) FROM loop_values") { $0.int(0) } ?? -1 }
    }

    @Test(
        "few values stand in the row, many in a row of their own; both come back",
        arguments: [3, 200, 201, 5000])
    func both(count: Int) async throws {
        let database = try SteppedDatabase()
        let run = Self.loop(count)
        try await database.write { try TaskRuns.upsert(executionID: "e", [(4, run)], $0) }
        #expect(try await Self.rows(database) == (count > 200 ? 1 : 0))
        let numbered = try await database.read { try TaskRuns.loadNumbered(executionID: "e", $0) }
        #expect(numbered.map(\.run) == [run])
        let shown = try await database.read { try TaskRuns.load(executionID: "e", $0) }
        #expect(shown.first?.plan?["keys"] == ["k"])
        #expect((shown.first?.plan?["values"] == nil) == (count > 200))
    }

    @Test("values that did not change are not written again")
    func once() async throws {
        let database = try SteppedDatabase()
        let (first, second) = (Self.loop(300), Self.loop(400))
        try await database.write { try TaskRuns.upsert(executionID: "e", [(4, first)], $0) }
        try await database.write { try TaskRuns.upsert(executionID: "e", [(4, second)], replanned: [], $0) }
        #expect(
            try await database.read { try TaskRuns.loadNumbered(executionID: "e", $0) }.map(\.run) == [first])
        try await database.write { try TaskRuns.upsert(executionID: "e", [(4, second)], replanned: [4], $0) }
        #expect(
            try await database.read { try TaskRuns.loadNumbered(executionID: "e", $0) }.map(\.run) == [second]
        )
    }

    @Test("they go with the task run, and with the execution")
    func removal() async throws {
        let database = try SteppedDatabase()
        let runs = [(sequence: 1, run: Self.loop(300)), (sequence: 2, run: Self.loop(300))]
        try await database.write { try TaskRuns.upsert(executionID: "e", runs, $0) }
        try await database.write { try TaskRuns.delete(executionID: "e", sequences: [1], $0) }
        #expect(try await Self.rows(database) == 1)
        _ = try await database.write { try Executions.delete("e", $0) }
        #expect(try await Self.rows(database) == 0)
    }
}
