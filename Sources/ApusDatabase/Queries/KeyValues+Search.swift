public import ApusModel

/// Which key-value entries are meant. Everything given has to hold.
public struct KeyValueFilter: Hashable, Sendable {
    public var namespace: TextMatch?
    public var key: TextMatch?
    /// Only entries that have not expired at this time, or only those that have; `nil` for both.
    public var expiry: Expiry?

    public enum Expiry: Hashable, Sendable {
        case alive(at: Timestamp)
        case expired(at: Timestamp)
    }

    public init(namespace: TextMatch? = nil, key: TextMatch? = nil, expiry: Expiry? = nil) {
        self.namespace = namespace
        self.key = key
        self.expiry = expiry
    }
}

extension KeyValues {
    public enum SortField: String, Hashable, Sendable, CaseIterable {
        case namespace, key, description, created, updated, expires
    }

    /// A page of the entries that match, and how many match in all. Their values, which may be long, are left out
    /// and read as null.
    ///
    /// - Parameter sort: By namespace and key when empty.
    public static func search(
        _ filter: KeyValueFilter, sort: [Sort<SortField>] = [], page: Page = Page(),
        _ connection: any Connection
    ) throws -> (entries: [KeyValueRow], total: Int) {
        let conditions = conditions(filter)
        let total = try connection.count(
            built: "SELECT count(*) FROM kv\(conditions.text)", with: conditions.values)
        guard total > 0 else { return ([], 0) }
        let order = sort.map { $0.field.rawValue + ($0.isDescending ? " DESC" : "") } + ["namespace", "key"]
        let entries = try connection.rows(
            built: """
                SELECT namespace, key, 'null', expires, created, updated, description, revision
                FROM kv\(conditions.text) ORDER BY \(order.joined(separator: ", ")) LIMIT ? OFFSET ?
                """,
            with: conditions.values + [page.limit, page.offset], map: row)
        return (entries, total)
    }

    /// The keys that match, in order; all of them, for keys are short.
    public static func keys(_ filter: KeyValueFilter, _ connection: any Connection) throws -> [String] {
        let conditions = conditions(filter)
        return try connection.rows(
            built: "SELECT key FROM kv\(conditions.text) ORDER BY key", with: conditions.values
        ) { $0.text(0) }
    }

    /// The namespaces that have entries, expired ones included, in order.
    public static func namespaces(_ connection: any Connection) throws -> [String] {
        try connection.rows("SELECT DISTINCT namespace FROM kv ORDER BY namespace") { $0.text(0) }
    }

    private static func conditions(_ filter: KeyValueFilter) -> Conditions {
        var conditions = Conditions()
        conditions.add("namespace", filter.namespace)
        conditions.add("key", filter.key)
        switch filter.expiry {
        case nil: break
        case .alive(let now): conditions.add("(expires IS NULL OR expires > ?)", .time(now))
        case .expired(let now): conditions.add("expires <= ?", .time(now))
        }
        return conditions
    }
}
