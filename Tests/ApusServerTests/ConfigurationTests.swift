import ApusModel
import ApusServer
import Testing

@Suite struct ConfigurationTests {
    static let key = "I6EGNzRESu3X3pKZidrqCGOHQFUFC0yK8GT0GXiZJeQ="

    @Test("a configuration of the product is read")
    func whole() throws {
        let file = """
            datasources:
              postgres: {url: jdbc:postgresql://x}
            micronaut:
              server: {host: 127.0.0.1, port: 9090, cors: {enabled: true}}
            kestra:
              server:
                basicAuth: {enabled: true, username: admin@kestra.io, password: 0123, open-urls: [/api/v1/x]}
                termination-grace-period: 30s
                worker-task-restart-strategy: IMMEDIATELY
                liveness: {timeout: PT2M}
              repository: {type: h2}
              queue.type: memory
              storage:
                type: local
                local: {base-path: /app/storage}
              encryption: {secret-key: \(Self.key)}
              variables:
                globals: {greeting: hello, deep: {n: 1}}
                env-vars-prefix: MY_
                recursive-rendering: false
                redacted-env-vars: [MY_TOKEN]
              url: ${KESTRA_HOST:http://localhost:8080}/
              environment: {name: "Team ${TEAM}", color: "#FF0000"}
              worker: {thread: 16}
              tasks: {tmp-dir: {path: /scratch}, scripts: {docker: {volume-enabled: true}}}
              anonymous-usage-report: {enabled: true}
            apus:
              durability: relaxed
              data-dir: /var/lib/apus
            """
        let configuration = try Configuration.load(file: file, environment: ["TEAM": "blue"])
        #expect(configuration.listen.host == "127.0.0.1" && configuration.listen.port == 9090)
        #expect(configuration.basicAuth.username == "admin@kestra.io")
        #expect(configuration.basicAuth.password?.revealed == "0123")
        #expect(configuration.basicAuth.openURLs == ["/api/v1/x"])
        #expect(configuration.terminationGracePeriod == .seconds(30))
        #expect(configuration.storagePath == "/app/storage")
        #expect(configuration.encryptionKey?.revealed == Self.key)
        #expect(configuration.variables.globals == ["greeting": "hello", "deep": ["n": 1]])
        #expect(
            configuration.variables.environmentPrefix == "MY_"
                && configuration.variables.redactedEnvironment == ["MY_TOKEN"])
        #expect(
            configuration.url == "http://localhost:8080/" && configuration.environment.name == "Team blue")
        #expect(configuration.workerThreads == 16 && configuration.temporaryDirectory == "/scratch")
        #expect(configuration.durability == .relaxed && configuration.databasePath == "/var/lib/apus/apus.db")
        #expect(
            configuration.notes.map(\.path.description)
                == [
                    "datasources", "micronaut.server.cors", "kestra.server.worker-task-restart-strategy",
                    "kestra.server.liveness", "kestra.environment.color", "kestra.tasks.scripts",
                    "kestra.anonymous-usage-report",
                ])
        #expect(configuration.notes.allSatisfy { $0.severity == .info })
        #expect(configuration.notes.last?.position == SourcePosition(line: 26, column: 3))
    }

    @Test(
        "nothing given means the defaults", arguments: [nil, "", " \n", "kestra:\n", "kestra: {}\napus:\n"])
    func defaults(file: String?) throws {
        let configuration = try Configuration.load(file: file, environment: ["PATH": "/bin"])
        #expect(configuration == Configuration())
        #expect(configuration.listen.port == 8080 && configuration.storagePath == "data/storage")
        #expect(configuration.durability == .full && configuration.encryptionKey == nil)
        #expect(configuration.terminationGracePeriod.iso == "PT30S")
    }

    @Test(
        "a key of the product that nothing here uses is accepted with a note",
        arguments: [
            "endpoints.all.port: 8081", "micronaut.io.watch.enabled: true", "logger.levels: {root: DEBUG}",
            "kestra.server.liveness.enabled: false", "kestra.server.worker-task-restart-strategy: NEVER",
            "kestra.server.preview.max-rows: 10", "kestra.plugins.configurations: []",
            "kestra.local-files.enable-preview: true", "kestra.tasks.scripts.docker.volume-enabled: true",
            "kestra.system-flows.namespace: ops", "kestra.hidden-labels.prefixes: [x]",
            "kestra.templates.enabled: true", "kestra.tutorial-flows.enabled: false",
            "kestra.environment.color: red", "kestra.variables.max-render-depth: 3",
        ])
    func withoutEffect(line: String) throws {
        let configuration = try Configuration.load(file: line, environment: [:])
        #expect(configuration.notes.map(\.severity) == [.info])
        var rest = configuration
        rest.notes = []
        #expect(rest == Configuration())
    }

    @Test("running tasks get the configured period, those of an ephemeral instance a second")
    func gracePeriod() throws {
        let configuration = try Configuration.load(
            file: "kestra.server.termination-grace-period: PT1M30S", environment: [:])
        var settings = Instance.Settings(
            configuration: configuration, dataDirectory: "data", isEphemeral: false)
        #expect(settings.gracePeriod == .seconds(90))
        settings.isEphemeral = true
        #expect(settings.gracePeriod == .seconds(1))
    }

    @Test(
        "a mistake is named with its place and the nearest key",
        arguments: [
            (
                "kestra:\n  storag:\n    type: local\n",
                "kestra.storag: unknown setting `kestra.storag` (line 2, column 3); did you mean `kestra.storage`?"
            ),
            (
                "kestra:\n  storage:\n    local:\n      base-pth: x\n",
                "kestra.storage.local.base-pth: unknown setting `kestra.storage.local.base-pth` (line 4, column 7); did you mean `kestra.storage.local.base-path`?"
            ),
            (
                "kestar:\n  url: x\n",
                "kestar: unknown setting `kestar` (line 1, column 1); did you mean `kestra`?"
            ),
            ("kestra: x\n", "kestra: expected a map, found text (line 1, column 9)"),
            ("- a\n", "expected a map, found list (line 1, column 1); begin with `kestra:`"),
            (
                "apus: {durability: ful}\n",
                "apus.durability: expected one of `full`, `relaxed` (line 1, column 20); did you mean `full`?"
            ),
            (
                "apus: {listen: {port: 70000}}\n",
                "apus.listen.port: expected a whole number, 0 to 65535 (line 1, column 23)"
            ),
            (
                "kestra: {queue: {type: kafka}}\n",
                "kestra.queue.type: this server keeps its data in an embedded database (line 1, column 24); use `sqlite` (`h2` and `memory` mean the same) and set `apus.data-dir`"
            ),
            (
                "kestra: {storage: {type: s3}}\n",
                "kestra.storage.type: this server stores files in a local directory only (line 1, column 26); use `local`"
            ),
            (
                "kestra: {encryption: {secret-key: short}}\n",
                "kestra.encryption.secret-key: expected 128, 192 or 256 bits in base64 (line 1, column 35); make one with `openssl rand -base64 32`"
            ),
            (
                "kestra: {url: \"${NOPE}\"}\n",
                "kestra.url: the environment variable `NOPE` is not set (line 1, column 15); set it, or give a default: `${NOPE:…}`"
            ),
            (
                "kestra: {server: {termination-grace-period: soon}}\n",
                "kestra.server.termination-grace-period: expected a duration (line 1, column 45); write it as `PT10S` or `10s`"
            ),
            (
                "kestra: {server: {termination-grace-period: -PT1S}}\n",
                "kestra.server.termination-grace-period: expected a duration (line 1, column 45); write it as `PT10S` or `10s`"
            ),
            (
                "kestra.plugins.defaults: [{type: x, value: {}}]\n",
                "kestra.plugins.defaults: `value`: there is no property `value`: expected `type`, `values`, `forced` and `ref`; `values`: expected a map of values (line 1, column 26)"
            ),
            (
                "kestra.variables.recursive-rendering: true\n",
                "kestra.variables.recursive-rendering: this version does not support recursive rendering (line 1, column 39); set it to `false`, and use `render(…)` in the flows that need it"
            ),
            (
                "kestra:\n  url: a\n  url: b\n",
                "kestra.url: Duplicate field 'url', the first is in line 2 (line 3, column 3); remove one of the two"
            ),
        ])
    func refused(file: String, line: String) {
        do throws(ConfigurationFaults) {
            _ = try Configuration.load(file: file, environment: [:])
            Issue.record("accepted")
        } catch {
            #expect(error.description == line)
        }
    }

    @Test("the environment wins over its text, and its text over the file")
    func precedence() throws {
        let configuration = try Configuration.load(
            file: "kestra: {url: file, environment: {name: file}}\napus: {data-dir: file}",
            environment: [
                "KESTRA_CONFIGURATION": "kestra:\n  url: text\n  environment: {name: text}\n",
                "KESTRA_URL": "variable",
                "KESTRA_STORAGE_LOCAL_BASE__PATH": "/s", "MICRONAUT_SERVER_PORT": "81",
                "APUS_DURABILITY": "relaxed",
                "KESTRA_VARIABLES_REDACTED__ENV__VARS": "A, B",
            ])
        #expect(configuration.url == "variable" && configuration.environment.name == "text")
        #expect(configuration.dataDirectory == "file" && configuration.storagePath == "/s")
        #expect(configuration.listen.port == 81 && configuration.durability == .relaxed)
        #expect(configuration.variables.redactedEnvironment == ["A", "B"])
        #expect(configuration.notes.isEmpty)
    }

    @Test("a fault in the environment says where it is")
    func environmentFaults() {
        do throws(ConfigurationFaults) {
            _ = try Configuration.load(
                file: "kestra:\n  urll: x\n",
                environment: ["KESTRA_CONFIGURATION": "kestra:\n  nope: 1", "KESTRA_WORKER_THREAD": "many"])
            Issue.record("accepted")
        } catch {
            #expect(error.faults.count == 3)
            #expect(error.faults[1].message.hasPrefix("in KESTRA_CONFIGURATION: unknown setting"))
            #expect(
                error.faults[2].message.hasPrefix(
                    "in the environment variable KESTRA_WORKER_THREAD: expected"))
        }
    }

    @Test(
        "a variable that may be a misspelt setting is worth a warning, one for `envs` is not",
        arguments: [
            ("KESTRA_TEST1", nil), ("KESTRA_USER", nil), ("KESTRA_ENVIRONMENT", nil), ("KESTRA_", nil),
            ("KESTRA_MY_TOKEN", nil), ("LOGGER_STYLE", nil), ("MICRONAUTS", nil),
            ("KESTRA_ULR", "warning: did you mean `KESTRA_URL`?"),
            ("KESTRA_WORKER_THREADS", "warning: did you mean `KESTRA_WORKER_THREAD`?"),
            ("KESTRA_STORAGE_BUCKET_REGION", "warning: "),
            ("KESTRA_VARIABLES_GLOBALS_REGION", "warning: did you mean `KESTRA_VARIABLES_GLOBALS`?"),
            ("APUS_NOPE", "warning: "),
            ("KESTRA_HIDDEN__LABELS_PREFIXES", "info: "), ("ENDPOINTS_ALL_PORT", "info: "),
            ("LOGGER_LEVELS_ROOT", "info: "),
        ])
    func unknownVariable(name: String, note: String?) throws {
        let configuration = try Configuration.load(file: nil, environment: [name: "1"])
        #expect(configuration.notes.map { "\($0.severity): \($0.remedy ?? "")" } == (note.map { [$0] } ?? []))
    }

    @Test(
        "what would change flows is refused from the environment too",
        arguments: [
            ("KESTRA_PLUGINS_DEFAULTS_0_TYPE", "x"), ("KESTRA_VARIABLES_RECURSIVE__RENDERING", "true"),
        ])
    func unsupportedVariable(name: String, value: String) {
        #expect(throws: ConfigurationFaults.self) {
            try Configuration.load(file: nil, environment: [name: value])
        }
    }

    @Test("secrets are not printed")
    func secrets() throws {
        let configuration = try Configuration.load(
            file:
                "kestra: {server: {basic-auth: {password: hunter2}}, encryption: {secret-key: \(Self.key)}}",
            environment: [:])
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("hunter2"))
        #expect(!dumped.contains(Self.key))
    }
}
