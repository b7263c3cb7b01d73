public import ApusEngine
public import ApusModel

/// What an operator decided about this server: the settings of the configuration file and the environment.
///
/// Source: the product's configuration reference; settings of our own are below `apus:`.
public struct Configuration: Hashable, Sendable {
    /// Where the API and the interface listen.
    public var listen = Listen()
    /// How users reach this server, for absolute links.
    public var url: String?
    public var environment = Environment()
    /// Files of this server; made when missing.
    public var dataDirectory = "data"
    /// Directory of the internal storage; `nil`: `storage` in the data directory.
    public var storageBasePath: String?
    /// Directories of the machine that flows may use; empty for none.
    public var allowedPaths: [String] = []
    public var durability = Durability.full
    /// Flows whose expressions read what cannot be there are refused.
    public var isStrict = false
    /// The edition of flows that do not tell theirs.
    public var defaultEdition = Edition.one
    /// Plugin defaults for all flows.
    public var pluginDefaults: [PluginDefault] = []
    /// 128, 192 or 256 bits for inputs and outputs that are secret; `nil`: such inputs are refused.
    public var encryptionKey: Secret?
    public var basicAuth = BasicAuth()
    public var variables = TemplateVariables()
    /// Tasks that a worker runs at once; `nil`: eight for each core.
    public var workerThreads: Int?
    /// How long running tasks may go on once the server is told to stop; not negative.
    public var terminationGracePeriod = ISODuration.seconds(30)
    /// Directory where uploads wait until they are stored; `nil`: the system's.
    public var temporaryDirectory: String?
    /// Calls of one flow's webhooks from one address in a second; 0 for no limit.
    public var webhookCallsPerSecond = 0
    /// Settings that were read but do nothing here, and the like: worth a line in the log.
    public var notes: [Fault] = []

    public init() {}

    /// The directory of the internal storage.
    public var storagePath: String { storageBasePath ?? "\(dataDirectory)/storage" }
    public var databasePath: String { "\(dataDirectory)/apus.db" }
}

extension Configuration {
    public struct Listen: Hashable, Sendable {
        public var host = "127.0.0.1"
        /// 0 takes any free port.
        public var port = 8080
    }

    public struct Environment: Hashable, Sendable {
        public var name: String?
    }

    /// What a crash of the machine may take away.
    public enum Durability: String, Hashable, Sendable, CaseIterable {
        /// Nothing that was answered.
        case full
        /// The last moments, for more throughput. A crash of the process alone takes nothing.
        case relaxed
    }

    public struct BasicAuth: Hashable, Sendable {
        public var isEnabled = true
        /// Looks like an email address.
        public var username: String?
        public var password: Secret?
        public var realm = "Kestra"
        /// Paths that need no password.
        public var openURLs: [String] = []
    }

    /// What templates find besides the variables of an execution.
    public struct TemplateVariables: Hashable, Sendable {
        public var globals: OrderedMap<Value> = [:]
        /// Environment variables with this prefix are `envs`, without it and in small letters.
        public var environmentPrefix = "ENV_"
        /// Environment variables, by their full names, that `envs` leaves out.
        public var redactedEnvironment: [String] = []
    }
}
