import ApusDatabase
public import ApusDatabaseSQLite
import ApusEngine
public import ApusExecutor
import ApusExpressions
import ApusHTTP
import ApusModel
public import ApusPlugin
import ApusSchema
public import ApusStorage
import ApusWorker
import ApusYAML
import Foundation
import Synchronization

/// A whole Apus in one process: database, worker and executor, wired together; with `serve` also the API.
public final class Instance: Sendable {
    public struct Settings: Sendable {
        public var configuration: Configuration
        /// Absolute, or relative to the working directory of the process.
        public var dataDirectory: String
        /// Nothing needs to outlive the process: commits do not wait for the disk.
        public var isEphemeral: Bool
        /// Whether triggers start executions: not where a person runs one flow by hand.
        public var runsTriggers = true
        /// Adds types besides those of this program.
        public var plugins: @Sendable (inout PluginRegistry) -> Void = { _ in }

        public init(configuration: Configuration, dataDirectory: String, isEphemeral: Bool) {
            self.configuration = configuration
            self.dataDirectory = dataDirectory
            self.isEphemeral = isEphemeral
        }

        /// How long `close` lets running tasks go on; nothing waits for those of an ephemeral instance.
        public var gracePeriod: Duration {
            isEphemeral
                ? .seconds(1) : .microseconds(configuration.terminationGracePeriod.microseconds)
        }
    }

    public let settings: Settings
    public let database: SQLiteDatabase
    public let logStore: SQLiteLogStore
    public let storage: LocalStorage
    public let flows: FlowStore
    public let executor: Executor
    let worker: Worker
    let triggerWorker: TriggerWorker
    let facts: FactSource
    let cipher: SecretCipher?
    let compiler: FlowCompiler
    let variables: OrderedMap<Value>
    private let directory: DataDirectory
    /// The services' tasks and the HTTP server; owned here, ended by `close`.
    private let running = Mutex(Running())

    private struct Running {
        var tasks: [Task<Void, Never>] = []
        var server: HTTPServer?
        var isClosed = false
    }

    /// Opens the data directory, takes up what an earlier process left behind, and starts the services.
    ///
    /// - Throws: `DatabaseError` when the directory is in use, damaged or of a newer version; `ConfigurationFaults`.
    public static func open(_ settings: Settings) async throws -> Instance {
        let instance = try Instance(settings)
        do {
            let lost = try await instance.executor.recover()
            try await instance.executor.recoverTriggers()
            if lost > 0 { Diagnostics.write("took up \(lost) task runs of a process that is gone") }
        } catch {
            await instance.close()
            throw error
        }
        instance.startServices()
        return instance
    }

    private init(_ settings: Settings) throws {
        self.settings = settings
        let configuration = settings.configuration
        let path = URL(fileURLWithPath: settings.dataDirectory).standardizedFileURL.path
        directory = try DataDirectory(path)
        let durability: SQLiteDatabase.Durability =
            settings.isEphemeral ? .none : configuration.durability == .full ? .full : .relaxed
        let logs = try SQLiteLogStore(path: directory.file("logs.db"), now: Self.now())
        var database = SQLiteDatabase.Configuration(path: directory.file("apus.db"), durability: durability)
        database.now = Self.now
        database.beforeCommit = { try logs.storeStaged() }
        database.fatal = { error in
            Diagnostics.write(
                "\(error). Nothing more is written; the process ends, start it again to recover.")
            exit(74)
        }
        self.database = try SQLiteDatabase(database)
        logStore = logs
        storage = try LocalStorage(directory: configuration.storageBasePath ?? directory.file("storage"))
        cipher = try configuration.encryptionKey.map { try SecretCipher(key: $0) }
        var registry = PluginRegistry()
        Plugins.add(to: &registry)
        settings.plugins(&registry)
        compiler = FlowCompiler(
            catalogue: registry.catalogue, defaultEdition: configuration.defaultEdition,
            pluginDefaults: configuration.pluginDefaults)
        variables = Environment.variables(configuration)
        flows = FlowStore(
            database: self.database, compiler: compiler, isStrict: configuration.isStrict, now: Self.now,
            parse: Self.parse)
        let files = ExecutionFiles(storage: storage, database: self.database)
        facts = FactSource(database: self.database, logs: logs, files: files, now: Self.now)
        let bridge = WorkerBridge(logs: logs, files: files)
        let executions = ServerExecutions(
            database: self.database, flows: flows, logs: logs, storage: storage,
            inputs: InputCheck(variables: variables, facts: facts, cipher: cipher))
        var services = Services(executions: executions, logs: ServerLogs(store: logs))
        services.directories = DirectoryArchives(storage: storage, now: Self.now)
        services.keyValues = KeyValueStore(database: self.database, now: Self.now)
        services.namespaceFiles = NamespaceFileStore(
            files: NamespaceFiles(storage), database: self.database)
        services.triggers = ServerTriggers(executions: executions)
        services.conceal = cipher?.conceal
        services.allowedPaths = configuration.allowedPaths
        worker = Worker(
            settings: WorkerSettings(
                workDirectory: directory.file("work"),
                concurrentJobs: configuration.workerThreads ?? 8
                    * ProcessInfo.processInfo.activeProcessorCount,
                waitingJobs: 1_000_000, heartbeatInterval: .seconds(20)),
            registry: registry, services: services, facts: facts, outlets: bridge.outlets,
            cache: TaskOutputCache(database: self.database, now: Self.now))
        bridge.connect(to: worker)
        let triggers = TriggerBridge(logs: logs, files: files)
        triggerWorker = TriggerWorker(
            settings: WorkerSettings(
                workDirectory: directory.file("trigger-work"),
                concurrentJobs: configuration.workerThreads ?? 8
                    * ProcessInfo.processInfo.activeProcessorCount),
            registry: registry, services: services, facts: facts, outlets: triggers.outlets)
        triggers.connect(to: triggerWorker)
        executor = Executor(
            database: self.database, flows: flows,
            surroundings: Self.surroundings(
                variables: variables, cipher: cipher, registry: registry, facts: facts, logs: logs,
                bridge: bridge, triggers: triggers))
        bridge.connect(to: executor)
        triggers.connect(to: executor)
        executions.connect(to: executor)
    }

    private static func surroundings(
        variables: OrderedMap<Value>, cipher: SecretCipher?, registry: PluginRegistry, facts: FactSource,
        logs: SQLiteLogStore, bridge: WorkerBridge, triggers: TriggerBridge
    ) -> Surroundings {
        Surroundings(
            now: now, random: { UInt64.random(in: .min ... .max) }, variables: variables,
            reveal: cipher?.reveal,
            conceal: cipher?.conceal,
            runInline: { type, properties, date in
                InlineRun.outcome(of: registry.inline(named: type), properties, at: date)
            },
            fact: { request, flow, execution, connection in
                facts.answer(request, flow: flow, execution: execution, connection)
            },
            load: { request, flow, execution in
                await facts.answer(request, flow: flow, execution: execution)
            },
            start: { bridge.start($0) }, cancel: { bridge.cancel($0) }, release: { bridge.release($0) },
            log: { lines, connection in
                logs.stage(lines.map { LogEntry(key: $0.key, line: $0.line) }, with: connection)
            },
            worker: "\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)",
            measure: { points, connection in logs.stage(points, with: connection) },
            evaluate: { triggers.evaluate($0) }, subscribe: { triggers.subscribe($0) })
    }

    @Sendable private static func parse(_ source: String) throws(Fault) -> (Value, PositionMap) {
        let document = try YAML.parse(source)
        return (document.root, document.positions)
    }

    static let now: @Sendable () -> Timestamp = {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }

    private func startServices() {
        let (worker, executor, triggerWorker) = (worker, executor, triggerWorker)
        // The worker's comes first: it ends by itself.
        var tasks = [
            Task { await worker.run() },
            Task {
                await executor.run { Diagnostics.write("timers wait for the database: \($0)") }
            },
        ]
        if settings.runsTriggers {
            tasks += [
                Task {
                    await executor.runTriggers { Diagnostics.write("triggers wait for the database: \($0)") }
                },
                Task {
                    await executor.runSubscriptions {
                        Diagnostics.write("realtime triggers wait for the database: \($0)")
                    }
                },
                Task { await triggerWorker.run() },
            ]
        }
        running.withLock { [tasks] in $0.tasks = tasks }
    }

    func dataFile(_ name: String) -> String { directory.file(name) }

    func hold(_ server: HTTPServer) { running.withLock { $0.server = server } }

    /// Takes no more work, lets what runs end for a while, and closes the files. What is left is taken up by the
    /// next start.
    public func close() async {
        let (tasks, server) = running.withLock { running in
            defer { running = Running(isClosed: true) }
            return (running.tasks, running.server)
        }
        await server?.stop(grace: .seconds(5))
        worker.stop(after: settings.gracePeriod)
        // The first is the worker's, which ends by itself when it has handed in its results.
        for task in tasks.dropFirst() { task.cancel() }
        executor.interrupt()
        executor.interruptTriggers()
        executor.interruptSubscriptions()
        triggerWorker.stop()
        for task in tasks { await task.value }
        await database.close()
        // A line that could not be kept is reported; there is nobody left to wait for it.
        do { try await logStore.close() } catch { Diagnostics.write("the log could not be closed: \(error)") }
        directory.release()
    }
}
