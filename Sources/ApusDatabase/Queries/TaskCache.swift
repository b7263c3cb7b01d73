public import ApusModel

/// The table of outputs that later runs of the same task may reuse.
public enum TaskCache {
    /// Entries of one flow, at most; the oldest make room.
    public static let maxEntriesOfFlow = 1000
    /// Expired entries that one writing removes, at most.
    private static let removedAtOnce = 100

    /// The outputs under a key; `nil` when there are none, or no longer.
    ///
    /// - Parameter ttl: How old they may be; `nil` for any age.
    public static func outputs(
        key: String, ttl: ISODuration?, now: Timestamp, _ connection: any Connection
    ) throws -> OrderedMap<Value>? {
        let found = try connection.row(
            "SELECT outputs, stored FROM task_cache WHERE key = ? AND (expires IS NULL OR expires > ?)",
            .text(key), .time(now)
        ) { (bytes: $0.bytes(0), stored: $0.time(1)) }
        guard let found else { return nil }
        if let ttl, now.since(found.stored) >= ttl { return nil }
        let stored: Value
        do {
            stored = try JSONParser.parse(found.bytes)
        } catch {
            throw DatabaseError(.unreadable, "the stored outputs of a task cannot be read: \(error)")
        }
        return try StoredValue.read(stored).mapValue ?? [:]
    }

    /// Keeps outputs under a key, in place of those that were there.
    public static func put(
        key: String, namespace: String, flowID: String, outputs: OrderedMap<Value>, ttl: ISODuration?,
        now: Timestamp, _ connection: any Connection
    ) throws {
        var json = JSONWriter()
        try StoredValue.write(.map(outputs), to: &json)
        try connection.execute(
            """
            INSERT INTO task_cache(key, namespace, flow_id, outputs, stored, expires) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT(key) DO UPDATE SET outputs = excluded.outputs, stored = excluded.stored,
                expires = excluded.expires
            """,
            .text(key), .text(namespace), .text(flowID), .text(json.text), .time(now),
            .time(ttl.map { now.advanced(by: $0) }))
        try connection.execute(
            "DELETE FROM task_cache WHERE rowid IN (SELECT rowid FROM task_cache WHERE expires <= ? LIMIT ?)",
            .time(now), .int(removedAtOnce))
        try connection.execute(
            """
            DELETE FROM task_cache WHERE namespace = ?1 AND flow_id = ?2 AND rowid IN (
                SELECT rowid FROM task_cache WHERE namespace = ?1 AND flow_id = ?2
                ORDER BY stored DESC LIMIT -1 OFFSET ?3)
            """,
            .text(namespace), .text(flowID), .int(maxEntriesOfFlow))
    }
}
