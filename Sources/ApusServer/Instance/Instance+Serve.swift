import ApusAPI
import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel
import ApusStorage
import Foundation

extension Instance {
    /// Starts the HTTP API.
    ///
    /// - Returns: The port it listens on.
    /// - Throws: `HTTPServerError` when the address cannot be used, `ConfigurationFaults` when it would be open to
    ///   others without a password.
    public func serve(host: String, port: Int) async throws -> Int {
        let gate = try BasicAuthGate(settings.configuration.basicAuth, host: host)
        var router = makeRouter(services)
        router.gate = gate?.gate
        router.add("GET", "/metrics") { [database] _ in
            Response.text(Metrics.text(commits: database.commitCount))
        }
        var limits = ServerLimits()
        limits.uploadDirectory = settings.configuration.temporaryDirectory ?? NSTemporaryDirectory()
        let server = try HTTPServer(host: host, port: port, router: router, limits: limits) {
            error, request, id in
            Diagnostics.write("\(request.method) \(request.path): \(error) [\(id)]")
        }
        hold(server)
        return server.boundPort
    }

    private var services: APIServices {
        let facts = facts
        var services = APIServices(
            executor: executor, flows: flows, database: database, logs: logStore, files: storage.access,
            namespaceFiles: NamespaceFiles(storage),
            catalogue: compiler.catalogue,
            facts: ServerFacts(
                uuid: installationID, version: Version.text,
                isBasicAuthEnabled: settings.configuration.basicAuth.password != nil),
            now: Self.now, random: { UInt64.random(in: .min ... .max) }, variables: variables,
            fact: { request, flow, execution in
                await facts.answer(request, flow: flow, execution: execution)
            },
            encrypt: cipher?.conceal,
            obstacles: { [database] in
                do {
                    try await database.read { _ in }
                    return []
                } catch {
                    return ["the database does not answer: \(error)"]
                }
            },
            report: { Diagnostics.write($0) })
        let callsPerSecond = settings.configuration.webhookCallsPerSecond
        services.webhookLimit = WebhookLimit(callsPerSecond: callsPerSecond > 0 ? callsPerSecond : nil)
        return services
    }

    /// The same for the life of the data directory.
    private var installationID: String {
        let file = dataFile("installation-id")
        if let text = try? String(contentsOfFile: file, encoding: .utf8), !text.isEmpty { return text }
        let id = UUID().uuidString.replacingOccurrences(of: "-", with: "")
        do {
            try id.write(toFile: file, atomically: true, encoding: .utf8)
        } catch {
            Diagnostics.write("the id of the installation could not be kept: \(error)")
        }
        return id
    }
}

/// The version of the program.
public enum Version {
    public static let text = "0.1.0"
}

/// Measurements in the text form of Prometheus.
enum Metrics {
    static func text(commits: Int) -> String {
        """
        # HELP apus_database_commits_total Transactions committed since the start.
        # TYPE apus_database_commits_total counter
        apus_database_commits_total \(commits)

        """
    }
}
