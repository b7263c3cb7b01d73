import ApusCommandLine
import ApusModel
import Testing

@Suite struct ProgressTests {
    static let start = Timestamp(microseconds: 1_000_000_000_000)

    static func history(_ states: [(State, Int64)]) -> StateHistory {
        var history = StateHistory(at: start)
        for (state, milliseconds) in states {
            history.enter(state, at: start.advanced(by: .milliseconds(milliseconds)))
        }
        return history
    }

    static func run(_ id: String, parent: String? = nil, value: String? = nil, _ states: [(State, Int64)])
        -> TaskRun
    {
        var run = TaskRun(id: id, taskID: id, parentID: parent, value: value, createdAt: start)
        run.state = history(states)
        return run
    }

    static func view(_ states: [(State, Int64)], _ runs: [TaskRun]) -> ExecutionView {
        var execution = Execution(
            id: "4x7", flow: FlowReference(namespace: "team", id: "hello", revision: 2), createdAt: start)
        execution.state = history(states)
        return ExecutionView(execution, taskRuns: runs)
    }

    static let loop = view(
        [(.running, 0)],
        [
            run("first", [(.running, 10), (.success, 250)]), run("loop", [(.running, 250)]),
            run("last", [(.running, 300)]),
            run("step", parent: "loop", value: "a\u{1B}[2J", [(.running, 250), (.failed, 1500)]),
        ])

    @Test("task runs stand below the one they belong to, with mark and duration")
    func picture() {
        let picture = ProgressPicture(palette: Palette(isColoured: false), width: 60)
        let line = LogText(
            LogLine(
                executionID: "4x7", flow: FlowReference(namespace: "team", id: "hello", revision: 2),
                taskID: "step",
                level: .error, date: Self.start, message: "no\nway"))
        let now = Self.start.advanced(by: .seconds(75))
        #expect(
            picture.lines(of: Self.loop, last: line, at: now) == [
                "team.hello  4x7  RUNNING 1m 15s",
                "  ✓ first          0.25s",
                "  ● loop           1m 15s",
                "    ✗ step [a[2J]  1.5s",
                "  ● last           1m 15s",
                "  13:46:40.000 ERROR step: no way",
            ])
    }

    @Test("a picture never exceeds the terminal")
    func size() {
        let runs = (0..<100).map { Self.run("a task with a rather long name, number \($0)", [(.running, 0)]) }
        let picture = ProgressPicture(palette: Palette(isColoured: false), width: 40, height: 10)
        let lines = picture.lines(of: Self.view([(.running, 0)], runs), at: Self.start)
        #expect(lines.count == 10)
        #expect(lines.allSatisfy { $0.count <= 40 })
        #expect(lines[1] == "  … 92 task runs above")
    }

    @Test("colours only where they are wanted")
    func colours() {
        let coloured = ProgressPicture(palette: Palette(isColoured: true), width: 60).lines(
            of: Self.loop, at: Self.start)
        #expect(coloured.contains { $0.contains("\u{1B}[31m✗\u{1B}[0m") })
        let plain = ProgressPicture(palette: Palette(isColoured: false), width: 60).lines(
            of: Self.loop, at: Self.start)
        #expect(!plain.contains { $0.contains("\u{1B}") })
    }

    @Test("the feed tells each change once")
    func feed() {
        var feed = ProgressFeed(palette: Palette(isColoured: false))
        let begun = Self.view([(.running, 0)], [Self.run("a", [(.running, 0)]), Self.run("b", [])])
        #expect(feed.lines(of: begun, at: Self.start) == ["team.hello 4x7", "  ● a RUNNING"])
        #expect(feed.lines(of: begun, at: Self.start) == [])
        let ended = Self.view(
            [(.running, 0), (.success, 12_000)], [Self.run("a", [(.running, 0), (.success, 500)])])
        #expect(feed.lines(of: ended, at: Self.start) == ["  ✓ a SUCCESS 0.50s", "✓ SUCCESS in 12s"])
    }

    @Test("an execution goes on while a task after its end runs")
    func end() {
        let after = Self.view([(.running, 0), (.success, 10)], [Self.run("after", [(.running, 20)])])
        #expect(!after.hasEnded)
        #expect(Self.view([(.running, 0), (.failed, 10)], [Self.run("a", [(.failed, 5)])]).hasEnded)
    }

    @Test("what a server sends is read, also when its task runs form a circle")
    func json() throws {
        let text = """
            {"id": "4x7", "namespace": "team", "flowId": "hello", "flowRevision": 2,
             "state": {"current": "FAILED", "startDate": "2026-01-02T03:04:05Z", "endDate": "2026-01-02T03:04:07Z"},
             "taskRunList": [
               {"id": "1", "taskId": "a", "parentTaskRunId": "2", "attempts": [{}, {}],
                "state": {"current": "FAILED", "startDate": "2026-01-02T03:04:05Z"}},
               {"id": "2", "taskId": "b", "parentTaskRunId": "1",
                "state": {"current": "FAILED", "startDate": "2026-01-02T03:04:05Z"}},
               {"id": "3", "taskId": "c", "state": {"current": "SOMETHING", "startDate": "2026-01-02T03:04:05Z"}}]}
            """
        let view = try #require(ExecutionView(json: try JSONParser.parse(text)))
        #expect(view.state == .failed)
        #expect(view.duration(at: Self.start) == .seconds(2))
        #expect(view.runs.map(\.attempts) == [2, 0])
        #expect(view.tree.count <= 2)
        #expect(ExecutionView(json: ["id": "4x7"]) == nil)
    }

    @Test(
        "durations are short",
        arguments: [
            (0, "0.00s"), (120, "0.12s"), (9_440, "9.4s"), (42_900, "42s"), (187_000, "3m 07s"),
            (3_725_000, "1h 02m"),
            (-5, "0.00s"),
        ] as [(Int64, String)])
    func durations(milliseconds: Int64, text: String) {
        #expect(ISODuration.milliseconds(milliseconds).short == text)
    }

    @Test("a loop tells how many of its iterations are in which state")
    func iterations() {
        var loop = Self.run("loop", [(.running, 10)])
        loop.outputs = [
            "iterationCount": 4, "runningIterations": 1, "terminatedIterations": ["SUCCESS": 2, "FAILED": 1],
        ]
        var inner = Self.run("step", parent: "loop", [(.running, 10)])
        inner.scope = "loop.1"
        let picture = ProgressPicture(palette: Palette(isColoured: false), width: 80)
        let lines = picture.lines(
            of: Self.view([(.running, 0)], [loop, inner]), at: Self.start.advanced(by: .seconds(1)))
        #expect(lines.count == 2)
        #expect(lines.last?.contains("loop (4 iterations: 2 SUCCESS, 1 FAILED, 1 RUNNING)") == true)
    }
}
