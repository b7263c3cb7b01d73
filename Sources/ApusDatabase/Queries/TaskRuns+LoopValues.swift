internal import ApusModel

/// The values of loops that have many are rows of their own: the row of a loop is written whenever an iteration ends,
/// and read with every page that shows it, and a million values are megabytes.
extension TaskRuns {
    /// Values in the row of the loop itself at most.
    static let ownValues = 200
    /// Stands in the plan for values in a row of their own.
    private static let mark = "apart"

    /// A plan as it stands in the row of its task run, and the values that have a row of their own.
    static func split(_ plan: Value?) -> (plan: Value?, values: Value?) {
        guard case .map(var entries)? = plan, let values = entries["values"],
            let count = values.listValue?.count, count > ownValues
        else { return (plan, nil) }
        entries["values"] = .none
        entries[mark] = true
        return (.map(entries), values)
    }

    static func writeValues(
        _ values: Value, executionID: Execution.ID, sequence: Int, _ connection: any Connection
    ) throws {
        var body = BodyWriter()
        try body.add("values", values)
        try connection.execute(
            """
            INSERT INTO loop_values(execution_id, seq, body) VALUES (?, ?, ?)
            ON CONFLICT(execution_id, seq) DO UPDATE SET body = excluded.body
            """,
            .text(executionID), .int(sequence), .text(body.finish()))
    }

    /// Puts the values back in their place; other plans stay as they are.
    static func join(
        _ plan: Value?, executionID: Execution.ID, sequence: Int, _ connection: any Connection
    ) throws -> Value? {
        guard case .map(var entries)? = plan, entries[mark] == true else { return plan }
        let values = try connection.row(
            "SELECT body FROM loop_values WHERE execution_id = ? AND seq = ?", .text(executionID),
            .int(sequence)
        ) { try BodyReader($0.bytes(0), "loop").value("values") }
        guard case .some(.some(let values)) = values else {
            throw DatabaseError(.unreadable, "the values of a loop of execution `\(executionID)` are missing")
        }
        entries[mark] = .none
        entries["values"] = values
        return .map(entries)
    }
}
