public import ApusModel

/// The slots of flows that limit how many of their executions run at once: a row for each execution that holds one,
/// and for each that waits for one.
public enum Slots {
    /// How an execution stands; the numbers are stored.
    public enum Standing: Int, Sendable {
        case waits = 0
        case holds = 1
        /// It runs because a person wanted so, whether a slot was free or not. It counts like the others.
        case holdsByForce = 2
    }

    /// The limit that the latest revision of a flow sets; `nil` for none.
    public static func limit(namespace: String, flowID: String, _ connection: any Connection) throws
        -> Concurrency?
    {
        try connection.row(
            "SELECT max, behavior FROM concurrency_limits WHERE namespace = ? AND flow_id = ?",
            .text(namespace), .text(flowID)
        ) { row in
            Concurrency(limit: row.int(0), behavior: Concurrency.Behavior(rawValue: row.text(1)) ?? .queue)
        }
    }

    /// Keeps the limit of a flow's new revision; `nil` removes it.
    public static func setLimit(
        _ limit: Concurrency?, namespace: String, flowID: String, _ connection: any Connection
    ) throws {
        guard let limit else {
            try connection.execute(
                "DELETE FROM concurrency_limits WHERE namespace = ? AND flow_id = ?", .text(namespace),
                .text(flowID))
            return
        }
        try connection.execute(
            """
            INSERT INTO concurrency_limits(namespace, flow_id, max, behavior) VALUES (?, ?, ?, ?)
            ON CONFLICT(namespace, flow_id) DO UPDATE SET max = excluded.max, behavior = excluded.behavior
            """,
            .text(namespace), .text(flowID), .int(limit.limit), .text(limit.behavior.rawValue))
    }

    /// `nil` for an execution that neither holds a slot nor waits for one.
    public static func standing(of id: Execution.ID, _ connection: any Connection) throws -> Standing? {
        try connection.row("SELECT state FROM slots WHERE execution_id = ?", .text(id)) {
            Standing(rawValue: $0.int(0))
        } ?? nil
    }

    /// Gives an execution a slot, or a place at the end of those that wait; one that has a row keeps its place.
    public static func put(
        _ id: Execution.ID, namespace: String, flowID: String, as standing: Standing,
        _ connection: any Connection
    ) throws {
        try connection.execute(
            """
            INSERT INTO slots(execution_id, namespace, flow_id, state) VALUES (?, ?, ?, ?)
            ON CONFLICT(execution_id) DO UPDATE SET state = max(state, excluded.state)
            """,
            .text(id), .text(namespace), .text(flowID), .int(standing.rawValue))
    }

    /// Answers whether the execution had a slot or waited for one.
    @discardableResult
    public static func remove(_ id: Execution.ID, _ connection: any Connection) throws -> Bool {
        try connection.execute("DELETE FROM slots WHERE execution_id = ?", .text(id)) > 0
    }

    /// How many executions of a flow hold a slot. The cost follows that number.
    public static func held(namespace: String, flowID: String, _ connection: any Connection) throws -> Int {
        try connection.row(
            "SELECT count(*) FROM slots WHERE namespace = ? AND flow_id = ? AND state > 0", .text(namespace),
            .text(flowID)
        ) { $0.int(0) } ?? 0
    }

    public static func hasWaiting(namespace: String, flowID: String, _ connection: any Connection) throws
        -> Bool
    {
        try connection.row(
            "SELECT 1 FROM slots WHERE namespace = ? AND flow_id = ? AND state = 0 LIMIT 1", .text(namespace),
            .text(flowID)
        ) { _ in true } ?? false
    }

    /// Gives slots to those that wait longest.
    ///
    /// - Returns: The executions that hold one now and did not before, in the order they came.
    public static func admit(
        namespace: String, flowID: String, atMost count: Int, _ connection: any Connection
    ) throws -> [Execution.ID] {
        guard count > 0 else { return [] }
        let first = try connection.rows(
            """
            SELECT seq, execution_id FROM slots WHERE namespace = ? AND flow_id = ? AND state = 0
            ORDER BY seq LIMIT ?
            """,
            .text(namespace), .text(flowID), .int(count)
        ) { ($0.int(0), $0.text(1)) }
        for (sequence, _) in first {
            try connection.execute(
                "UPDATE slots SET state = ? WHERE seq = ?", .int(Standing.holds.rawValue), .int(sequence))
        }
        return first.map { $0.1 }
    }
}
