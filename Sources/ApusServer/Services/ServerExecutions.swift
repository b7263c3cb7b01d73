import ApusDatabase
import ApusDatabaseSQLite
import ApusEngine
import ApusExecutor
import ApusModel
import ApusPlugin
import ApusStorage
import Synchronization

/// The executions and flows of this server, for tasks.
final class ServerExecutions: ExecutionAccess {
    let database: any Database
    let flows: FlowStore
    let logs: SQLiteLogStore
    let storage: LocalStorage
    private let inputs: InputCheck
    /// Made after the worker that the tasks run at.
    private let connected = Mutex<Executor?>(nil)

    init(
        database: any Database, flows: FlowStore, logs: SQLiteLogStore, storage: LocalStorage,
        inputs: InputCheck
    ) {
        self.database = database
        self.flows = flows
        self.logs = logs
        self.storage = storage
        self.inputs = inputs
    }

    func connect(to executor: Executor) { connected.withLock { $0 = executor } }

    func executor() throws(TaskFailure) -> Executor {
        guard let executor = connected.withLock({ $0 }) else { throw Services.missing("store of executions") }
        return executor
    }

    func count(_ query: ExecutionQuery) async throws -> Int {
        let filter = Self.filter(query)
        return try await database.read { try Executions.count(filter, $0) }
    }

    func resume(
        _ id: Execution.ID, namespace: String?, flowID: String?, inputs given: OrderedMap<Value>
    ) async throws {
        let executor = try executor()
        guard let snapshot = try await executor.snapshot(id),
            namespace == nil || namespace == snapshot.execution.flow.namespace,
            flowID == nil || flowID == snapshot.execution.flow.id
        else { throw TaskFailure("There is no execution `\(id)`\(Self.place(namespace, flowID))") }
        do {
            let values = try await values(given, for: snapshot)
            _ = try await executor.resume(id, inputs: values)
        } catch let refused as RequestRefused {
            switch refused {
            case .notFound(let message), .conflict(let message), .invalid(let message):
                throw TaskFailure(message)
            }
        } catch let refused as InputsRefused {
            throw TaskFailure(refused.faults.map(\.message).joined(separator: "\n"))
        }
    }

    private func values(_ given: OrderedMap<Value>, for snapshot: ExecutionSnapshot) async throws -> Value {
        let reference = snapshot.execution.flow
        guard
            let flow = try await flows.compiled(
                namespace: reference.namespace, id: reference.id, revision: reference.revision)
        else { return .map([:]) }
        let definitions = flow.resumeInputs(snapshot.taskRuns)
        guard !definitions.isEmpty else { return .map([:]) }
        return try await inputs.values(
            given.map { ($0, .value($1)) }, definitions: definitions, flow: flow,
            execution: snapshot.execution.id)
    }

    private static func place(_ namespace: String?, _ flowID: String?) -> String {
        guard let namespace else { return "" }
        return " of `\(namespace)\(flowID.map { ".\($0)" } ?? "")`"
    }

    static func filter(_ query: ExecutionQuery) -> ExecutionFilter {
        var filter = ExecutionFilter()
        filter.namespace = query.namespace.map { query.includesBelow ? .under($0) : .equals($0) }
        filter.flowID = query.flowID.map { .equals($0) }
        filter.states = query.states
        filter.from = query.from
        filter.to = query.to
        return filter
    }
}
