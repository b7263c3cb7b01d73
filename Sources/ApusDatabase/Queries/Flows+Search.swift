public import ApusModel

/// Which flows are meant. Everything given has to hold; nothing given means all. Deleted flows never match.
public struct FlowFilter: Hashable, Sendable {
    public var namespace: TextMatch?
    public var id: TextMatch?
    /// Part of the id, the namespace, the description or a label.
    public var text: String?
    /// Part of the source.
    public var source: String?
    /// All of them.
    public var labels: [Label] = []
    public var excludedLabels: [Label] = []
    public var isDisabled: Bool?

    public init() {}
}

extension Flows {
    public enum SortField: Hashable, Sendable { case id, namespace, updated, revision }

    /// A page of the latest revisions of the flows that match, and how many match in all.
    ///
    /// - Parameter sort: By namespace and id when empty.
    public static func search(
        _ filter: FlowFilter, sort: [Sort<SortField>] = [], page: Page = Page(),
        _ connection: any Connection
    ) throws -> (flows: [FlowRow], total: Int) {
        let conditions = conditions(filter)
        // The source is in the other table; it is joined for counting only when it is searched.
        let tables =
            filter.source == nil
            ? "flow_heads h" : "flow_heads h JOIN flows f USING (namespace, id, revision)"
        let total = try connection.count(
            built: "SELECT count(*) FROM \(tables)\(conditions.text)", with: conditions.values)
        guard total > 0 else { return ([], 0) }
        let found = try connection.rows(
            built: """
                SELECT f.namespace, f.id, f.revision, f.source, f.disabled, f.deleted, f.created
                FROM flow_heads h JOIN flows f USING (namespace, id, revision)\(conditions.text)
                ORDER BY \(order(sort)) LIMIT ? OFFSET ?
                """,
            with: conditions.values + [page.limit, page.offset], map: row)
        return (found, total)
    }

    /// The namespaces that hold flows, in order.
    public static func namespaces(_ connection: any Connection) throws -> [String] {
        try connection.rows("SELECT DISTINCT namespace FROM flow_heads WHERE deleted = 0 ORDER BY namespace")
        {
            $0.text(0)
        }
    }

    /// Whether there are flows in a namespace or below it.
    public static func exist(under namespace: String, _ connection: any Connection) throws -> Bool {
        try connection.row(
            """
            SELECT 1 FROM flow_heads
            WHERE deleted = 0 AND (namespace = ? OR (namespace >= ? AND namespace < ?)) LIMIT 1
            """,
            .text(namespace), .text(namespace + "."), .text(namespace + "/")
        ) { $0.int(0) } != nil
    }

    private static func order(_ sort: [Sort<SortField>]) -> String {
        let parts = sort.map { sort in
            let column =
                switch sort.field {
                case .id: "h.id"
                case .namespace: "h.namespace"
                case .updated: "h.updated"
                case .revision: "h.revision"
                }
            return column + (sort.isDescending ? " DESC" : "")
        }
        return (parts + ["h.namespace", "h.id"]).joined(separator: ", ")
    }

    private static func conditions(_ filter: FlowFilter) -> Conditions {
        var conditions = Conditions()
        conditions.add("h.deleted = 0")
        conditions.add("h.namespace", filter.namespace)
        conditions.add("h.id", filter.id)
        conditions.add(anyOf: ["h.id", "h.namespace", "h.description", "h.labels"], contains: filter.text)
        conditions.add(anyOf: ["f.source"], contains: filter.source)
        for label in filter.labels {
            conditions.add("instr(h.labels, ?) > 0", .text(LabelText.part(label)))
        }
        for label in filter.excludedLabels {
            conditions.add("instr(h.labels, ?) = 0", .text(LabelText.part(label)))
        }
        if let isDisabled = filter.isDisabled { conditions.add("h.disabled = ?", .bool(isDisabled)) }
        return conditions
    }
}
