import ApusDatabase
import ApusModel
import ApusPlugin
import ApusSchema
import Foundation
import Synchronization

@testable import ApusServer

/// An instance with triggers whose source the test plays. It can be started again over the same data.
final class TriggerBench: Sendable {
    private let directory = NSTemporaryDirectory() + "apus-triggers-\(UUID().uuidString)"
    private let configuration: Configuration

    init(_ configuration: Configuration = Configuration()) { self.configuration = configuration }

    deinit { try? FileManager.default.removeItem(atPath: directory) }  // the system clears what is left

    /// Runs a process of the server for a while.
    func run(_ source: Source, _ body: (Instance) async throws -> Void) async throws {
        var settings = Instance.Settings(
            configuration: configuration, dataDirectory: directory, isEphemeral: false)
        settings.plugins = { registry in
            registry.add(polling: PolledSource.self)
            registry.add(realtime: ListenedSource.self)
        }
        try await Source.$current.withValue(source) {
            let instance = try await Instance.open(settings)
            let result: Result<Void, any Error>
            do { result = .success(try await body(instance)) } catch { result = .failure(error) }
            await instance.close()
            try result.get()
        }
    }
}

extension Instance {
    @discardableResult
    func save(_ source: String) async throws -> TriggerKey {
        let saved = try await flows.save(source, mode: .upsert)
        let reference = saved.flow.reference
        return TriggerKey(
            namespace: reference.namespace, flowID: reference.id,
            triggerID: saved.flow.triggers.first?.id ?? "")
    }

    func executions() async throws -> [Execution] {
        try await database.read { connection in
            try Executions.search(ExecutionFilter(), sort: [], page: Page(size: 1000), connection).executions
        }.sorted { $0.state.startDate < $1.state.startDate }
    }

    /// Nobody evaluates or listens.
    var isIdle: Bool { get async { triggerWorker.isIdle } }

    func row(_ key: TriggerKey) async throws -> TriggerRow? {
        try await database.read { try Triggers.load(key, $0) }
    }

    /// Waits until something holds; a test that waits in vain fails.
    func until(_ what: String, _ holds: () async throws -> Bool) async throws {
        for _ in 0..<2000 {
            if try await holds() { return }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw InVain(what: what)
    }

    struct InVain: Error { var what: String }
}

/// Plays what a trigger looks at or listens to: a queue with an offset.
final class Source: Sendable {
    @TaskLocal static var current = Source()

    private struct State {
        var answers: [Result<Evaluation, TaskFailure>] = []
        var seen: [Value] = []
        var running = 0
        var mostRunning = 0
        var cancelled = 0
        var events: [String] = []
        var acknowledged = 0
        var begun = 0
        var losesAcknowledgments = false
        var failures = 0
    }

    private let state = Mutex(State())

    /// What the next evaluations answer; after them, one waits for ever.
    func answer(_ results: Result<Evaluation, TaskFailure>...) {
        state.withLock { $0.answers += results }
    }

    /// The states that evaluations were given.
    var seen: [Value] { state.withLock { $0.seen } }
    var mostRunning: Int { state.withLock { $0.mostRunning } }
    var cancelled: Int { state.withLock { $0.cancelled } }
    var acknowledged: Int { state.withLock { $0.acknowledged } }
    var begun: Int { state.withLock { $0.begun } }

    /// Events that a listener is given, from the one after the last acknowledged.
    func add(_ events: String...) { state.withLock { $0.events += events } }
    /// From now on an acknowledgment does not arrive: what follows is a crash.
    func loseAcknowledgments() { state.withLock { $0.losesAcknowledgments = true } }
    func keepAcknowledgments() { state.withLock { $0.losesAcknowledgments = false } }
    /// How often listening fails before it works.
    func fail(times: Int) { state.withLock { $0.failures = times } }

    fileprivate func evaluate(_ known: Value?) async throws -> Evaluation {
        let answer = state.withLock { state -> Result<Evaluation, TaskFailure>? in
            state.seen.append(known ?? .null)
            state.running += 1
            state.mostRunning = max(state.mostRunning, state.running)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        defer { state.withLock { $0.running -= 1 } }
        if let answer { return try answer.get() }
        do {
            try await Task.sleep(for: .seconds(3600))
        } catch {
            state.withLock { $0.cancelled += 1 }
            throw error
        }
        return .nothing
    }

    fileprivate func listen(_ emit: Emit) async throws {
        let fails = state.withLock { state -> Bool in
            state.begun += 1
            guard state.failures > 0 else { return false }
            state.failures -= 1
            return true
        }
        if fails { throw TaskFailure("the broker is away") }
        var offset = acknowledged
        while true {
            let next = state.withLock { $0.events.indices.contains(offset) ? $0.events[offset] : nil }
            guard let next else {
                try await Task.sleep(for: .milliseconds(5))
                continue
            }
            try await emit(["value": .string(next), "offset": .int(Int64(offset))])
            offset += 1
            let isKept = state.withLock { state in
                if !state.losesAcknowledgments { state.acknowledged = offset }
                return !state.losesAcknowledgments
            }
            // The process is killed here.
            if !isKept { try await Task.sleep(for: .seconds(3600)) }
        }
    }
}

private struct PolledSource: PollingTrigger {
    static let type = "test.Polled"
    static let summary = "Looks at the source of the test."

    @Property("Put before what is found.")
    var prefix: String = ""

    func evaluate(_ context: TriggerContext) async throws -> Evaluation {
        var found = try await Source.current.evaluate(context.state)
        if found.outputs != nil { found.outputs?["prefix"] = .string(prefix) }
        return found
    }
}

private struct ListenedSource: RealtimeTrigger {
    static let type = "test.Listened"
    static let summary = "Listens to the source of the test."

    func run(_ context: TriggerContext, emit: @escaping Emit) async throws {
        try await Source.current.listen(emit)
    }
}
