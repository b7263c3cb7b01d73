import ApusModel
import Testing

@testable import ApusDatabase
@testable import ApusDatabaseSQLite

@Suite struct QueryTests {
    @Test("a flow gets a new revision each time, and a deletion is one too")
    func flows() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                for number in 1...2 {
                    let revision = try Flows.insertRevision(
                        namespace: "a.b", id: "f", source: "source \(number)", now: at(Int64(number)),
                        connection)
                    #expect(revision == number)
                }
                #expect(try Flows.latest(namespace: "a.b", id: "f", connection)?.source == "source 2")
                #expect(try Flows.revision(namespace: "a.b", id: "f", 1, connection)?.source == "source 1")
                #expect(try Flows.delete(namespace: "a.b", id: "f", now: at(3), connection))
                #expect(try !Flows.delete(namespace: "a.b", id: "f", now: at(3), connection))
                #expect(try Flows.latest(namespace: "a.b", id: "f", connection) == nil)
                let deleted = try Flows.latest(namespace: "a.b", id: "f", includeDeleted: true, connection)
                #expect(deleted?.revision == 3)
                #expect(deleted?.isDeleted == true)
                #expect(try Flows.namespaces(connection) == [])
                let again = try Flows.insertRevision(
                    namespace: "a.b", id: "f", source: "again", now: at(4), connection)
                #expect(again == 4)
                #expect(
                    try Flows.revisions(namespace: "a.b", id: "f", connection).map(\.revision) == [
                        1, 2, 3, 4,
                    ])
            }
        }
    }

    @Test("flows are found by namespace, text, source and label")
    func flowSearch() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                for (namespace, id) in [("a", "one"), ("a.b", "two"), ("ab", "three"), ("a.b.c", "four_x")] {
                    try Flows.insertRevision(
                        namespace: namespace, id: id, source: "id: \(id)\n", description: "About \(id)",
                        labels: id == "two" ? [Label("team", "x"), Label("k", "50%")] : [], now: at(1),
                        connection)
                }
                func found(_ change: (inout FlowFilter) -> Void) throws -> [String] {
                    var filter = FlowFilter()
                    change(&filter)
                    let (flows, total) = try Flows.search(filter, connection)
                    #expect(flows.count == total)
                    return flows.map(\.id)
                }
                #expect(try found { $0.namespace = .under("a") } == ["one", "two", "four_x"])
                #expect(try found { $0.namespace = .equals("a.b") } == ["two"])
                #expect(try found { $0.text = "ABOUT t" } == ["two", "three"])
                #expect(try found { $0.text = "four_" } == ["four_x"])
                #expect(try found { $0.text = "fourx" } == [])
                #expect(try found { $0.text = "50%" } == ["two"])
                #expect(try found { $0.text = "%" } == ["two"])
                #expect(try found { $0.source = "id: three" } == ["three"])
                #expect(try found { $0.labels = [Label("team", "x")] } == ["two"])
                #expect(try found { $0.labels = [Label("team", "")] } == [])
                #expect(try found { $0.id = .not(.oneOf(["one", "two"])) }.sorted() == ["four_x", "three"])
                #expect(try found { $0.text = "' OR 1=1 --" } == [])
                let (page, total) = try Flows.search(
                    FlowFilter(),
                    sort: [Sort(.id, descending: true)], page: Page(2, size: 3), connection)
                #expect(page.map(\.id) == ["four_x"])
                #expect(total == 4)
            }
        }
    }

    @Test("an execution is stored, changed, found and deleted with all that belongs to it")
    func execution() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                var execution = sample("a", labels: [Label("k", "v")])
                try Executions.insert(execution, connection)
                execution.state.enter(.running, at: at(5))
                execution.labels = [Label("k", "w")]
                try Executions.update(execution, connection)
                #expect(try Executions.load("a", connection) == execution)
                var filter = ExecutionFilter()
                filter.labels = [Label("k", "v")]
                #expect(try Executions.search(filter, connection).total == 0)
                filter.labels = [Label("k", "w")]
                #expect(try Executions.search(filter, connection).executions == [execution])
                let run = TaskRun(id: "r", taskID: "t", createdAt: at(1))
                try TaskRuns.upsert(executionID: "a", [(0, run)], connection)
                try Inbox.add(executionID: "a", due: at(1), body: "{}", connection)
                try Jobs.add(taskRunID: "r", attempt: 1, executionID: "a", connection)
                #expect(try Executions.delete("a", connection))
                #expect(try Executions.search(filter, connection).total == 0)
                #expect(try TaskRuns.load(executionID: "a", connection).isEmpty)
                #expect(try Inbox.next(connection) == nil)
                #expect(try Jobs.count(connection) == 0)
                #expect(try connection.row("SELECT count(*) FROM execution_labels") { $0.int(0) } == 0)
            }
        }
    }

    @Test("executions are found by each part of a filter")
    func executionSearch() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                for number in 1...6 {
                    var execution = sample(
                        "e\(number)", namespace: number > 3 ? "a.b" : "a",
                        flow: number % 2 == 0 ? "even" : "odd",
                        at: Int64(number), labels: [Label("n", "\(number)")],
                        trigger: number == 6 ? ["variables": ["executionId": "e1"]] : nil)
                    if number < 3 { execution.state.enter(.success, at: at(100)) }
                    try Executions.insert(execution, connection)
                }
                func found(_ change: (inout ExecutionFilter) -> Void) throws -> [String] {
                    var filter = ExecutionFilter()
                    change(&filter)
                    let (executions, total) = try Executions.search(filter, connection)
                    #expect(executions.count == total)
                    return executions.map(\.id)
                }
                #expect(try found { _ in } == ["e6", "e5", "e4", "e3", "e2", "e1"])
                #expect(try found { $0.namespace = .equals("a") } == ["e3", "e2", "e1"])
                #expect(
                    try found {
                        $0.namespace = .under("a"); $0.flowID = .equals("even")
                    } == ["e6", "e4", "e2"])
                #expect(try found { $0.states = [.success, .failed] } == ["e2", "e1"])
                #expect(try found { $0.excludedStates = [.success] } == ["e6", "e5", "e4", "e3"])
                #expect(try found { $0.labels = [Label("n", "3")] } == ["e3"])
                #expect(try found { $0.excludedLabels = [Label("n", "3")] }.count == 5)
                #expect(try found { $0.triggerExecutionID = "e1" } == ["e6"])
                #expect(try found { $0.isChild = true } == ["e6"])
                #expect(
                    try found {
                        $0.from = at(2); $0.to = at(4)
                    } == ["e3", "e2"])
                #expect(try found { $0.text = "EVEN" } == ["e6", "e4", "e2"])
                #expect(try found { $0.ids = ["e2", "e9"] } == ["e2"])
                let (page, total) = try Executions.search(
                    ExecutionFilter(),
                    sort: [Sort(.flowID), Sort(.start)], page: Page(2, size: 2), connection)
                #expect(page.map(\.id) == ["e6", "e1"])
                #expect(total == 6)
                #expect(try Executions.nonTerminal(limit: 2, connection) == ["e3", "e4"])
                #expect(try Executions.latest(namespace: "a", flowID: "odd", connection)?.id == "e3")
                let counts = try Executions.countByState(ExecutionFilter(), connection)
                #expect(counts.map(\.state) == [.created, .success])
                #expect(counts.map(\.count) == [4, 2])
            }
        }
    }

    @Test("a row that cannot be read hides no other")
    func poison() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                try Executions.insert(sample("a", at: 1), connection)
                try Executions.insert(sample("b", at: 2), connection)
                try connection.execute("UPDATE executions SET body = '{' WHERE id = 'b'")
                let found = try Executions.search(ExecutionFilter(), connection).executions
                #expect(found.map(\.id) == ["b", "a"])
                #expect(found.first?.error != nil)
                #expect { try Executions.load("b", connection) } throws: {
                    ($0 as? DatabaseError)?.reason == .unreadable
                }
                #expect(try Executions.delete("b", connection))
            }
        }
    }

    @Test("iterations of a loop are found and counted by their loop and state")
    func iterations() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                var loop = TaskRun(id: "loop", taskID: "l", createdAt: at(1))
                loop.outputs = ["iterationCount": 3, "runningIterations": 1, "terminatedIterations": [:]]
                var runs = [loop]
                for number in 0..<3 {
                    var own = TaskRun(
                        id: "i\(number)", taskID: "l.iteration", parentID: "loop", createdAt: at(2))
                    own.scope = own.id
                    var leaf = TaskRun(id: "r\(number)", taskID: "t", parentID: own.id, createdAt: at(3))
                    leaf.scope = own.id
                    runs += [own, leaf]
                }
                try TaskRuns.upsert(executionID: "a", runs.indices.map { ($0, runs[$0]) }, connection)
                runs[1].state.enter(.failed, at: at(4))
                try TaskRuns.upsert(executionID: "a", [(1, runs[1])], connection)

                #expect(try TaskRuns.loops(executionID: "a", scope: nil, connection).map(\.id) == ["loop"])
                #expect(try TaskRuns.load(executionID: "a", scope: nil, limit: 9, connection).count == 1)
                #expect(
                    try TaskRuns.load(executionID: "a", scope: "i1", limit: 9, connection).map(\.id) == [
                        "i1", "r1",
                    ])
                func ids(_ states: TaskRuns.IterationStates, _ offset: Int, _ limit: Int) throws -> [String] {
                    try TaskRuns.iterations(
                        executionID: "a", of: "loop", states, offset: offset, limit: limit, connection
                    ).map(\.id)
                }
                #expect(try ids(.init(), 1, 9) == ["i1", "i2"])
                #expect(try ids(.init([.failed]), 0, 9) == ["i0"])
                #expect(try ids(.init(except: [.failed]), 0, 1) == ["i1"])
                #expect(
                    try TaskRuns.countIterations(executionID: "a", of: "loop", .init([.failed]), connection)
                        == 1)
            }
        }
    }

    @Test("task runs keep their numbers")
    func taskRuns() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                var runs = (0..<5).map { TaskRun(id: "r\($0)", taskID: "t", createdAt: at(1)) }
                try TaskRuns.upsert(
                    executionID: "a", runs.indices.reversed().map { ($0, runs[$0]) }, connection)
                try TaskRuns.upsert(executionID: "b", [(0, runs[0])], connection)
                runs[3].state.enter(.running, at: at(2))
                try TaskRuns.upsert(executionID: "a", [(3, runs[3])], connection)
                #expect(try TaskRuns.load(executionID: "a", connection) == runs)
                let part = try TaskRuns.load(executionID: "a", scope: nil, offset: 3, limit: 10, connection)
                #expect(part == Array(runs[3...]))
                try TaskRuns.delete(executionID: "a", sequences: [0, 1], connection)
                let left = try TaskRuns.loadNumbered(executionID: "a", connection)
                #expect(left.map(\.sequence) == [2, 3, 4])
                #expect(try TaskRuns.count(executionID: "b", scope: nil, connection) == 1)
            }
        }
    }

    @Test("events come when they are due, in order, once")
    func inbox() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                try Inbox.add(executionID: "a", due: at(20), body: "later", connection)
                try Inbox.add(executionID: "a", due: at(10), body: "first", connection)
                try Inbox.add(executionID: "b", due: at(10), body: "second", connection)
                #expect(try Inbox.next(connection) == at(10))
                #expect(try Inbox.due(at: at(9), limit: 10, connection).isEmpty)
                let due = try Inbox.due(at: at(10), limit: 10, connection)
                #expect(due.map(\.body) == ["first", "second"])
                #expect(try Inbox.remove(due[0].sequence, connection))
                #expect(try !Inbox.remove(due[0].sequence, connection))
                #expect(try Inbox.waiting(executionID: "a", connection).map(\.body) == ["later"])
                try Inbox.removeAll(executionID: "a", connection)
                #expect(try Inbox.due(at: at(99), limit: 10, connection).map(\.body) == ["second"])
            }
        }
    }

    @Test("a job is held by one worker until its lease ends")
    func jobs() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                for number in 1...3 {
                    try Jobs.add(taskRunID: "r\(number)", attempt: 1, executionID: "a", connection)
                }
                try Jobs.add(
                    taskRunID: "r4", attempt: 1, executionID: "b", leasedBy: "w0", leaseUntil: at(50),
                    connection)
                func claim(_ worker: String, _ now: Int64, _ limit: Int) throws -> [String] {
                    try Jobs.claim(worker: worker, at: at(now), until: at(now + 10), limit: limit, connection)
                        .map(\.taskRunID).sorted()
                }
                #expect(try claim("w1", 0, 2) == ["r1", "r2"])
                #expect(try claim("w2", 0, 2) == ["r3"])
                #expect(try claim("w2", 5, 2) == [])
                #expect(try Jobs.renew(worker: "w1", until: at(100), connection) == 2)
                #expect(try Jobs.expired(at: at(20), limit: 9, connection).map(\.taskRunID) == ["r3"])
                #expect(try claim("w1", 60, 9) == ["r3", "r4"])
                #expect(try Jobs.leasedByOthers(than: "w2", limit: 9, connection).count == 4)
                #expect(try Jobs.forExecution("a", connection).map(\.taskRunID) == ["r1", "r2", "r3"])
                #expect(try Jobs.remove(taskRunID: "r1", attempt: 1, connection))
                #expect(try !Jobs.remove(taskRunID: "r1", attempt: 1, connection))
            }
        }
    }

    @Test("key-value entries expire")
    func keyValues() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                try KeyValues.put(
                    namespace: "n", key: "k", value: .extended(.instant(at(7))), expires: at(10), now: at(1),
                    connection)
                try KeyValues.put(namespace: "n", key: "j", value: ["a": 1], now: at(1), connection)
                #expect(
                    try KeyValues.get(namespace: "n", key: "k", now: at(9), connection)?.value
                        == .extended(.instant(at(7))))
                #expect(try KeyValues.get(namespace: "n", key: "k", now: at(10), connection) == nil)
                try KeyValues.put(namespace: "n", key: "j", value: 2, now: at(5), connection)
                let entry = try KeyValues.get(namespace: "n", key: "j", now: at(9), connection)
                #expect(entry?.created == at(1))
                #expect(entry?.updated == at(5))
                #expect(try KeyValues.list(namespace: "n", now: at(2), connection).map(\.key) == ["j", "k"])
                #expect(try KeyValues.purge(now: at(10), connection) == 1)
                #expect(try KeyValues.delete(namespace: "n", key: "j", connection))
                #expect(try !KeyValues.delete(namespace: "n", key: "j", connection))
            }
        }
    }

    @Test("the same query may run inside its own loop")
    func nested() async throws {
        try await withDatabase { database in
            try await database.write { connection in
                for id in ["a", "b"] { try Executions.insert(sample(id), connection) }
                let pairs = try connection.rows("SELECT id FROM executions ORDER BY id") { outer in
                    let left = outer.text(0)
                    return try connection.rows("SELECT id FROM executions ORDER BY id") { left + $0.text(0) }
                }
                #expect(pairs == [["aa", "ab"], ["ba", "bb"]])
            }
        }
    }
}
