public import ApusModel

/// What a running task sees of the world.
public struct TaskContext: Sendable {
    public let executionID: Execution.ID
    public let flow: FlowReference
    public let taskID: String
    public let taskRunID: TaskRun.ID
    /// From 0.
    public let attempt: Int
    /// What the task's expressions saw.
    public let variables: OrderedMap<Value>
    public let workingDirectory: WorkingDirectory
    public let services: Services
    /// The value of the loop around the task, as text; `nil` outside of loops.
    public let loopValue: String?

    private let outlets: Outlets

    /// Where what a task says goes to; given by who runs it.
    public struct Outlets: Sendable {
        public static let noStorage = TaskFailure("There is no internal storage here")

        /// Takes a line at once; must not block.
        public var log: @Sendable (LogLevel, String) -> Void
        /// Suspends while too many lines wait to be written.
        public var logRoom: @Sendable () async -> Void
        public var metric: @Sendable (Metric) -> Void
        public var render: @Sendable (String) async throws -> String
        /// Copies a local file (path, name) into internal storage and answers its URI.
        public var store: @Sendable (String, String) async throws -> String
        /// Copies a file of internal storage (URI, path) to a local path.
        public var fetch: @Sendable (String, String) async throws -> Void
        /// The rest of what a task may do with files of internal storage.
        public var files: StoredFiles
        /// Compiles a text that the task renders once for each item.
        public var itemRenderer: @Sendable (String) throws -> ItemRenderer
        /// Runs another task in the place of this one.
        public var inner: @Sendable (String, OrderedMap<Value>) async throws -> PluginRegistry.Result

        public init(
            log: @escaping @Sendable (LogLevel, String) -> Void,
            logRoom: @escaping @Sendable () async -> Void = {},
            metric: @escaping @Sendable (Metric) -> Void = { _ in },
            render: @escaping @Sendable (String) async throws -> String = { $0 },
            store: @escaping @Sendable (String, String) async throws -> String = { _, _ in throw noStorage },
            fetch: @escaping @Sendable (String, String) async throws -> Void = { _, _ in throw noStorage },
            files: StoredFiles = .none,
            itemRenderer: @escaping @Sendable (String) throws -> ItemRenderer = { _ in
                throw TaskFailure("Nothing can be rendered here")
            },
            inner: @escaping @Sendable (String, OrderedMap<Value>) async throws -> PluginRegistry.Result = {
                _, _ in throw TaskFailure("No other task can be run here")
            }
        ) {
            self.log = log
            self.logRoom = logRoom
            self.metric = metric
            self.render = render
            self.store = store
            self.fetch = fetch
            self.files = files
            self.itemRenderer = itemRenderer
            self.inner = inner
        }
    }

    public init(
        executionID: Execution.ID, flow: FlowReference, taskID: String, taskRunID: TaskRun.ID, attempt: Int,
        variables: OrderedMap<Value>, workingDirectory: WorkingDirectory, services: Services = Services(),
        loopValue: String? = nil, outlets: Outlets
    ) {
        self.executionID = executionID
        self.flow = flow
        self.taskID = taskID
        self.taskRunID = taskRunID
        self.attempt = attempt
        self.variables = variables
        self.workingDirectory = workingDirectory
        self.services = services
        self.loopValue = loopValue
        self.outlets = outlets
    }

    /// Adds a line to the log of the execution.
    public func log(_ message: String, at level: LogLevel = .info) { outlets.log(level, message) }

    /// Suspends while the log is behind. To be called by who writes many lines, for lines beyond what the log
    /// can hold are dropped.
    public func logRoom() async { await outlets.logRoom() }

    /// Reports a number about the work.
    public func metric(_ metric: Metric) { outlets.metric(metric) }

    /// Renders a text with the variables of the task.
    ///
    /// - Throws: `ExpressionError`.
    public func render(_ text: String) async throws -> String { try await outlets.render(text) }

    /// Copies a local file into internal storage, among the files of this task run.
    ///
    /// - Parameter name: Its name there, which may have directories; by default that of the file.
    /// - Returns: The URI, `kestra:///…`.
    public func store(file path: String, named name: String? = nil) async throws -> String {
        try await outlets.store(path, name ?? path.split(separator: "/").last.map(String.init) ?? path)
    }

    /// Copies a file of internal storage, given by its URI, to a local path whose directory exists.
    public func fetch(_ uri: String, to path: String) async throws { try await outlets.fetch(uri, path) }

    /// What the task may do with files of internal storage besides fetching and storing.
    public var files: StoredFiles { outlets.files }

    /// Compiles a text that is rendered once for each item of a file: the fields of the item are variables, beside
    /// those of the task.
    ///
    /// The property it comes from is declared with `isDynamic: false`, so that nobody renders it before.
    /// - Throws: `ExpressionError` for a text that is not a template.
    public func itemRenderer(_ text: String) throws -> ItemRenderer { try outlets.itemRenderer(text) }

    /// Runs a task of another type in the place of this one, with its own properties as a flow writes them.
    ///
    /// - Throws: `TaskFailure` for a type that cannot be run here and for properties that it does not take.
    public func run(_ type: String, _ properties: OrderedMap<Value>) async throws -> PluginRegistry.Result {
        try await outlets.inner(type, properties)
    }
}
