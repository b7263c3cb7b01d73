import ApusDatabase
import ApusModel
import Testing

@testable import ApusDatabaseSQLite

@Suite struct LogStoreTests {
    private func entry(
        _ number: Int, execution: String = "e", task: String = "t", level: LogLevel = .info,
        _ message: String = "m"
    ) -> LogEntry {
        let flow = FlowReference(namespace: "a.b", id: "f", revision: 2)
        let line = LogLine(
            executionID: execution, flow: flow, taskID: task, taskRunID: "r-" + execution, attempt: 0,
            level: level,
            date: at(Int64(number)), message: message)
        return LogEntry(line, sequence: number)
    }

    private func withStore(_ test: (SQLiteLogStore) async throws -> Void) async throws {
        try await withDirectory { directory in
            let store = try SQLiteLogStore(path: directory + "/logs.db", durability: .none, now: at(0))
            try await test(store)
            try await store.close()
        }
    }

    private func messages(_ store: SQLiteLogStore, _ filter: LogFilter) async throws -> [String] {
        try await store.read { try Logs.lines(filter, limit: 100, $0) }.map(\.message)
    }

    @Test("a line written twice is one line")
    func idempotence() async throws {
        try await withStore { store in
            try await store.append([entry(1, "a"), entry(2, "b")])
            try await store.append([entry(2, "b"), entry(3, "c")])
            try store.appendBlocking([entry(3, "c")])
            #expect(try await messages(store, LogFilter(executionID: "e")) == ["a", "b", "c"])
            let line = try await store.read { try Logs.lines(LogFilter(), limit: 1, $0) }
            #expect(line == [entry(1, "a").line])
        }
    }

    @Test("lines are found by level, task, text and date, page by page")
    func search() async throws {
        try await withStore { store in
            try await store.append(
                LogLevel.allCases.enumerated().map { entry($0 + 1, level: $1, $1.rawValue) })
            try await store.append([entry(9, execution: "x", task: "u", "100% sure")])
            var filter = LogFilter(executionID: "e")
            filter.minLevel = .warn
            #expect(try await messages(store, filter) == ["WARN", "ERROR"])
            filter = LogFilter()
            filter.text = "0%"
            #expect(try await messages(store, filter) == ["100% sure"])
            filter = LogFilter()
            filter.taskID = "u"
            filter.namespace = .under("a")
            #expect(try await messages(store, filter) == ["100% sure"])
            filter = LogFilter()
            filter.from = at(2)
            filter.to = at(4)
            #expect(try await messages(store, filter) == ["DEBUG", "INFO"])
            let (page, total) = try await store.read {
                try Logs.search(LogFilter(executionID: "e"), newestFirst: true, page: Page(2, size: 2), $0)
            }
            #expect(page.map(\.line.message) == ["INFO", "DEBUG"])
            #expect(total == 5)
        }
    }

    @Test("what is offered can be read after a flush; too much is refused")
    func offers() async throws {
        try await withStore { store in
            for number in 0..<5000 { #expect(store.offer([entry(number)])) }
            try await store.flush()
            let count = try await store.read { try Logs.search(LogFilter(executionID: "e"), $0).total }
            #expect(count == 5000)
        }
        let offers = OfferedLines()
        #expect(offers.add((0..<19_999).map { entry($0) }))
        #expect(!offers.add([entry(1), entry(2)]))
        #expect(offers.add([entry(1)]))
    }

    @Test("lines of a transaction are kept with it and dropped with it")
    func staged() async throws {
        struct Refused: Error {}
        try await withStore { store in
            try await withDatabase {
                $0.beforeCommit = { try store.storeStaged() }
            } _: { database in
                try await database.write { [entry] connection in
                    store.stage([entry(1, "e", "t", .info, "kept")], with: connection)
                    connection.afterCommit {}
                }
                await #expect(throws: Refused.self) {
                    try await database.write { [entry] connection in
                        store.stage([entry(2, "e", "t", .info, "dropped")], with: connection)
                        throw Refused()
                    }
                }
                try await database.write { _ in }
                #expect(try await messages(store, LogFilter(executionID: "e")) == ["kept"])
            }
        }
    }

    @Test("a follower is woken and goes on where it was")
    func tail() async throws {
        try await withStore { store in
            var signs = store.changes(of: "e").makeAsyncIterator()
            try await store.append([entry(5, "a")])
            await signs.next()
            let first = try await store.read {
                try Logs.tail(after: 0, LogFilter(executionID: "e"), limit: 9, $0)
            }
            #expect(first.map(\.line.message) == ["a"])
            try await store.append([entry(1, "b"), entry(1, execution: "x", "other")])
            await signs.next()
            let last = first.last?.sequence ?? 0
            let more = try await store.read {
                try Logs.tail(after: last, LogFilter(executionID: "e"), limit: 9, $0)
            }
            #expect(more.map(\.line.message) == ["b"])
        }
    }

    @Test("a very long line is cut, with a mark")
    func cut() async throws {
        try await withStore { store in
            try await store.append([entry(1, String(repeating: "x", count: 1_000_000))])
            let message = try await messages(store, LogFilter()).first ?? ""
            #expect(message.utf8.count < 66_000)
            #expect(message.hasSuffix("… (cut, 1000000 bytes in all)"))
        }
    }

    @Test("lines and metrics go with their execution, or by age")
    func deletion() async throws {
        try await withStore { store in
            try await store.append([entry(1), entry(2), entry(1, execution: "x"), entry(9, execution: "x")])
            let point = MetricPoint(
                key: "p", executionID: "x", namespace: "a.b", flowID: "f", taskID: "t", taskRunID: "r",
                name: "rows",
                kind: .counter, value: 1.5, tags: [Label("k", "v")], date: at(3))
            try await store.append([point])
            try await store.append([point])
            let (points, total) = try await store.read { try Metrics.search(executionID: "x", $0) }
            #expect(points == [point])
            #expect(total == 1)
            #expect(try await store.read { try Metrics.names(namespace: "a.b", flowID: "f", $0) } == ["rows"])
            try await store.delete(executionID: "e")
            #expect(try await messages(store, LogFilter()).count == 2)
            try await store.delete(before: at(5))
            #expect(try await messages(store, LogFilter()).count == 1)
            #expect(try await store.read { try Metrics.search(executionID: "x", $0).total } == 0)
        }
    }
}
