import ApusDatabase
import ApusModel

/// Stops executions that start each other without end, by subflows or by triggers.
enum Lineage {
    /// Executions that lead to each other end here.
    static let maxCallers = 50
    /// Executions of flows that lead to themselves, by way of others, below one execution.
    static let maxRecursive = 1000

    static func name(of flow: FlowReference) -> String { "\(flow.namespace)/\(flow.id)" }

    /// `callers` of an execution that another one leads to.
    static func callers(after execution: Execution) -> [String] {
        execution.callers + [name(of: execution.flow)]
    }

    /// Why an execution leads to no further one of a flow; `nil` when it may.
    enum Refusal {
        /// Too many led to each other.
        case depth
        /// The flow leads to itself, and has done so this often.
        case count(Int)
    }

    static func refusal(
        of flow: FlowReference, after execution: Execution, _ connection: any Connection
    ) throws -> Refusal? {
        guard execution.callers.count < maxCallers else { return .depth }
        let name = name(of: flow)
        guard callers(after: execution).contains(name),
            let family = execution.labels.first(where: { $0.key == "system.correlationId" })?.value
        else { return nil }
        let count = try Executions.countLabelled(
            Label("system.correlationId", family), limit: maxRecursive, connection)
        return count < maxRecursive ? nil : .count(count)
    }
}
