import ApusExpressions
import ApusModel
import ApusPlugin
import Foundation
import Synchronization

/// A task context that keeps what the task says; its working directory is removed with it.
final class TestContext: Sendable {
    struct Seen: Sendable {
        var logs: [InlineResult.Log] = []
        var metrics: [Metric] = []
        /// Content by URI.
        var stored: [String: String] = [:]

        mutating func removeStored() -> [String] {
            defer { stored = [:] }
            return stored.keys.sorted()
        }
    }

    let directory = WorkingDirectory(
        path: "\(FileManager.default.temporaryDirectory.path)/apus-test-\(UUID().uuidString)")
    private let state = Mutex(Seen())
    private let services: Services
    private let loopValue: String?

    init(services: Services = Services(), loopValue: String? = nil) {
        self.services = services
        self.loopValue = loopValue
    }

    deinit { try? directory.remove() }

    var seen: Seen { state.withLock { $0 } }
    func lines(at level: LogLevel) -> [String] { seen.logs.filter { $0.level == level }.map(\.message) }
    func put(_ content: String, at uri: String) { state.withLock { $0.stored[uri] = content } }

    var context: TaskContext {
        TaskContext(
            executionID: "e1", flow: FlowReference(namespace: "company.team", id: "flow", revision: 1),
            taskID: "task",
            taskRunID: "t1", attempt: 0, variables: [:], workingDirectory: directory,
            services: services, loopValue: loopValue,
            outlets: TaskContext.Outlets(
                log: { level, message in self.state.withLock { $0.logs.append(.init(level, message)) } },
                metric: { metric in self.state.withLock { $0.metrics.append(metric) } },
                store: { path, name in
                    let content = try String(contentsOfFile: path, encoding: .utf8)
                    self.put(content, at: "kestra:///\(name)")
                    return "kestra:///\(name)"
                },
                fetch: { uri, path in
                    guard let content = self.seen.stored[uri] else { throw TaskFailure("no file \(uri)") }
                    try content.write(toFile: path, atomically: false, encoding: .utf8)
                },
                files: StoredFiles(
                    size: { self.seen.stored[$0]?.utf8.count },
                    delete: { uri in self.state.withLock { $0.stored.removeValue(forKey: uri) != nil } },
                    deleteAll: { self.state.withLock { $0.removeStored() } }),
                itemRenderer: { text in
                    let template = try Template(text)
                    return { item, _ in
                        try template.renderIfPrinted(
                            RenderContext(variables: Variables(item), now: Timestamp(microseconds: 0)))
                    }
                }))
    }
}
