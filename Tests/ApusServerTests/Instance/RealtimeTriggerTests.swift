import ApusDatabase
import ApusExecutor
import ApusModel
import Testing

@testable import ApusServer

/// The contract of realtime triggers, over the real executor, database and worker.
@Suite struct RealtimeTriggerTests {
    private let bench = TriggerBench()
    private let source = Source()

    private func flow(_ rest: String = "", message: String = "x") -> String {
        """
        id: listened
        namespace: a.b
        tasks: [{id: work, type: io.kestra.plugin.core.log.Log, message: \(message)}]
        triggers:
          - id: listen
            type: test.Listened
            \(rest)
        """
    }

    private func values(_ instance: Instance) async throws -> [String] {
        try await instance.executions().map { $0.trigger?["variables"]?["value"]?.stringValue ?? "" }
    }

    @Test("each event starts an execution, and is acknowledged when that is stored")
    func events() async throws {
        source.add("a", "b")
        try await bench.run(source) { instance in
            try await instance.save(flow())
            try await instance.until("two acknowledgments") { source.acknowledged == 2 }
            #expect(try await values(instance) == ["a", "b"])
            source.add("c")
            try await instance.until("a third") { source.acknowledged == 3 }
            #expect(try await values(instance) == ["a", "b", "c"])
        }
        #expect(source.begun == 1)
    }

    @Test("an event whose acknowledgment is lost in a crash comes again; none is lost")
    func crash() async throws {
        source.add("a", "b")
        source.loseAcknowledgments()
        try await bench.run(source) { instance in
            try await instance.save(flow())
            try await instance.until("the event") { try await instance.executions().count == 1 }
        }
        #expect(source.acknowledged == 0)
        source.keepAcknowledgments()
        try await bench.run(source) { instance in
            try await instance.until("both events") { source.acknowledged == 2 }
            #expect(try await values(instance) == ["a", "a", "b"])
        }
    }

    @Test("events that do not meet the conditions are taken and start nothing")
    func conditions() async throws {
        source.add("a", "b")
        try await bench.run(source) { instance in
            try await instance.save(flow("when: \"{{ trigger.value == 'b' }}\""))
            try await instance.until("both events") { source.acknowledged == 2 }
            #expect(try await values(instance) == ["b"])
        }
    }

    @Test("it listens only while it is switched on, and anew in each revision of its flow")
    func switching() async throws {
        try await bench.run(source) { instance in
            let key = try await instance.save(flow())
            try await instance.until("it listens") { source.begun == 1 }
            try await instance.executor.setDisabled(key, true)
            try await instance.until("nobody listens") { await instance.isIdle }
            source.add("a")
            try await instance.executor.setDisabled(key, false)
            try await instance.until("the event") { source.acknowledged == 1 }
            #expect(source.begun == 2)
            try await instance.save(flow(message: "y"))
            try await instance.until("it listens again") { source.begun == 3 }
            #expect(try await instance.flows.delete(namespace: "a.b", id: "listened"))
            try await instance.until("nobody listens") { await instance.isIdle }
            source.add("b")
            #expect(source.acknowledged == 1)
        }
    }

    @Test("after an error it listens again, and its log tells why it did not")
    func restart() async throws {
        source.add("a")
        source.fail(times: 1)
        try await bench.run(source) { instance in
            try await instance.save(flow())
            try await instance.until("the event") { source.acknowledged == 1 }
            var filter = LogFilter()
            filter.triggerID = "listen"
            let wanted = filter
            let lines = try await instance.logStore.read { try Logs.lines(wanted, limit: 10, $0) }
            #expect(lines.map(\.message) == ["the broker is away; listens again in 1.0 seconds"])
        }
        #expect(source.begun == 2)
    }

    @Test("stopAfter ends listening before the next event")
    func stopAfter() async throws {
        source.add("a", "b")
        try await bench.run(source) { instance in
            let key = try await instance.save(flow("stopAfter: [SUCCESS]"))
            try await instance.until("nobody listens") {
                let isOff = try await instance.row(key)?.isDisabled == true
                let isIdle = await instance.isIdle
                return isOff && isIdle
            }
            #expect(try await values(instance) == ["a"])
        }
    }
}
