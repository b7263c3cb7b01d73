public import ApusModel

/// What an operator decided about this server: the settings of the configuration file and the environment.
///
/// Source: the product's configuration reference; settings of our own are below `apus:`.
public struct Configuration: Hashable, Sendable {
    /// Where the API and the interface listen.
    public var listen = Listen()
    /// Where health and metrics listen.
    public var managementPort = 8081
    /// How users reach this server, for absolute links.
    public var url: String?
    public var environment = Environment()
    /// Files of this server; made when missing.
    public var dataDirectory = "data"
    /// Directory of the internal storage; `nil`: `storage` in the data directory.
    public var storageBasePath: String?
    public var durability = Durability.full
    /// 128, 192 or 256 bits for inputs and outputs that are secret; `nil`: such inputs are refused.
    public var encryptionKey: Secret?
    public var basicAuth = BasicAuth()
    public var variables = TemplateVariables()
    /// Tasks that a worker runs at once; `nil`: eight for each core.
    public var workerThreads: Int?
    public var liveness = Liveness()
    /// How long running tasks may go on once the server is told to stop.
    public var terminationGracePeriod = ISODuration.seconds(300)
    public var restartStrategy = RestartStrategy.afterGracePeriod
    public var preview = Preview()
    public var plugins = Plugins()
    public var localFiles = LocalFiles()
    /// Directory for working directories of tasks; `nil`: the system's.
    public var temporaryDirectory: String?
    /// Script tasks may mount host directories into containers.
    public var allowsContainerVolumes = false
    /// Namespace of flows that look after the server itself.
    public var systemNamespace = "system"
    /// Labels beginning with one of these are not shown.
    public var hiddenLabelPrefixes = ["system.", "internal."]
    public var hasTemplates = false
    public var hasTutorialFlows = true
    public var watch = Watch()
    /// Log levels by logger name.
    public var logLevels: OrderedMap<Value> = [:]
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
        /// `#RRGGBB`
        public var color: String?
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
        public var rendersRecursively = false
        public var maxRenderDepth = 16
        /// Environment variables that templates never see.
        public var redactedEnvironment: [String] = []
    }

    public struct Liveness: Hashable, Sendable {
        public var isEnabled = true
        public var interval = ISODuration.seconds(10)
        public var timeout = ISODuration.seconds(60)
        public var initialDelay = ISODuration.seconds(60)
        public var heartbeatInterval = ISODuration.seconds(3)
    }

    /// What happens to the task runs of a worker that is gone.
    public enum RestartStrategy: String, Hashable, Sendable, CaseIterable {
        case never = "NEVER"
        case immediately = "IMMEDIATELY"
        case afterGracePeriod = "AFTER_TERMINATION_GRACE_PERIOD"
    }

    public struct Preview: Hashable, Sendable {
        public var initialRows = 100
        public var maxRows = 5000
    }

    public struct Plugins: Hashable, Sendable {
        /// Maps with `type`, `values` and maybe `forced`: properties for the tasks of all flows.
        public var defaults: [Value] = []
        /// Maps with `type` and `values`: settings for plugins themselves.
        public var configurations: [Value] = []
    }

    /// What tasks and templates may do with files of the host.
    public struct LocalFiles: Hashable, Sendable {
        public var allowedPaths: [String] = []
        public var allowsPreview = true
        public var allowsFunctions = true
    }

    /// Directories whose flow files are kept in step with the server.
    public struct Watch: Hashable, Sendable {
        public var isEnabled = false
        public var paths: [String] = []
    }
}
