import ApusDatabase
import ApusExecutor
import ApusExpressions
import ApusModel
import ApusStorage
import ApusWorker
import Foundation

@testable import ApusServer

/// A whole instance in a directory of its own, with its real worker, storage and facts.
final class InstanceBench: Sendable {
    let instance: Instance
    private let directory: String

    private init(_ instance: Instance, _ directory: String) {
        self.instance = instance
        self.directory = directory
    }

    /// Opens one for a test and closes it after.
    static func with(_ body: (InstanceBench) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "apus-instance-\(UUID().uuidString)"
        var configuration = Configuration()
        configuration.encryptionKey = Secret("I6EGNzRESu3X3pKZidrqCGOHQFUFC0yK8GT0GXiZJeQ=")
        let instance = try await Instance.open(
            .init(configuration: configuration, dataDirectory: directory, isEphemeral: true))
        let result: Result<Void, any Error>
        do { result = .success(try await body(InstanceBench(instance, directory))) } catch {
            result = .failure(error)
        }
        await instance.close()
        try FileManager.default.removeItem(atPath: directory)
        try result.get()
    }

    /// Runs a flow to its end.
    func run(_ source: String, inputs: [(String, String)] = [], trigger: Value? = nil) async throws
        -> (snapshot: ExecutionSnapshot, lines: [String])
    {
        let flow = try await instance.flows.save(source, mode: .upsert).flow
        let id = instance.executor.newID()
        let values = try await instance.inputs(for: flow, given: inputs, files: [], execution: id)
        let end = instance.executor.end(of: id)
        let created = try await instance.executor.create(
            NewExecution(flow: flow, inputs: values, trigger: trigger, id: id))
        var snapshot = created
        for await last in end { snapshot = last }
        let lines = try await instance.logStore.read { connection in
            try Logs.lines(LogFilter(executionID: id), limit: 100, connection).map(\.message)
        }
        return (snapshot, lines)
    }

    /// Stores a file and answers its URI.
    @discardableResult
    func store(_ text: String, at address: StorageURI) async throws -> String {
        try await instance.storage.put(Array(text.utf8), at: address).address.description
    }

    /// A file of a task run, as a task would have stored it.
    func storeOutput(_ text: String, namespace: String, flow: String = "other", execution: String)
        async throws
        -> String
    {
        try await store(
            text,
            at: StorageURI.taskRun(
                namespace: namespace, flowID: flow, executionID: execution, taskID: "t", taskRunID: "run"
            ).appending("out.txt"))
    }

    /// Renders a template with the facts that the worker's provider has for an execution.
    func render(_ template: String, namespace: String, execution: String) async throws -> String {
        let reference = FlowReference(namespace: namespace, id: "reader", revision: 1)
        let job = Job(
            executionID: execution, flow: reference, taskID: "t",
            type: "io.kestra.plugin.core.log.Log", taskRunID: "r")
        let flow: OrderedMap<Value> = ["flow": ["namespace": .string(namespace), "id": "reader"]]
        var context = RenderContext(variables: Variables(flow), now: Timestamp(microseconds: 0))
        while let requests = try Self.missing(template, context) {
            for (request, answer) in await instance.facts.facts(for: requests, of: job) {
                context.facts[request] = answer
            }
        }
        return try Template(template).render(context)
    }

    /// The facts that a rendering asks for; `nil` when it needs no more.
    private static func missing(_ template: String, _ context: RenderContext) throws -> [FactRequest]? {
        let template = try Template(template)
        do throws(ExpressionError) {
            _ = try template.render(context)
            return nil
        } catch {
            if case .missingFacts(let requests) = error.reason { return requests }
            throw error
        }
    }

    /// Why a template cannot be rendered; `nil` when it can.
    func refusal(_ template: String, namespace: String, execution: String) async throws -> String? {
        do {
            _ = try await render(template, namespace: namespace, execution: execution)
            return nil
        } catch let error as ExpressionError {
            return error.message
        }
    }
}
