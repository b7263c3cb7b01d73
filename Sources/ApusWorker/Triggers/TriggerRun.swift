import ApusDatabase
import ApusExpressions
import ApusModel
import ApusPlugin
import Synchronization

/// One evaluation of a polling trigger, or one time of listening, from rendering to its end.
final class TriggerRun: Sendable {
    private let trigger: TriggerJob
    private let registry: PluginRegistry
    private let services: Services
    private let outlets: TriggerOutlets
    private let log: LogIntake
    private let job: Job
    private let rendering: JobRendering
    private let directory: WorkingDirectory
    private let variables: OrderedMap<Value>
    /// Of this run only.
    private let mask = SecretMask()
    private let emitted = Mutex(false)

    init(
        trigger: TriggerJob, settings: WorkerSettings, registry: PluginRegistry, services: Services,
        facts: any FactProvider, outlets: TriggerOutlets, log: LogIntake
    ) {
        self.trigger = trigger
        self.registry = registry
        self.services = services
        self.outlets = outlets
        self.log = log
        job = trigger.job
        let place = trigger.key
        let name = "\(place.namespace)-\(place.flowID)-\(place.triggerID)-\(trigger.startedAt.microseconds)"
        directory = WorkingDirectory(path: "\(settings.workDirectory)/\(JobRun.fileName(name))")
        var variables = trigger.variables
        variables["workingDir"] = .string(directory.path)
        self.variables = variables
        rendering = JobRendering(
            job, variables: variables, facts: facts, timeZone: settings.timeZone, now: trigger.startedAt,
            mask: mask)
    }

    /// Whether an event came through.
    var hasEmitted: Bool { emitted.withLock { $0 } }

    func evaluate() async throws -> Evaluation {
        guard let poll = registry.polling(named: trigger.type) else { throw unknownType }
        return try await poll(try await rendering.properties(), context)
    }

    func listen() async throws {
        guard let listen = registry.realtime(named: trigger.type) else { throw unknownType }
        try await listen(try await rendering.properties(), context) { [self] event in
            try await outlets.emit(trigger, event)
            emitted.withLock { $0 = true }
        }
    }

    func words(for error: any Error) -> String { mask.masked(JobRun.words(for: error)) }

    @Sendable func write(_ message: String, _ level: LogLevel) {
        guard level >= trigger.logLevel else { return }
        log.add(
            LogLine(
                triggerID: trigger.key.triggerID, of: trigger.flow, level: level, date: Worker.wallClock(),
                message: mask.masked(message)))
    }

    func clean() {
        do {
            try directory.remove()
        } catch {
            write("The working directory could not be removed: \(error.localizedDescription)", .warn)
        }
    }

    private var context: TriggerContext {
        let (job, outlets, rendering) = (job, outlets, rendering)
        let hasFiles = !trigger.executionID.isEmpty
        let noFiles = TaskFailure(
            "A realtime trigger has no files of its own: give what belongs to an event in it")
        return TriggerContext(
            work: TaskContext(
                executionID: trigger.executionID, flow: trigger.flow, taskID: trigger.key.triggerID,
                taskRunID: trigger.executionID, attempt: 0, variables: variables, workingDirectory: directory,
                services: services,
                outlets: TaskContext.Outlets(
                    log: { [self] level, message in write(message, level) },
                    logRoom: { [log] in await log.room() },
                    render: { try await rendering.text($0) },
                    store: { path, name in
                        guard hasFiles else { throw noFiles }
                        return try await outlets.store(job, path, name)
                    },
                    fetch: { try await outlets.fetch(job, $0, $1) },
                    itemRenderer: { try rendering.itemRenderer($0) })),
            state: trigger.state)
    }

    private var unknownType: TaskFailure {
        TaskFailure("There is no trigger type `\(trigger.type)` at this worker")
    }
}
