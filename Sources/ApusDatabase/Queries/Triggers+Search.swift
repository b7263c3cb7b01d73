import ApusModel

/// Which triggers are meant. Everything given has to hold.
public struct TriggerFilter: Hashable, Sendable {
    public var namespace: TextMatch?
    public var flowID: TextMatch?
    public var triggerID: TextMatch?
    public var workerID: TextMatch?
    /// A part of the namespace, or of the ids of flow and trigger.
    public var text: String?
    /// Only those that are switched off, or only the others.
    public var isDisabled: Bool?
    public var kinds: [TriggerRow.Kind]?

    public init() {}
}

extension Triggers {
    public enum SortField: String, Hashable, Sendable, CaseIterable {
        case namespace
        case flowID = "flow_id"
        case triggerID = "trigger_id"
        case next, last, updated
        case executionID = "execution_id"
        case workerID = "worker_id"
    }

    /// A page of the triggers that match, and how many match in all.
    ///
    /// - Parameter sort: By flow and id when empty.
    public static func search(
        _ filter: TriggerFilter, sort: [Sort<SortField>] = [], page: Page = Page(),
        _ connection: any Connection
    ) throws -> (triggers: [TriggerRow], total: Int) {
        let conditions = conditions(filter)
        let total = try connection.count(
            built: "SELECT count(*) FROM triggers\(conditions.text)", with: conditions.values)
        guard total > 0 else { return ([], 0) }
        let order =
            sort.map { $0.field.rawValue + ($0.isDescending ? " DESC" : "") }
            + ["namespace", "flow_id", "trigger_id"]
        let rows = try connection.rows(
            built: """
                SELECT \(columns) FROM triggers\(conditions.text)
                ORDER BY \(order.joined(separator: ", ")) LIMIT ? OFFSET ?
                """,
            with: conditions.values + [page.limit, page.offset], map: row)
        return (rows, total)
    }

    private static func conditions(_ filter: TriggerFilter) -> Conditions {
        var conditions = Conditions()
        conditions.add("namespace", filter.namespace)
        conditions.add("flow_id", filter.flowID)
        conditions.add("trigger_id", filter.triggerID)
        conditions.add("worker_id", filter.workerID)
        if let text = filter.text {
            conditions.add(
                "(instr(lower(namespace), lower(?)) OR instr(lower(flow_id), lower(?)) OR instr(lower(trigger_id), lower(?)))",
                all: [.text(text), .text(text), .text(text)])
        }
        switch filter.isDisabled {
        case nil: break
        case true?: conditions.add("(disabled OR off)")
        case false?: conditions.add("NOT (disabled OR off)")
        }
        if let kinds = filter.kinds { conditions.add("kind", .oneOf(kinds.map(\.rawValue))) }
        return conditions
    }
}
