public import ApusModel

/// Which executions are meant. Everything given has to hold; nothing given means all.
public struct ExecutionFilter: Hashable, Sendable {
    public var ids: [Execution.ID] = []
    public var namespace: TextMatch?
    public var flowID: TextMatch?
    /// Any of them; empty for all.
    public var states: [State] = []
    public var excludedStates: [State] = []
    /// All of them.
    public var labels: [Label] = []
    /// None of them.
    public var excludedLabels: [Label] = []
    /// Started by an end of this execution.
    public var triggerExecutionID: Execution.ID?
    /// `true`: only those started by another execution; `false`: only those that were not.
    public var isChild: Bool?
    public var parentID: Execution.ID?
    /// Part of the id, the flow's id, the namespace or a label.
    public var text: String?
    /// Began at this time or later.
    public var from: Timestamp?
    /// Began before this time.
    public var to: Timestamp?
    /// What `from` and `to` are about.
    public var dates = DateField.start
    /// Any of them; empty for all.
    public var kinds: [ExecutionKind] = []
    /// Of this revision of its flow.
    public var revision: Int?

    public enum DateField: Hashable, Sendable {
        case start
        /// Only what has ended.
        case end
        /// One of the two dates is enough.
        case either
    }

    public init() {}
}

extension Executions {
    public enum SortField: Hashable, Sendable {
        case id, namespace, flowID, state, start, end, updated, duration
    }

    /// A page of the executions that match, and how many match in all.
    ///
    /// - Parameter sort: By start, newest first, when empty; the id decides between equals.
    public static func search(
        _ filter: ExecutionFilter, sort: [Sort<SortField>] = [], page: Page = Page(),
        _ connection: any Connection
    ) throws -> (executions: [Execution], total: Int) {
        let conditions = conditions(filter)
        let total = try connection.count(
            built: "SELECT count(*) FROM executions" + conditions.text, with: conditions.values)
        guard total > 0 else { return ([], 0) }
        let found = try connection.rows(
            built: """
                SELECT body, id, namespace, flow_id, revision, state, created, updated FROM executions\
                \(conditions.text) ORDER BY \(order(sort)) LIMIT ? OFFSET ?
                """,
            with: conditions.values + [page.limit, page.offset], map: readable)
        return (found, total)
    }

    public static func count(_ filter: ExecutionFilter, _ connection: any Connection) throws -> Int {
        let conditions = conditions(filter)
        return try connection.count(
            built: "SELECT count(*) FROM executions" + conditions.text, with: conditions.values)
    }

    /// How many of the executions that match are in each state, in the order of `State`. States without any are
    /// left out.
    public static func countByState(_ filter: ExecutionFilter, _ connection: any Connection) throws
        -> [(state: State, count: Int)]
    {
        let conditions = conditions(filter)
        let found = try connection.rows(
            built: "SELECT state, count(*) FROM executions\(conditions.text) GROUP BY state",
            with: conditions.values
        ) { (state: $0.text(0), count: $0.int(1)) }
        return State.allCases.compactMap { state in
            found.first { $0.state == state.rawValue }.map { (state, $0.count) }
        }
    }

    /// The execution of a flow that began last.
    public static func latest(namespace: String, flowID: String, _ connection: any Connection) throws
        -> Execution?
    {
        try connection.row(
            """
            SELECT body, id, namespace, flow_id, revision, state, created, updated FROM executions
            WHERE namespace = ? AND flow_id = ? ORDER BY created DESC LIMIT 1
            """,
            .text(namespace), .text(flowID), map: readable)
    }

    /// One row that cannot be read must not hide all others: it is shown with what its columns tell.
    private static func readable(_ row: any Row) -> Execution {
        do {
            return try Execution(storedJSON: row.bytes(0))
        } catch {
            let flow = FlowReference(namespace: row.text(2), id: row.text(3), revision: row.int(4))
            var execution = Execution(id: row.text(1), flow: flow, createdAt: row.time(6))
            if let state = State(rawValue: row.text(5)) { execution.state.enter(state, at: row.time(7)) }
            execution.error = error.message
            return execution
        }
    }

    private static func order(_ sort: [Sort<SortField>]) -> String {
        var parts = sort.map { sort in
            let column =
                switch sort.field {
                case .id: "id"
                case .namespace: "namespace"
                case .flowID: "flow_id"
                case .state: "state"
                case .start: "created"
                case .end: "ended"
                case .updated: "updated"
                case .duration: "(coalesce(ended, updated) - created)"
                }
            return column + (sort.isDescending ? " DESC" : "")
        }
        if parts.isEmpty { parts = ["created DESC"] }
        return (parts + ["id"]).joined(separator: ", ")
    }

    private static func conditions(_ filter: ExecutionFilter) -> Conditions {
        var conditions = Conditions()
        conditions.add("id", oneOf: filter.ids)
        conditions.add("namespace", filter.namespace)
        conditions.add("flow_id", filter.flowID)
        conditions.add("state", oneOf: filter.states.map(\.rawValue))
        if !filter.excludedStates.isEmpty {
            conditions.add("state", .not(.oneOf(filter.excludedStates.map(\.rawValue))))
        }
        for label in filter.labels {
            conditions.add(
                "id IN (SELECT execution_id FROM execution_labels WHERE key = ? AND value = ?)",
                .text(label.key),
                .text(label.value))
        }
        for label in filter.excludedLabels {
            conditions.add(
                "id NOT IN (SELECT execution_id FROM execution_labels WHERE key = ? AND value = ?)",
                .text(label.key), .text(label.value))
        }
        if let id = filter.triggerExecutionID { conditions.add("trigger_execution_id = ?", .text(id)) }
        if let isChild = filter.isChild {
            conditions.add("trigger_execution_id IS \(isChild ? "NOT " : "")NULL")
        }
        if let id = filter.parentID { conditions.add("parent_id = ?", .text(id)) }
        conditions.add(anyOf: ["id", "flow_id", "namespace", "labels"], contains: filter.text)
        if let revision = filter.revision { conditions.add("revision = ?", .int(revision)) }
        add(filter.kinds, to: &conditions)
        addDates(of: filter, to: &conditions)
        return conditions
    }

    /// What is of the usual kind has none in its column.
    private static func add(_ kinds: [ExecutionKind], to conditions: inout Conditions) {
        guard !kinds.isEmpty, Set(kinds) != Set(ExecutionKind.allCases) else { return }
        let others = kinds.filter { $0 != .normal }
        if others.isEmpty { return conditions.add("kind IS NULL") }
        let list = "kind IN (" + others.map { _ in "?" }.joined(separator: ", ") + ")"
        conditions.add(
            kinds.contains(.normal) ? "(kind IS NULL OR \(list))" : list,
            all: others.map { .text($0.rawValue) })
    }

    private static func addDates(of filter: ExecutionFilter, to conditions: inout Conditions) {
        guard filter.from != nil || filter.to != nil else { return }
        func within(_ column: String) -> String {
            [
                filter.from.map { _ in "\(column) >= ?" }, filter.to.map { _ in "\(column) < ?" },
            ].compactMap { $0 }.joined(separator: " AND ")
        }
        let bounds = [filter.from, filter.to].compactMap { $0 }.map { SQLValue.time($0) }
        switch filter.dates {
        case .start: conditions.add(within("created"), all: bounds)
        case .end: conditions.add(within("ended"), all: bounds)
        case .either: conditions.add("(\(within("created")) OR \(within("ended")))", all: bounds + bounds)
        }
    }
}
