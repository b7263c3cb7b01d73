import ApusDatabase
import ApusExecutor
import ApusModel
import Testing

/// How the executor works through what is due.
@Suite struct InboxTests {
    private static let flow = """
        id: many
        namespace: tests
        tasks: [{id: a, type: inline}, {id: b, type: run}]
        """

    private func burst(_ bench: Bench, of count: Int) async throws -> [Execution.ID] {
        let flow = try await bench.save(Self.flow)
        let date = bench.now.advanced(by: .seconds(1))
        let ids = try await withThrowingTaskGroup(of: Execution.ID.self) { group in
            for _ in 0..<count { group.addTask { try await bench.start(flow, at: date) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        bench.pass(seconds: 1)
        return ids
    }

    private func commits(concurrentTurns: Int, of count: Int) async throws -> Int {
        let bench = try Bench(concurrentTurns: concurrentTurns)
        let ids = try await burst(bench, of: count)
        let before = bench.database.commitCount
        try await bench.settle()
        for id in ids { #expect(try await bench.path(id) == "CREATED>RUNNING") }
        return bench.database.commitCount - before
    }

    @Test("executions that are due together share commits")
    func commits() async throws {
        #expect(try await commits(concurrentTurns: 1, of: 100) == 100)
        let shared = try await commits(concurrentTurns: 200, of: 1000)
        #expect(shared < 200, "\(shared) commits for 1,000 executions")
        print("1,000 executions that are due at once took \(shared) commits")
    }

    @Test("events of one execution keep their order")
    func order() async throws {
        let bench = try Bench()
        let id = try #require(try await burst(bench, of: 1).first)
        let now = bench.now
        try await bench.database.write { connection in
            for body in [#"{"type":"pause"}"#, #"{"type":"resumed"}"#, #"{"type":"pause"}"#] {
                try Inbox.add(executionID: id, due: now, body: body, connection)
            }
        }
        try await bench.settle()
        #expect(try await bench.path(id) == "CREATED>RUNNING>PAUSED>RESTARTED>RUNNING>PAUSED")
    }

    @Test("an event that cannot be read is set aside and told of, and the others are carried out")
    func unreadable() async throws {
        let bench = try Bench()
        let ids = try await burst(bench, of: 3)
        let now = bench.now
        try await bench.database.write { connection in
            try Inbox.add(executionID: ids[1], due: now, body: #"{"type":"of the future"}"#, connection)
        }
        try await bench.settle()
        for id in ids { #expect(try await bench.path(id) == "CREATED>RUNNING") }
        #expect(bench.lines.map(\.executionID) == [ids[1]])
    }
}
