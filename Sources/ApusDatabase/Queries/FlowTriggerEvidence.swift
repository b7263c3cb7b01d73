public import ApusModel

/// An execution that met a requirement of a flow trigger which waits for more.
public struct FlowTriggerEvidenceRow: Hashable, Sendable {
    /// The key of the requirement in its trigger.
    public var requirement: String
    public var executionID: Execution.ID
    public var namespace: String
    public var flowID: String
    public var date: Timestamp
    /// JSON; `nil` for none.
    public var outputs: String?

    public init(
        requirement: String, executionID: Execution.ID, namespace: String, flowID: String, date: Timestamp,
        outputs: String?
    ) {
        self.requirement = requirement
        self.executionID = executionID
        self.namespace = namespace
        self.flowID = flowID
        self.date = date
        self.outputs = outputs
    }
}

/// The table of what flow triggers have seen: at most one row for each requirement.
public enum FlowTriggerEvidence {
    public static func all(_ key: TriggerKey, _ connection: any Connection) throws -> [FlowTriggerEvidenceRow]
    {
        try connection.rows(
            built: """
                SELECT requirement, execution_id, source_namespace, source_flow_id, date, outputs
                FROM flow_trigger_evidence WHERE namespace = ? AND flow_id = ? AND trigger_id = ?
                ORDER BY date, requirement
                """,
            with: Triggers.values(key)
        ) { row in
            FlowTriggerEvidenceRow(
                requirement: row.text(0), executionID: row.text(1), namespace: row.text(2),
                flowID: row.text(3), date: row.time(4), outputs: row.optionalText(5))
        }
    }

    /// What counts from now on, in place of what was there.
    public static func replace(
        _ key: TriggerKey, by rows: [FlowTriggerEvidenceRow], _ connection: any Connection
    ) throws {
        try connection.execute(
            "DELETE FROM flow_trigger_evidence WHERE namespace = ? AND flow_id = ? AND trigger_id = ?",
            with: Triggers.values(key))
        for row in rows {
            try connection.execute(
                """
                INSERT INTO flow_trigger_evidence(namespace, flow_id, trigger_id, requirement, execution_id,
                    source_namespace, source_flow_id, date, outputs) VALUES (?,?,?,?,?,?,?,?,?)
                """,
                with: Triggers.values(key) + [
                    .text(row.requirement), .text(row.executionID), .text(row.namespace), .text(row.flowID),
                    .time(row.date), .text(row.outputs),
                ])
        }
    }
}
