public import ApusModel

/// How a flow with a limit stands.
public struct FlowSlots: Hashable, Sendable {
    public var namespace: String
    public var flowID: String
    /// `nil` when its latest revision has no limit and executions from before still hold slots.
    public var concurrency: Concurrency?
    /// Executions that hold a slot.
    public var running: Int
    /// Executions that wait for one.
    public var queued: Int
}

extension Slots {
    /// The flows that have a limit, or executions that hold slots, by namespace and id; and how many there are.
    public static func search(page: Page, _ connection: any Connection) throws -> (
        flows: [FlowSlots], total: Int
    ) {
        let flows = try connection.rows(
            """
            SELECT f.namespace, f.flow_id, l.max, l.behavior,
                (SELECT count(*) FROM slots s
                    WHERE s.namespace = f.namespace AND s.flow_id = f.flow_id AND s.state > 0),
                (SELECT count(*) FROM slots s
                    WHERE s.namespace = f.namespace AND s.flow_id = f.flow_id AND s.state = 0)
            FROM (SELECT h.namespace, h.id AS flow_id FROM concurrency_limits c
                    JOIN flow_heads h ON h.namespace = c.namespace AND h.id = c.flow_id AND h.deleted = 0
                UNION SELECT namespace, flow_id FROM slots) f
            LEFT JOIN concurrency_limits l ON l.namespace = f.namespace AND l.flow_id = f.flow_id
            ORDER BY f.namespace, f.flow_id LIMIT ? OFFSET ?
            """,
            page.limit, page.offset
        ) { row in
            FlowSlots(
                namespace: row.text(0), flowID: row.text(1),
                concurrency: row.isNull(2)
                    ? nil
                    : Concurrency(
                        limit: row.int(2), behavior: Concurrency.Behavior(rawValue: row.text(3)) ?? .queue),
                running: row.int(4), queued: row.int(5))
        }
        let total = try connection.row(
            """
            SELECT count(*) FROM (SELECT h.namespace, h.id FROM concurrency_limits c
                    JOIN flow_heads h ON h.namespace = c.namespace AND h.id = c.flow_id AND h.deleted = 0
                UNION SELECT namespace, flow_id FROM slots)
            """
        ) { $0.int(0) }
        return (flows, total ?? 0)
    }

    /// How one flow stands; `nil` when it has no limit and nothing of it waits or holds a slot.
    public static func stand(namespace: String, flowID: String, _ connection: any Connection) throws
        -> FlowSlots?
    {
        let limit = try limit(namespace: namespace, flowID: flowID, connection)
        let counts = try connection.row(
            """
            SELECT count(*), count(CASE WHEN state = 0 THEN 1 END) FROM slots
            WHERE namespace = ? AND flow_id = ?
            """,
            .text(namespace), .text(flowID)
        ) { (all: $0.int(0), waiting: $0.int(1)) }
        guard let counts, limit != nil || counts.all > 0 else { return nil }
        return FlowSlots(
            namespace: namespace, flowID: flowID, concurrency: limit, running: counts.all - counts.waiting,
            queued: counts.waiting)
    }
}
