import ApusDatabase
import ApusDatabaseSQLite
import ApusEngine
import ApusExecutor
import ApusExpressions
import ApusHTTP
import ApusModel
import ApusSchema
import ApusStorage
import ApusYAML
import Foundation
import Synchronization

@testable import ApusAPI

/// The API over the real executor and database, called without a network. No worker runs: tasks of the type
/// `test.Wait` run until they are killed.
final class TestServer: Sendable {
    let router: Router
    let services: APIServices
    private let directory: URL

    /// - Parameter fact: What expressions that are tried out, and defaults of inputs, get from outside.
    init(fact: @escaping APIServices.Fact = { _, _, _ in .success(nil) }) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "apus-api-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let database = try SQLiteDatabase(
            .init(path: directory.appending(path: "main.sqlite").path, durability: .none))
        let ticks = Mutex<Int64>(1_795_255_638_000_000)
        let now: @Sendable () -> Timestamp = {
            Timestamp(
                microseconds: ticks.withLock { ticks in
                    ticks += 1000
                    return ticks
                })
        }
        let flows = FlowStore(
            database: database, compiler: FlowCompiler(catalogue: Self.catalogue), now: now
        ) { text throws(Fault) in
            let document = try YAML.parse(text)
            return (document.root, document.positions)
        }
        let logs = try SQLiteLogStore(
            path: directory.appending(path: "logs.sqlite").path, durability: .none,
            now: Timestamp(microseconds: 0))
        let executor = Executor(
            database: database, flows: flows,
            surroundings: Surroundings(
                now: now, random: { UInt64.random(in: .min ... .max) },
                runInline: { _, properties, _ in
                    InlineOutcome(state: .success, outputs: ["value": properties["format"] ?? .null])
                },
                fact: { _, _, _, _ in .success(nil) }, load: { _, _, _ in .success(nil) }, start: { _ in },
                cancel: { _ in }, release: { _ in },
                log: { keyed, _ in
                    _ = logs.offer(keyed.map { LogEntry(key: $0.key, line: $0.line) })
                }, worker: "test"))
        services = APIServices(
            executor: executor, flows: flows, database: database, logs: logs,
            files: TestFiles(directory.appending(path: "files")).access,
            namespaceFiles: NamespaceFiles(
                try LocalStorage(directory: directory.appending(path: "storage").path)),
            catalogue: Self.catalogue,
            facts: ServerFacts(uuid: "test", version: "0.0.0"), now: now, random: { 0 },
            fact: fact, report: { print($0) })
        router = makeRouter(services)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }  // the system clears what is left

    static let catalogue: Catalogue = {
        var catalogue = Catalogue()
        catalogue.add(
            TypeSchema(
                type: "io.kestra.plugin.core.debug.Return", summary: "Returns a value.", kind: .inline,
                properties: [PropertySchema(name: "format", valueType: .string)]))
        catalogue.add(
            TypeSchema(
                type: "io.kestra.plugin.core.log.Log", aliases: ["io.kestra.core.tasks.log.Log"],
                summary: "Logs a message.", kind: .inline,
                properties: [PropertySchema(name: "message", valueType: .string, isRequired: true)]))
        catalogue.add(TypeSchema(type: "test.Wait", summary: "Waits.", kind: .runnable, properties: []))
        catalogue.add(
            TypeSchema(
                type: "io.kestra.plugin.core.trigger.Schedule", summary: "Starts on time.", kind: .trigger,
                properties: [PropertySchema(name: "cron", valueType: .string, isRequired: true)]))
        return catalogue
    }()

    /// The answer to a request; a path may have a query.
    func call(
        _ method: String, _ target: String, body: String = "", contentType: String? = nil,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        let parts = target.split(separator: "?", maxSplits: 1)
        let segments = parts[0].split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
        let query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { pair -> (String, String) in
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                String(sides[0]).removingPercentEncoding ?? "",
                sides.count > 1 ? String(sides[1]).removingPercentEncoding ?? "" : ""
            )
        }
        guard case .found(let route, let parameters) = router.match(method: method, segments: segments) else {
            return Answer(status: 404, bytes: [])
        }
        var request = Request(
            method: method, path: String(parts[0]), segments: segments, query: query,
            headers: Headers(headers + (contentType.map { [("Content-Type", $0)] } ?? [])),
            remoteAddress: "192.0.2.1", body: Array(body.utf8), parameters: parameters)
        let response: Response
        do {
            try await router.admit(&request, to: route)
            response = try await route.handler(request)
        } catch let error as HTTPError {
            response = .problem(error, path: request.path)
        }
        switch response.body {
        case .bytes(let bytes):
            return Answer(status: response.status, bytes: bytes, headers: response.headers)
        case .file(let path, _):
            return Answer(status: response.status, bytes: Array(try Data(contentsOf: URL(filePath: path))))
        case .stream: return Answer(status: response.status, bytes: [])
        }
    }

    func form(_ target: String, _ fields: [String: String] = [:]) async throws -> Answer {
        let body = fields.map { "\($0)=\($1)" }.joined(separator: "&")
        return try await call("POST", target, body: body, contentType: "application/x-www-form-urlencoded")
    }

    struct Answer {
        var status: Int
        var bytes: [UInt8]
        var headers = Headers()

        var text: String { String(decoding: bytes, as: UTF8.self) }
        // What is no JSON fails the expectation on it.
        var json: Value { (try? JSONParser.parse(bytes)) ?? .null }
        subscript(_ key: String) -> Value? { json[key] }
    }
}

/// Files below a directory.
struct TestFiles {
    let root: URL

    init(_ root: URL) { self.root = root }

    var access: FileAccess {
        let root = root
        return FileAccess(
            store: { content, place in
                let path =
                    place.flow.namespace.replacing(".", with: "/")
                    + "/\(StorageURI.slug(place.flow.id))/executions/\(place.execution)/\(place.path)"
                let file = root.appending(path: path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                if case .bytes(let bytes) = content { try Data(bytes).write(to: file) }
                return "kestra:///\(path)"
            },
            locate: { uri in
                let file = root.appending(path: String(uri.dropFirst("kestra:///".count)))
                guard let data = try? Data(contentsOf: file) else { return nil }  // absent is the answer
                return (file.path, Int64(data.count))
            },
            removeAll: { _, _ in })
    }
}
