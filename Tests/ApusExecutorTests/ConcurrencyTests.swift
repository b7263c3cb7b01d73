import ApusDatabase
import ApusEngine
import ApusExecutor
import ApusModel
import Testing

/// What a flow's `concurrency` does, through the executor and the tables.
@Suite struct ConcurrencyTests {
    private static func flow(_ concurrency: String?, more: String = "") -> String {
        """
        id: limited
        namespace: tests
        \(concurrency.map { "concurrency: \($0)" } ?? "description: free")
        tasks: [{id: t, type: run}]
        \(more)
        """
    }

    @Test("executions wait for a slot and get it in the order they came")
    func queue() async throws {
        let bench = try Bench()
        let flow = try await bench.save(Self.flow("{limit: 2}"))
        var ids: [Execution.ID] = []
        for _ in 0..<4 { ids.append(try await bench.start(flow)) }
        #expect(try await bench.slots(flow) == "2+2")
        #expect(try await bench.path(ids[1]) == "CREATED>RUNNING")
        #expect(try await bench.path(ids[2]) == "CREATED>QUEUED")
        try await bench.end(ids[1])
        #expect(try await bench.path(ids[2]) == "CREATED>QUEUED>RUNNING")
        #expect(try await bench.path(ids[3]) == "CREATED>QUEUED")
        try await bench.end(ids[0], .failed)
        try await bench.end(ids[2])
        try await bench.end(ids[3])
        #expect(try await bench.path(ids[3]) == "CREATED>QUEUED>RUNNING>SUCCESS")
        #expect(try await bench.slots(flow) == "0+0")
    }

    @Test("a slot is free again only when `afterExecution` has ended")
    func after() async throws {
        let bench = try Bench()
        let flow = try await bench.save(
            Self.flow("{limit: 1}", more: "afterExecution: [{id: after, type: run}]"))
        let first = try await bench.start(flow)
        let second = try await bench.start(flow)
        try await bench.end(first)
        #expect(try await bench.path(first) == "CREATED>RUNNING>SUCCESS")
        #expect(try await bench.path(second) == "CREATED>QUEUED")
        try await bench.end(first)
        #expect(try await bench.path(second) == "CREATED>QUEUED>RUNNING")
    }

    struct Refusal: Sendable {
        var behavior: String
        var path: String
        var lines: [String]
    }

    static let refusals: [Refusal] = [
        Refusal(behavior: "CANCEL", path: "CREATED>CANCELLED", lines: []),
        Refusal(
            behavior: "FAIL", path: "CREATED>FAILED",
            lines: ["Execution is FAILED due to concurrency limit exceeded"]),
    ]

    @Test("without a slot an execution ends at once where the flow says so", arguments: refusals)
    func refused(_ refusal: Refusal) async throws {
        let bench = try Bench()
        let flow = try await bench.save(
            Self.flow("{limit: 1, behavior: \(refusal.behavior)}", more: "errors: [{id: e, type: run}]"))
        let first = try await bench.start(flow)
        let second = try await bench.start(flow)
        #expect(try await bench.path(second) == refusal.path)
        #expect(bench.lines.map(\.message) == refusal.lines)
        #expect(try await bench.executor.snapshot(second)?.taskRuns.isEmpty == true)
        #expect(try await bench.slots(flow) == "1+0")
        try await bench.end(first)
        let third = try await bench.start(flow)
        #expect(try await bench.path(third) == "CREATED>RUNNING")
    }

    @Test(
        "a new revision that raises or removes the limit lets those that wait go on",
        arguments: ["{limit: 3}", nil])
    func revised(_ concurrency: String?) async throws {
        let bench = try Bench()
        let flow = try await bench.save(Self.flow("{limit: 1}"))
        var ids: [Execution.ID] = []
        for _ in 0..<3 { ids.append(try await bench.start(flow)) }
        try await bench.save(Self.flow(concurrency))
        try await bench.settle()
        for id in ids { #expect(try await !bench.path(id).hasSuffix("QUEUED")) }
        // Of an older revision too, the latest limit counts.
        let fourth = try await bench.start(flow)
        #expect(try await bench.path(fourth) == (concurrency == nil ? "CREATED>RUNNING" : "CREATED>QUEUED"))
    }

    @Test("more executions than one transaction lets in go on when the limit is removed")
    func many() async throws {
        let bench = try Bench()
        let flow = try await bench.save(Self.flow("{limit: 1}"))
        var ids: [Execution.ID] = []
        for _ in 0..<250 { ids.append(try await bench.start(flow)) }
        #expect(try await bench.slots(flow) == "1+249")
        try await bench.save(Self.flow(nil))
        try await bench.settle()
        #expect(try await bench.slots(flow) == "250+0")
        for id in ids { #expect(try await bench.path(id).hasSuffix("RUNNING")) }
    }

    @Test("scheduled executions, restarted ones and those of a retry of the whole take slots too")
    func everyWay() async throws {
        let bench = try Bench()
        let flow = try await bench.save(
            Self.flow(
                "{limit: 1}",
                more: """
                    retry: {type: constant, interval: PT1S, maxAttempts: 2, behavior: CREATE_NEW_EXECUTION}
                    """))
        let scheduled = try await bench.start(flow, at: bench.now.advanced(by: .seconds(5)))
        let first = try await bench.start(flow)
        #expect(try await bench.slots(flow) == "1+0")
        bench.pass(seconds: 5)
        try await bench.settle()
        #expect(try await bench.path(scheduled) == "CREATED>QUEUED")
        // It is retried as a whole: the new execution has to wait for the scheduled one.
        try await bench.end(first, .failed)
        #expect(try await bench.path(first) == "CREATED>RUNNING>RETRIED")
        #expect(try await bench.path(scheduled) == "CREATED>QUEUED>RUNNING")
        bench.pass(seconds: 1)
        try await bench.settle()
        #expect(try await bench.slots(flow) == "1+1")
        try await bench.end(scheduled)
        #expect(try await bench.slots(flow) == "1+0")
    }

    @Test("a restart waits for a slot like a start")
    func restart() async throws {
        let bench = try Bench()
        let flow = try await bench.save(Self.flow("{limit: 1}"))
        let first = try await bench.start(flow)
        let second = try await bench.start(flow)
        try await bench.end(first, .failed)
        let restarted = try await bench.executor.restart(first)
        #expect(restarted.execution.state.current == .queued)
        try await bench.end(second)
        #expect(try await bench.path(first) == "CREATED>RUNNING>FAILED>RESTARTED>QUEUED>RUNNING")
        try await bench.end(first)
        #expect(try await bench.path(first).hasSuffix("QUEUED>RUNNING>SUCCESS"))
        #expect(try await bench.slots(flow) == "0+0")
    }

    @Test("an execution that waits can be killed, ended or deleted, and leaves nothing behind")
    func leaving() async throws {
        let bench = try Bench()
        let flow = try await bench.save(Self.flow("{limit: 1}"))
        let first = try await bench.start(flow)
        var waiting: [Execution.ID] = []
        for _ in 0..<4 { waiting.append(try await bench.start(flow)) }
        _ = try await bench.executor.kill(waiting[0])
        #expect(try await bench.path(waiting[0]) == "CREATED>QUEUED>KILLING>KILLED")
        _ = try await bench.executor.unqueue(waiting[1], as: .cancelled)
        #expect(try await bench.path(waiting[1]) == "CREATED>QUEUED>CANCELLED")
        _ = try await bench.executor.unqueue(waiting[2], as: .failed)
        #expect(try await bench.path(waiting[2]) == "CREATED>QUEUED>FAILED")
        #expect(try await bench.slots(flow) == "1+1")
        _ = try await bench.executor.kill(first)
        try await bench.end(first, .killed)
        #expect(try await bench.path(waiting[3]) == "CREATED>QUEUED>RUNNING")
        #expect(try await bench.slots(flow) == "1+0")
    }

    @Test("an execution that was let in and killed before its first turn gives its slot on")
    func killedWhenLetIn() async throws {
        let bench = try Bench()
        let flow = try await bench.save(Self.flow("{limit: 1}"))
        let first = try await bench.start(flow)
        let second = try await bench.start(flow)
        let third = try await bench.start(flow)
        // Its slot is free and given on, and nothing due has been carried out.
        _ = try await bench.executor.kill(first)
        let snapshot = try #require(try await bench.executor.snapshot(first))
        let run = try #require(snapshot.taskRuns.first)
        try await bench.executor.report(
            AttemptReport(
                executionID: first, taskRunID: run.id, attempt: 1, result: TaskResult(state: .killed)))
        #expect(try await bench.slots(flow) == "1+1")
        _ = try await bench.executor.kill(second)
        #expect(try await bench.slots(flow) == "1+0")
        try await bench.settle()
        #expect(try await bench.path(second) == "CREATED>QUEUED>KILLING>KILLED")
        #expect(try await bench.path(third) == "CREATED>QUEUED>RUNNING")
    }

    @Test("an execution can be forced to run beyond the limit, and then counts")
    func force() async throws {
        let bench = try Bench()
        let flow = try await bench.save(Self.flow("{limit: 1}"))
        let first = try await bench.start(flow)
        let second = try await bench.start(flow)
        let third = try await bench.start(flow)
        let scheduled = try await bench.start(flow, at: bench.now.advanced(by: .seconds(60)))
        _ = try await bench.executor.forceRun(second)
        _ = try await bench.executor.unqueue(third)
        _ = try await bench.executor.forceRun(scheduled)
        #expect(try await bench.slots(flow) == "4+0")
        #expect(try await bench.path(second) == "CREATED>QUEUED>RUNNING")
        #expect(try await bench.path(scheduled) == "CREATED>RUNNING")
        #expect(try await bench.executor.forceRun(scheduled).execution.state.current == .running)
        let last = try await bench.start(flow)
        for id in [first, second, third] {
            try await bench.end(id)
            #expect(try await bench.path(last) == "CREATED>QUEUED")
        }
        try await bench.end(scheduled)
        #expect(try await bench.path(last) == "CREATED>QUEUED>RUNNING")
        await #expect(throws: RequestRefused.self) { try await bench.executor.forceRun(first) }
        await #expect(throws: RequestRefused.self) { try await bench.executor.unqueue(last) }
    }
}
