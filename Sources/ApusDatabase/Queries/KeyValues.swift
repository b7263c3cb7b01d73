public import ApusModel

/// An entry of a namespace's key-value store.
public struct KeyValueRow: Hashable, Sendable {
    public var namespace: String
    public var key: String
    /// In its storage form.
    public var value: Value
    /// From then on the entry counts as missing.
    public var expires: Timestamp?
    public var created: Timestamp
    public var updated: Timestamp
    public var description: String?
    /// From 1; each writing counts one up. Only the latest is kept.
    public var revision: Int

    /// Whether it counts as missing at a time.
    public func isExpired(at now: Timestamp) -> Bool { expires.map { $0 <= now } ?? false }
}

/// The table of the key-value stores of namespaces.
public enum KeyValues {
    /// Entries that expired before then are removed when another one is written.
    static let expiredStay = ISODuration.seconds(-86_400)
    /// Entries that one writing removes besides, at most.
    static let removedAtOnce = 100

    /// Writes an entry. Its creation date stays that of the first time; an expired one begins anew.
    public static func put(
        namespace: String, key: String, value: Value, expires: Timestamp? = nil, description: String? = nil,
        now: Timestamp, _ connection: any Connection
    ) throws {
        var json = JSONWriter()
        try StoredValue.write(value, to: &json)
        try connection.execute(
            """
            INSERT INTO kv(namespace, key, value, expires, created, updated, description)
            VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)
            ON CONFLICT(namespace, key) DO UPDATE SET value = excluded.value, expires = excluded.expires,
                created = CASE WHEN kv.expires <= excluded.created THEN excluded.created ELSE kv.created END,
                updated = excluded.updated, description = excluded.description, revision = kv.revision + 1
            """,
            .text(namespace), .text(key), .text(json.text), .time(expires), .time(now), .text(description))
        try connection.execute(
            "DELETE FROM kv WHERE rowid IN (SELECT rowid FROM kv WHERE expires <= ? LIMIT ?)",
            .time(now.advanced(by: expiredStay)), .int(removedAtOnce))
    }

    /// The entry; `nil` when missing or expired.
    public static func get(
        namespace: String, key: String, now: Timestamp, _ connection: any Connection
    ) throws -> KeyValueRow? {
        try connection.row(
            """
            SELECT namespace, key, value, expires, created, updated, description, revision FROM kv
            WHERE namespace = ? AND key = ? AND (expires IS NULL OR expires > ?)
            """,
            .text(namespace), .text(key), .time(now), map: row)
    }

    /// Answers whether there was such an entry.
    @discardableResult
    public static func delete(namespace: String, key: String, _ connection: any Connection) throws -> Bool {
        try connection.execute("DELETE FROM kv WHERE namespace = ? AND key = ?", .text(namespace), .text(key))
            > 0
    }

    /// The entries of a namespace that have not expired, by key.
    public static func list(
        namespace: String, page: Page = Page(), now: Timestamp, _ connection: any Connection
    ) throws -> [KeyValueRow] {
        try connection.rows(
            """
            SELECT namespace, key, value, expires, created, updated, description, revision FROM kv
            WHERE namespace = ? AND (expires IS NULL OR expires > ?) ORDER BY key LIMIT ? OFFSET ?
            """,
            .text(namespace), .time(now), page.limit, page.offset, map: row)
    }

    /// Removes what has expired. Answers how many entries went.
    @discardableResult
    public static func purge(now: Timestamp, _ connection: any Connection) throws -> Int {
        try connection.execute("DELETE FROM kv WHERE expires <= ?", .time(now))
    }

    static func row(_ row: any Row) throws -> KeyValueRow {
        let stored: Value
        do {
            stored = try JSONParser.parse(row.bytes(2))
        } catch {
            throw DatabaseError(.unreadable, "the stored value of a key cannot be read: \(error)")
        }
        return KeyValueRow(
            namespace: row.text(0), key: row.text(1), value: try StoredValue.read(stored),
            expires: row.optionalTime(3), created: row.time(4), updated: row.time(5),
            description: row.optionalText(6), revision: row.int(7))
    }
}
