public import ApusDatabase
public import ApusExecutor
public import ApusExpressions
public import ApusModel
public import ApusSchema
public import ApusStorage

/// Everything the endpoints use. Made by the composer, one for a process.
public struct APIServices: Sendable {
    public var executor: Executor
    public var flows: FlowStore
    public var database: any Database
    public var logs: any LogStore
    public var files: FileAccess
    public var namespaceFiles: NamespaceFiles
    public var catalogue: Catalogue
    /// The only clock the API reads.
    public var now: @Sendable () -> Timestamp
    /// 64 random bits, for functions such as `uuid()` in the defaults of inputs.
    public var random: @Sendable () -> UInt64
    /// `envs`, `globals` and `kestra` for expressions.
    public var variables: OrderedMap<Value>
    /// Answers what the defaults of inputs, and expressions that are tried out, need from outside; `nil` for the
    /// execution that does not exist yet.
    public var fact: Fact
    public typealias Fact =
        @Sendable (FactRequest, FlowReference, Execution.ID?) async throws -> Result<Value?, FactFailure>
    /// Turns a secret into its stored form; `nil` when encryption is not configured.
    public var encrypt: (@Sendable (String) throws -> Value)?
    /// What keeps the server from doing its work, in plain words; empty when it is ready.
    public var obstacles: @Sendable () async -> [String]
    /// Takes the text of errors nobody foresaw. Never secrets, never shown to clients.
    public var report: @Sendable (String) -> Void
    public var facts: ServerFacts
    /// How often strangers may call webhooks.
    public var webhookLimit = WebhookLimit()

    public init(
        executor: Executor, flows: FlowStore, database: any Database, logs: any LogStore,
        files: FileAccess, namespaceFiles: NamespaceFiles, catalogue: Catalogue, facts: ServerFacts,
        now: @escaping @Sendable () -> Timestamp, random: @escaping @Sendable () -> UInt64,
        variables: OrderedMap<Value> = [:],
        fact: @escaping Fact,
        encrypt: (@Sendable (String) throws -> Value)? = nil,
        obstacles: @escaping @Sendable () async -> [String] = { [] },
        report: @escaping @Sendable (String) -> Void
    ) {
        self.executor = executor
        self.flows = flows
        self.database = database
        self.logs = logs
        self.files = files
        self.namespaceFiles = namespaceFiles
        self.catalogue = catalogue
        self.facts = facts
        self.now = now
        self.random = random
        self.variables = variables
        self.fact = fact
        self.encrypt = encrypt
        self.obstacles = obstacles
        self.report = report
    }

    var listing: Listing { Listing(database: database) }
}

/// What the server says about itself.
public struct ServerFacts: Sendable {
    /// The same for the life of an installation; letters and digits.
    public var uuid: String
    public var version: String
    public var commit: String?
    /// Whether requests need credentials.
    public var isBasicAuthEnabled: Bool

    public init(uuid: String, version: String, commit: String? = nil, isBasicAuthEnabled: Bool = false) {
        self.uuid = uuid
        self.version = version
        self.commit = commit
        self.isBasicAuthEnabled = isBasicAuthEnabled
    }
}
