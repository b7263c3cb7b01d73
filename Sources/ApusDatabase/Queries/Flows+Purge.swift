public import ApusModel

extension Flows {
    /// Removes revisions of flows but so many of the latest of each, and but those of executions that have not
    /// ended. Answers how many went.
    ///
    /// - Parameters:
    ///   - before: Only revisions saved before this time.
    ///   - keeping: At least 1.
    public static func purgeRevisions(
        namespace: TextMatch? = nil, id: String? = nil, before: Timestamp? = nil, keeping: Int,
        _ connection: any Connection
    ) throws -> Int {
        var conditions = Conditions()
        conditions.add("f.namespace", namespace)
        if let id { conditions.add("f.id = ?", .text(id)) }
        if let before { conditions.add("f.created < ?", .time(before)) }
        conditions.add(
            """
            f.revision NOT IN (SELECT k.revision FROM flows k WHERE k.namespace = f.namespace AND k.id = f.id
                ORDER BY k.revision DESC LIMIT ?)
            """, .int(max(1, keeping)))
        conditions.add(
            """
            NOT EXISTS (SELECT 1 FROM executions e WHERE e.namespace = f.namespace AND e.flow_id = f.id
                AND e.revision = f.revision AND e.ended IS NULL)
            """)
        return try connection.rows(
            built: """
                DELETE FROM flows WHERE rowid IN (SELECT f.rowid FROM flows f\(conditions.text)) RETURNING 1
                """,
            with: conditions.values
        ) { _ in () }.count
    }
}
