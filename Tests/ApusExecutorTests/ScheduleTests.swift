import ApusDatabase
import ApusEngine
import ApusExecutor
import ApusModel
import Testing

/// Schedules from the date that comes to the execution, over a real database. It is 08:00 on Friday, 2027-01-15.
@Suite struct ScheduleTests {
    private let bench: Bench

    init() throws { bench = try Bench() }

    private static let key = TriggerKey(namespace: "a.b", flowID: "report", triggerID: "hourly")

    /// A flow that runs every hour.
    private func flow(_ trigger: String = "", rest: String = "") -> String {
        """
        id: report
        namespace: a.b
        tasks: [{id: work, type: run}]
        triggers:
          - {id: hourly, type: io.kestra.plugin.core.trigger.Schedule, cron: "0 * * * *"\(trigger)}
        \(rest)
        """
    }

    /// The dates of the executions, in the order in which they began, as hours and minutes.
    private func dates() async throws -> [String] {
        try await bench.executions(of: "report").map { execution in
            let date = execution.trigger?["variables"]?["date"]?.stringValue ?? ""
            return String(date.dropFirst(11).prefix(5))
        }
    }

    private func row() async throws -> TriggerRow? {
        try await bench.database.read { try Triggers.load(Self.key, $0) }
    }

    /// Lets time pass and ends each execution as soon as it began.
    private func live(hours: Int64) async throws {
        bench.pass(seconds: hours * 3600)
        while true {
            try await bench.fire()
            guard
                let open = try await bench.executions(of: "report").first(where: {
                    !$0.state.current.isTerminal
                })
            else { return }
            try await bench.end(open.id)
        }
    }

    @Test("a schedule fires for the first date after its flow was saved")
    func aScheduleFiresForTheFirstDate() async throws {
        try await bench.save(flow())
        try await bench.fire()
        #expect(try await dates().isEmpty)
        bench.pass(seconds: 3599)
        try await bench.fire()
        #expect(try await dates().isEmpty)
        bench.pass(seconds: 1)
        try await bench.fire()
        let execution = try #require(try await bench.executions(of: "report").first)
        #expect(
            execution.trigger?.json
                == #"{"id":"hourly","type":"io.kestra.plugin.core.trigger.Schedule","variables":{"date":"2027-01-15T09:00:00Z","next":"2027-01-15T10:00:00Z","previous":"2027-01-15T08:00:00Z"}}"#
        )
        #expect(execution.labels.contains(Label("system.from", "trigger")))
    }

    @Test("a date waits for the execution before, and runs late with its own date")
    func aDateWaitsForTheExecutionBefore() async throws {
        try await bench.save(flow())
        bench.pass(seconds: 3600)
        try await bench.fire()
        bench.pass(seconds: 7200)
        try await bench.fire()
        #expect(try await dates() == ["09:00"])
        try await bench.end(try await bench.executions(of: "report")[0].id)
        try await bench.fire()
        #expect(try await dates() == ["09:00", "10:00"])
        try await bench.end(try await bench.executions(of: "report")[1].id)
        try await bench.fire()
        #expect(try await dates() == ["09:00", "10:00", "11:00"])
    }

    @Test("with allowConcurrent a date waits for nothing")
    func withAllowConcurrentADateWaitsForNothing() async throws {
        try await bench.save(flow(", allowConcurrent: true"))
        bench.pass(seconds: 3600)
        try await bench.fire()
        bench.pass(seconds: 3600)
        try await bench.fire()
        #expect(try await dates() == ["09:00", "10:00"])
    }

    @Test("a date that is looked at again does not fire again")
    func aDateThatIsLookedAtAgain() async throws {
        try await bench.save(flow(", allowConcurrent: true"))
        bench.pass(seconds: 3600)
        try await bench.fire()
        // As if the pointer had not been moved: the row of the date is what holds.
        var row = try #require(try await row())
        row.next = row.last
        row.due = row.last
        let stale = row
        try await bench.database.write { try Triggers.put(stale, $0) }
        try await bench.fire()
        #expect(try await dates() == ["09:00"])
    }

    struct Missed: CustomTestStringConvertible, Sendable {
        var cause: String
        var policy: String
        /// What ran in the end, of 09:00 to 12:00 that passed and 13:00 that came then.
        var ran: [String]
        var testDescription: String { cause + ", " + policy }
    }

    private static let all = ["09:00", "10:00", "11:00", "12:00", "13:00"]
    private static let last = ["12:00", "13:00"]
    private static let none = ["13:00"]

    static let missed: [Missed] = [
        "the server is down", "the trigger is switched off", "the flow is switched off",
        "the text switches the trigger off", "stopAfter switched it off", "a backfill runs",
    ].flatMap { cause in
        [("ALL", all), ("LAST", last), ("NONE", none)].map { Missed(cause: cause, policy: $0, ran: $1) }
    }

    @Test("what is missed runs as the schedule says", arguments: missed)
    func whatIsMissedRunsAsTheSchedule(_ row: Missed) async throws {
        let trigger = ", recoverMissedSchedules: \(row.policy)"
        try await bench.save(flow(trigger))
        let key = Self.key
        switch row.cause {
        case "the server is down":
            bench.pass(seconds: 4 * 3600)
            try await bench.executor.recoverTriggers()
        case "the trigger is switched off":
            try await bench.executor.setDisabled(key, true)
            try await live(hours: 4)
            try await bench.executor.setDisabled(key, false)
        case "the flow is switched off":
            _ = try await bench.flows.setDisabled(namespace: "a.b", id: "report", true)
            try await live(hours: 4)
            _ = try await bench.flows.setDisabled(namespace: "a.b", id: "report", false)
        case "the text switches the trigger off":
            try await bench.save(flow(trigger + ", disabled: true"))
            try await live(hours: 4)
            try await bench.save(flow(trigger))
        case "stopAfter switched it off":
            var row = try #require(try await self.row())
            row.isDisabled = true
            row.due = nil
            let stopped = row
            try await bench.database.write { try Triggers.put(stopped, $0) }
            try await live(hours: 4)
            try await bench.executor.setDisabled(key, false)
        default:
            let day = Backfill(from: bench.now.advanced(by: .seconds(-3600)), through: bench.now)
            try await bench.executor.startBackfill(key, day) { $0.isPaused = true }
            try await live(hours: 4)
            try await bench.executor.deleteBackfill(key)
        }
        try await live(hours: 0)
        try await live(hours: 1)
        #expect(try await dates() == row.ran)
    }

    @Test("a date that comes too late is left out")
    func aDateThatComesTooLateIs() async throws {
        try await bench.save(flow(", lateMaximumDelay: PT90M"))
        try await live(hours: 4)
        #expect(try await dates() == ["11:00", "12:00"])
    }

    @Test("conditions leave dates out, and next and previous are dates for which they hold")
    func conditionsLeaveDatesOutAndNextAnd() async throws {
        try await bench.save(
            flow(#", when: "{{ hourOfDay(trigger.date) % 2 == 0 }}""#))
        try await live(hours: 3)
        #expect(try await dates() == ["10:00"])
        let variables = try await bench.executions(of: "report").first?.trigger?["variables"]
        #expect(variables?["next"] == "2027-01-15T12:00:00Z")
        #expect(variables?["previous"] == "2027-01-15T08:00:00Z")
    }

    @Test("a condition that cannot be read starts an execution that has failed")
    func aConditionThatCannotBeReadStarts() async throws {
        try await bench.save(flow(#", when: "{{ trigger.body.x }}""#))
        try await live(hours: 1)
        let execution = try #require(try await bench.executions(of: "report").first)
        #expect(execution.state.current == .failed)
        #expect(bench.lines.contains { $0.message.contains("Trigger `hourly` cannot be evaluated") })
    }

    @Test("stopAfter switches the trigger off when an execution ends so")
    func stopafterSwitchesTheTriggerOffWhenAn() async throws {
        try await bench.save(flow(", stopAfter: [FAILED]"))
        try await live(hours: 2)
        #expect(try await dates() == ["09:00", "10:00"])
        bench.pass(seconds: 3600)
        try await bench.fire()
        try await bench.end(try await bench.executions(of: "report")[2].id, .failed)
        try await live(hours: 3)
        #expect(try await dates() == ["09:00", "10:00", "11:00"])
        #expect(try await row()?.isDisabled == true)
    }

    @Test("inputs, labels and dates are those of the trigger, in its zone")
    func inputsLabelsAndDatesAreThoseOf() async throws {
        try await bench.save(
            flow(
                #", timezone: Europe/Paris, inputs: {day: "{{ trigger.date | date('dd.MM.') }}"}, labels: {kind: "{{ flow.id }}-tick"}"#,
                rest: "inputs: [{id: day, type: STRING}, {id: n, type: INT, defaults: 3}]"))
        try await live(hours: 1)
        let execution = try #require(try await bench.executions(of: "report").first)
        #expect(execution.inputs.json == #"{"day":"15.01.","n":3}"#)
        #expect(execution.labels.contains(Label("kind", "report-tick")))
        #expect(execution.trigger?["variables"]?["date"] == "2027-01-15T10:00:00+01:00")
    }

    @Test("an input that is missing fails the execution, and says which")
    func anInputThatIsMissingFailsThe() async throws {
        try await bench.save(flow(rest: "inputs: [{id: day, type: STRING}]"))
        try await live(hours: 1)
        #expect(try await bench.executions(of: "report").first?.state.current == .failed)
        #expect(bench.lines.contains { $0.message.contains("`day`") })
    }

    struct Span: CustomTestStringConvertible, Sendable {
        var newestFirst = false
        var onlyFailed = false
        var ran: [String]
        var testDescription: String { ran.joined(separator: " ") }
    }

    static let spans: [Span] = [
        Span(ran: ["09:00", "10:00", "11:00"]), Span(newestFirst: true, ran: ["11:00", "10:00", "09:00"]),
        Span(onlyFailed: true, ran: ["10:00"]),
    ]

    @Test("a backfill runs the dates of a stretch one after the other", arguments: spans)
    func aBackfillRunsTheDatesOfA(_ span: Span) async throws {
        try await bench.save(flow())
        for hour in [9, 10, 11] {
            bench.pass(seconds: 3600)
            try await bench.fire()
            let open = try #require(
                try await bench.executions(of: "report").first { !$0.state.current.isTerminal })
            try await bench.end(open.id, hour == 10 ? .failed : .success)
        }
        try await bench.executor.startBackfill(
            Self.key,
            Backfill(
                from: bench.now.advanced(by: .seconds(-3 * 3600)), through: bench.now,
                order: span.newestFirst ? .newestFirst : .oldestFirst)
        ) { run in
            run.onlyFailed = span.onlyFailed
            run.inputs = [:]
            run.labels = [Label("again", "yes")]
        }
        let before = try await bench.executions(of: "report").count
        try await bench.fire()
        #expect(try await bench.executions(of: "report").count == before + 1)
        try await live(hours: 0)
        // The stretch begins at 08:00, before the flow was saved: that date has no execution, so it counts as failed.
        let ran = try await dates().dropFirst(before).filter { $0 != "08:00" }
        #expect(Array(ran) == span.ran)
        #expect(try await row()?.backfill == nil)
        #expect(try await bench.executions(of: "report").last?.labels.contains(Label("again", "yes")) == true)
    }

    @Test("another cron starts anew, the same goes on")
    func anotherCronStartsAnewTheSameGoes() async throws {
        try await bench.save(flow())
        bench.pass(seconds: 3 * 3600)
        try await bench.save(flow(rest: "description: said otherwise"))
        try await live(hours: 0)
        #expect(try await dates() == ["09:00", "10:00", "11:00"])
        bench.pass(seconds: 3600)
        try await bench.save(flow().replacing("0 * * * *", with: "30 * * * *"))
        try await live(hours: 1)
        #expect(try await dates() == ["09:00", "10:00", "11:00", "12:30"])
    }

    @Test("a flow that is deleted takes its triggers with it")
    func aFlowThatIsDeletedTakesIts() async throws {
        try await bench.save(flow())
        _ = try await bench.flows.delete(namespace: "a.b", id: "report")
        #expect(try await row() == nil)
        try await live(hours: 2)
        #expect(try await dates().isEmpty)
    }
}
