import ApusModel
import ApusPlugin
import Foundation
import Synchronization

@testable import ApusPluginsHTTP

/// Runs HTTP tasks from properties as a flow has them, against a server and a storage of files by URI.
final class HTTPTaskHarness: Sendable {
    struct Stored: Sendable {
        var name: String
        var content: Data
    }

    private struct State {
        var logs: [String] = []
        var stored: [String: Stored] = [:]
    }

    private let state = Mutex(State())
    private let files: [String: String]
    private let registry: PluginRegistry

    init(files: [String: String] = [:]) {
        self.files = files
        var registry = PluginRegistry()
        HTTPPlugins.add(to: &registry)
        self.registry = registry
    }

    var logs: [String] { state.withLock { $0.logs } }

    func stored(_ uri: String?) -> Stored? {
        guard let uri else { return nil }
        return state.withLock { $0.stored[uri] }
    }

    func run(_ type: String, _ properties: OrderedMap<Value>) async throws -> OrderedMap<Value> {
        let directory = WorkingDirectory(path: NSTemporaryDirectory() + "apus-http-\(UUID().uuidString)")
        defer { try? directory.remove() }
        let context = TaskContext(
            executionID: "e", flow: FlowReference(namespace: "n", id: "f", revision: 1), taskID: "t",
            taskRunID: "r", attempt: 0, variables: [:], workingDirectory: directory,
            outlets: TaskContext.Outlets(
                log: { level, text in self.state.withLock { $0.logs.append("\(level) \(text)") } },
                store: { path, name in
                    let content = FileManager.default.contents(atPath: path) ?? Data()
                    let uri = "kestra:///n/f/executions/e/\(name)"
                    self.state.withLock { $0.stored[uri] = Stored(name: name, content: content) }
                    return uri
                },
                fetch: { uri, path in
                    guard let text = self.files[uri] else { throw TaskFailure("no \(uri)") }
                    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
                }))
        guard let runnable = registry.runnable(named: type) else { throw TaskFailure("no \(type)") }
        return try await runnable(properties, context).values
    }

    func request(_ properties: OrderedMap<Value>) async throws -> OrderedMap<Value> {
        try await run("io.kestra.plugin.core.http.Request", properties)
    }

    func download(_ properties: OrderedMap<Value>) async throws -> OrderedMap<Value> {
        try await run("io.kestra.plugin.core.http.Download", properties)
    }

    /// What the server's `/echo` saw.
    func echo(_ server: PythonServer, _ properties: OrderedMap<Value>) async throws -> Value {
        var properties = properties
        if properties["uri"] == nil { properties["uri"] = .string("\(server.url)/echo") }
        return try JSONParser.parse(try await request(properties)["body"]?.stringValue ?? "")
    }

    /// The message a task fails with.
    func failure(
        of type: String = "io.kestra.plugin.core.http.Request", _ properties: OrderedMap<Value>
    ) async -> String {
        do {
            return "succeeded: \(try await run(type, properties)["code"]?.json ?? "")"
        } catch {
            return "\(error)"
        }
    }
}
