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
                recursive-rendering: true
              url: ${KESTRA_HOST:http://localhost:8080}/
              environment: {name: "Team ${TEAM}", color: "#FF0000"}
              worker: {thread: 16}
              plugins:
                defaults:
                  - type: io.kestra.plugin.core.log.Log
                    values: {level: WARN}
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
        #expect(configuration.restartStrategy == .immediately)
        #expect(
            configuration.liveness.timeout == .seconds(120) && configuration.liveness.interval == .seconds(10)
        )
        #expect(configuration.storagePath == "/app/storage")
        #expect(configuration.encryptionKey?.revealed == Self.key)
        #expect(configuration.variables.globals == ["greeting": "hello", "deep": ["n": 1]])
        #expect(
            configuration.variables.environmentPrefix == "MY_" && configuration.variables.rendersRecursively)
        #expect(
            configuration.url == "http://localhost:8080/" && configuration.environment.name == "Team blue")
        #expect(configuration.workerThreads == 16 && configuration.plugins.defaults.count == 1)
        #expect(configuration.durability == .relaxed && configuration.databasePath == "/var/lib/apus/apus.db")
        #expect(
            configuration.notes.map(\.path.description)
                == ["datasources", "micronaut.server.cors", "kestra.anonymous-usage-report"])
        #expect(configuration.notes.last?.position == SourcePosition(line: 28, column: 3))
    }

    @Test(
        "nothing given means the defaults", arguments: [nil, "", " \n", "kestra:\n", "kestra: {}\napus:\n"])
    func defaults(file: String?) throws {
        let configuration = try Configuration.load(file: file, environment: ["PATH": "/bin"])
        #expect(configuration == Configuration())
        #expect(configuration.listen.port == 8080 && configuration.storagePath == "data/storage")
        #expect(configuration.durability == .full && configuration.encryptionKey == nil)
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
                "kestra:\n  url: a\n  url: b\n",
                "kestra.url: Duplicate field 'kestra.url', the first is in line 2 (line 3, column 3); remove one of the two"
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
                "KESTRA_HIDDEN__LABELS_PREFIXES": "a., b.",
            ])
        #expect(configuration.url == "variable" && configuration.environment.name == "text")
        #expect(configuration.dataDirectory == "file" && configuration.storagePath == "/s")
        #expect(configuration.listen.port == 81 && configuration.durability == .relaxed)
        #expect(configuration.hiddenLabelPrefixes == ["a.", "b."] && configuration.notes.isEmpty)
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

    @Test("an unknown variable of ours is worth a note")
    func unknownVariable() throws {
        let configuration = try Configuration.load(file: nil, environment: ["KESTRA_NOPE": "1"])
        #expect(configuration.notes.map(\.severity) == [.warning])
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
