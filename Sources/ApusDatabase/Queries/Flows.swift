public import ApusModel

/// A revision of a flow as stored.
public struct FlowRow: Hashable, Sendable {
    public var namespace: String
    public var id: String
    /// From 1.
    public var revision: Int
    /// The YAML text; that of the revision before for one that only records a deletion.
    public var source: String
    public var isDisabled: Bool
    public var isDeleted: Bool
    public var created: Timestamp
}

/// The tables of flows: a row per revision that never changes, and one per flow that names the latest.
public enum Flows {
    /// Adds a revision and makes it the latest. Answers its number.
    ///
    /// - Parameters:
    ///   - description: What the search by text looks into, besides id and namespace.
    ///   - labels: What the search by label looks into.
    @discardableResult
    public static func insertRevision(
        namespace: String, id: String, source: String, isDisabled: Bool = false, isDeleted: Bool = false,
        description: String = "", labels: [Label] = [], now: Timestamp, _ connection: any Connection
    ) throws -> Int {
        let last =
            try connection.row(
                "SELECT revision FROM flow_heads WHERE namespace = ? AND id = ?", .text(namespace), .text(id)
            ) { $0.int(0) } ?? 0
        let revision = last + 1
        try connection.execute(
            """
            INSERT INTO flows(namespace, id, revision, source, disabled, deleted, created)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .text(namespace), .text(id), .int(revision), .text(source), .bool(isDisabled), .bool(isDeleted),
            .time(now))
        try connection.execute(
            """
            INSERT INTO flow_heads(namespace, id, revision, disabled, deleted, updated, description, labels)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT(namespace, id) DO UPDATE SET revision = excluded.revision, disabled = excluded.disabled,
                deleted = excluded.deleted, updated = excluded.updated, description = excluded.description,
                labels = excluded.labels
            """,
            .text(namespace), .text(id), .int(revision), .bool(isDisabled), .bool(isDeleted), .time(now),
            .text(description), .text(LabelText.text(labels)))
        return revision
    }

    /// The latest revision; `nil` when there is none, or when it is a deletion and those are not asked for.
    public static func latest(
        namespace: String, id: String, includeDeleted: Bool = false, _ connection: any Connection
    ) throws -> FlowRow? {
        let row = try connection.row(
            """
            SELECT f.namespace, f.id, f.revision, f.source, f.disabled, f.deleted, f.created
            FROM flow_heads h JOIN flows f USING (namespace, id, revision) WHERE h.namespace = ? AND h.id = ?
            """,
            .text(namespace), .text(id), map: row)
        guard let row, includeDeleted || !row.isDeleted else { return nil }
        return row
    }

    public static func revision(
        namespace: String, id: String, _ revision: Int, _ connection: any Connection
    ) throws -> FlowRow? {
        try connection.row(
            """
            SELECT namespace, id, revision, source, disabled, deleted, created FROM flows
            WHERE namespace = ? AND id = ? AND revision = ?
            """,
            .text(namespace), .text(id), .int(revision), map: row)
    }

    /// All revisions, oldest first.
    public static func revisions(
        namespace: String, id: String, _ connection: any Connection
    ) throws -> [FlowRow] {
        try connection.rows(
            """
            SELECT namespace, id, revision, source, disabled, deleted, created FROM flows
            WHERE namespace = ? AND id = ? ORDER BY revision
            """,
            .text(namespace), .text(id), map: row)
    }

    /// Adds a revision that records the deletion; earlier ones stay readable. Answers whether there was a flow.
    @discardableResult
    public static func delete(
        namespace: String, id: String, now: Timestamp, _ connection: any Connection
    ) throws -> Bool {
        guard let last = try latest(namespace: namespace, id: id, connection) else { return false }
        try insertRevision(
            namespace: namespace, id: id, source: last.source, isDisabled: last.isDisabled, isDeleted: true,
            now: now, connection)
        return true
    }

    static func row(_ row: any Row) -> FlowRow {
        FlowRow(
            namespace: row.text(0), id: row.text(1), revision: row.int(2), source: row.text(3),
            isDisabled: row.bool(4), isDeleted: row.bool(5), created: row.time(6))
    }
}
