internal import ApusEngine
internal import ApusModel

/// Every key that is known here.
enum Settings {
    /// Keys that change something, or are refused where they would.
    static let all: [Setting] = listening + storing + running + describing + unsupported

    /// Keys of the product, with all below them, that have no meaning here; they are accepted with a note.
    static let withoutEffect = [
        "datasources", "endpoints", "micronaut", "otel", "jackson", "flyway", "logger", "kestra.server-type",
        "kestra.jdbc", "kestra.indexer", "kestra.kafka", "kestra.elasticsearch",
        "kestra.anonymous-usage-report", "kestra.ui-anonymous-usage-report", "kestra.webserver", "kestra.ui",
        "kestra.ai", "kestra.pebble", "kestra.traces", "kestra.security", "kestra.kv", "kestra.heartbeat",
        "kestra.retries", "kestra.tasks", "kestra.plugins.repositories", "kestra.plugins.management",
        "kestra.plugins.configurations", "kestra.server.service", "kestra.server.liveness",
        "kestra.server.worker-task-restart-strategy", "kestra.server.preview",
        "kestra.variables.cache-enabled",
        "kestra.variables.cache-size", "kestra.variables.max-render-depth", "kestra.storage.isolation",
        "kestra.local-files.enable-preview", "kestra.local-files.enable-file-functions", "kestra.templates",
        "kestra.environment.color", "kestra.system-flows",
        "kestra.hidden-labels", "kestra.tutorial-flows", "kestra.ee",
    ]

    private static let listening: [Setting] = [
        .text("micronaut.server.host", \.listen.host),
        .number("micronaut.server.port", in: 0...65_535, \.listen.port),
        .text("apus.listen.host", \.listen.host),
        .number("apus.listen.port", in: 0...65_535, \.listen.port),
        .text("kestra.url", \.url),
        .flag("kestra.server.basic-auth.enabled", \.basicAuth.isEnabled),
        .text("kestra.server.basic-auth.username", \.basicAuth.username),
        Setting("kestra.server.basic-auth.password") { configuration, value throws(SettingError) in
            configuration.basicAuth.password = Secret(try value.text())
        },
        .text("kestra.server.basic-auth.realm", \.basicAuth.realm),
        .texts("kestra.server.basic-auth.open-urls", \.basicAuth.openURLs),
        .number("apus.webhooks.calls-per-second", in: 0...1_000_000, \.webhookCallsPerSecond),
    ]

    private static let storing: [Setting] = [
        .text("apus.data-dir", \.dataDirectory),
        .texts("kestra.local-files.allowed-paths", \.allowedPaths),
        .choice("apus.durability", \.durability),
        .flag("apus.flows.strict", \.isStrict),
        Setting("apus.flows.edition") { configuration, value throws(SettingError) in
            guard let edition = Edition(rawValue: try value.number(in: 1...2)) else { return }
            configuration.defaultEdition = edition
        },
        pluginDefaults,
        embedded("kestra.queue.type"),
        embedded("kestra.repository.type"),
        Setting("kestra.storage.type") { _, value throws(SettingError) in
            guard try value.text() == "local" else {
                throw SettingError(
                    "this server stores files in a local directory only", remedy: "use `local`")
            }
        },
        .text("kestra.storage.local.base-path", \.storageBasePath),
        Setting("kestra.encryption.secret-key") { configuration, value throws(SettingError) in
            let key = try value.text()
            guard let count = Base64.byteCount(key), [16, 24, 32].contains(count) else {
                throw SettingError(
                    "expected 128, 192 or 256 bits in base64",
                    remedy: "make one with `openssl rand -base64 32`")
            }
            configuration.encryptionKey = Secret(key)
        },
        Setting("kestra.secret.type") { _, value throws(SettingError) in
            guard try value.text() == "env" else {
                throw SettingError("secrets come from the environment only", remedy: "use `env`")
            }
        },
    ]

    private static let running: [Setting] = [
        Setting("kestra.worker.thread") { configuration, value throws(SettingError) in
            configuration.workerThreads = try value.number(in: 1...10_000)
        },
        .duration("kestra.server.termination-grace-period", \.terminationGracePeriod),
        Setting("kestra.variables.globals") { configuration, value throws(SettingError) in
            configuration.variables.globals = try value.map()
        },
        .text("kestra.variables.env-vars-prefix", \.variables.environmentPrefix),
        .texts("kestra.variables.redacted-env-vars", \.variables.redactedEnvironment),
        .text("kestra.tasks.tmp-dir.path", \.temporaryDirectory),
    ]

    private static let describing: [Setting] = [.text("kestra.environment.name", \.environment.name)]

    /// Keys that would change what flows do: a server that went on without them would do the wrong thing.
    static let unsupported: [Setting] = [
        Setting("kestra.variables.recursive-rendering") { _, value throws(SettingError) in
            guard try !value.flag() else {
                throw SettingError(
                    "this version does not support recursive rendering",
                    remedy: "set it to `false`, and use `render(…)` in the flows that need it")
            }
        }
    ]

    /// Lists, which one variable of the environment gives as a whole, in JSON.
    static let undivided = [pluginDefaults]

    private static let pluginDefaults = Setting("kestra.plugins.defaults") {
        configuration, value throws(SettingError) in
        let parsed = value.value.stringValue.flatMap { try? JSONParser.parse($0) }
        guard let items = (parsed ?? value.value).listValue else {
            throw SettingError("expected a list of plugin defaults, each with `type` and `values`")
        }
        configuration.pluginDefaults = try items.map { item throws(SettingError) in
            do throws(PluginDefaultFaults) {
                return try PluginDefault(item)
            } catch {
                let faults = error.faults.map { $0.key.isEmpty ? $0.message : "`\($0.key)`: \($0.message)" }
                throw SettingError(faults.joined(separator: "; "))
            }
        }
    }

    /// The database is part of this server: what names an embedded one means just that.
    private static func embedded(_ key: String) -> Setting {
        Setting(key) { _, value throws(SettingError) in
            guard ["h2", "memory", "sqlite"].contains(try value.text().lowercased()) else {
                throw SettingError(
                    "this server keeps its data in an embedded database",
                    remedy: "use `sqlite` (`h2` and `memory` mean the same) and set `apus.data-dir`")
            }
        }
    }
}
