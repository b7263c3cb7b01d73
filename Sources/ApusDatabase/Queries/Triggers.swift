public import ApusModel

/// Which trigger of which flow.
public struct TriggerKey: Hashable, Sendable {
    public var namespace: String
    public var flowID: String
    public var triggerID: String

    public init(namespace: String, flowID: String, triggerID: String) {
        self.namespace = namespace
        self.flowID = flowID
        self.triggerID = triggerID
    }
}

/// How a trigger stands.
public struct TriggerRow: Hashable, Sendable {
    /// What makes a trigger fire.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Dates.
        case schedule
        /// A worker that looks from time to time.
        case polling
        /// A worker that listens all the time.
        case realtime
        /// A request of HTTP.
        case webhook
        /// Another execution.
        case flow
    }

    public var key: TriggerKey
    public var kind: Kind
    /// The canonical name of its type.
    public var type: String
    /// What its dates follow from: a trigger with another one starts anew.
    public var fingerprint: String
    /// What becomes of dates that pass while nobody looks: ALL, LAST or NONE.
    public var missed: String?
    /// Switched off by a person, or by `stopAfter`.
    public var isDisabled: Bool
    /// Its flow, or the flow's text, switches it off.
    public var isOff: Bool
    /// When the scheduler looks at it next; `nil` when it does not.
    public var due: Timestamp?
    /// The oldest date it has not fired for; of a polling trigger, when it looks next.
    public var next: Timestamp?
    /// The date it last fired for.
    public var last: Timestamp?
    /// The execution that has to end before it fires again.
    public var executionID: Execution.ID?
    /// Since when a worker evaluates it.
    public var evaluating: Timestamp?
    /// JSON.
    public var backfill: String?
    /// The worker that evaluates it.
    public var workerID: String?
    public var updated: Timestamp

    public init(
        key: TriggerKey, kind: Kind, type: String, fingerprint: String, missed: String? = nil,
        isDisabled: Bool = false, isOff: Bool = false, next: Timestamp? = nil, updated: Timestamp
    ) {
        self.key = key
        self.kind = kind
        self.type = type
        self.fingerprint = fingerprint
        self.missed = missed
        self.isDisabled = isDisabled
        self.isOff = isOff
        self.next = next
        self.updated = updated
    }

    public var isActive: Bool { !isDisabled && !isOff }
}

/// The table of triggers.
public enum Triggers {
    static let columns = """
        namespace, flow_id, trigger_id, kind, type, fingerprint, missed, disabled, off, due, next, last,
        execution_id, evaluating, backfill, worker_id, updated
        """

    public static func load(_ key: TriggerKey, _ connection: any Connection) throws -> TriggerRow? {
        try connection.rows(
            built:
                "SELECT \(columns) FROM triggers WHERE namespace = ? AND flow_id = ? AND trigger_id = ?",
            with: values(key), map: row
        ).first
    }

    /// Those of a flow, by their ids.
    public static func all(namespace: String, flowID: String, _ connection: any Connection) throws
        -> [TriggerRow]
    {
        try connection.rows(
            built: "SELECT \(columns) FROM triggers WHERE namespace = ? AND flow_id = ? ORDER BY trigger_id",
            with: [.text(namespace), .text(flowID)], map: row)
    }

    /// Those the scheduler has to look at, the longest due first.
    public static func due(at now: Timestamp, limit: Int, _ connection: any Connection) throws -> [TriggerRow]
    {
        try connection.rows(
            built: "SELECT \(columns) FROM triggers WHERE due <= ? ORDER BY due LIMIT ?",
            with: [.time(now), .int(limit)], map: row)
    }

    /// When the scheduler has to look next; `nil` when nothing is due ever.
    public static func nextDue(_ connection: any Connection) throws -> Timestamp? {
        try connection.row("SELECT min(due) FROM triggers WHERE due IS NOT NULL") { $0.optionalTime(0) }
            ?? nil
    }

    /// Schedules whose dates passed before `now` and that do not run all of those, whatever they wait for.
    public static func missed(
        before now: Timestamp, limit: Int, after key: TriggerKey?, _ connection: any Connection
    ) throws -> [TriggerRow] {
        try connection.rows(
            built: """
                SELECT \(columns) FROM triggers
                WHERE next <= ? AND kind = 'schedule' AND missed <> 'ALL' AND NOT disabled AND NOT off
                    AND (namespace, flow_id, trigger_id) > (?, ?, ?)
                ORDER BY namespace, flow_id, trigger_id LIMIT ?
                """,
            with: [
                .time(now), .text(key?.namespace ?? ""), .text(key?.flowID ?? ""),
                .text(key?.triggerID ?? ""),
                .int(limit),
            ], map: row)
    }

    /// The trigger that waits for an execution.
    public static func waiting(for id: Execution.ID, _ connection: any Connection) throws -> TriggerRow? {
        try connection.rows(
            built: "SELECT \(columns) FROM triggers WHERE execution_id = ?", with: [.text(id)], map: row
        ).first
    }

    public static func put(_ trigger: TriggerRow, _ connection: any Connection) throws {
        try connection.execute(
            """
            INSERT INTO triggers(namespace, flow_id, trigger_id, kind, type, fingerprint, missed, disabled, off,
                due, next, last, execution_id, evaluating, backfill, worker_id, updated)
            VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
            ON CONFLICT(namespace, flow_id, trigger_id) DO UPDATE SET kind = excluded.kind,
                type = excluded.type, fingerprint = excluded.fingerprint, missed = excluded.missed,
                disabled = excluded.disabled, off = excluded.off, due = excluded.due, next = excluded.next,
                last = excluded.last, execution_id = excluded.execution_id,
                evaluating = excluded.evaluating, backfill = excluded.backfill,
                worker_id = excluded.worker_id, updated = excluded.updated
            """,
            with: values(trigger.key) + [
                .text(trigger.kind.rawValue), .text(trigger.type), .text(trigger.fingerprint),
                .text(trigger.missed), .bool(trigger.isDisabled), .bool(trigger.isOff), .time(trigger.due),
                .time(trigger.next), .time(trigger.last), .text(trigger.executionID),
                .time(trigger.evaluating), .text(trigger.backfill), .text(trigger.workerID),
                .time(trigger.updated),
            ])
    }

    /// The trigger that waits for an execution waits for the one that takes over from it.
    public static func wait(
        for id: Execution.ID, insteadOf other: Execution.ID, _ connection: any Connection
    ) throws {
        try connection.execute(
            "UPDATE triggers SET execution_id = ? WHERE execution_id = ?", .text(id), .text(other))
        try connection.execute(
            "UPDATE ticks SET execution_id = ? WHERE execution_id = ?", .text(id), .text(other))
    }

    /// Answers whether there was such a trigger.
    @discardableResult
    public static func delete(_ key: TriggerKey, _ connection: any Connection) throws -> Bool {
        try connection.execute(
            "DELETE FROM triggers WHERE namespace = ? AND flow_id = ? AND trigger_id = ?", with: values(key))
            > 0
    }

    static func values(_ key: TriggerKey) -> [SQLValue] {
        [.text(key.namespace), .text(key.flowID), .text(key.triggerID)]
    }

    static func row(_ row: any Row) -> TriggerRow {
        var trigger = TriggerRow(
            key: TriggerKey(namespace: row.text(0), flowID: row.text(1), triggerID: row.text(2)),
            kind: TriggerRow.Kind(rawValue: row.text(3)) ?? .schedule, type: row.text(4),
            fingerprint: row.text(5), missed: row.optionalText(6), isDisabled: row.bool(7),
            isOff: row.bool(8), next: row.optionalTime(10), updated: row.time(16))
        trigger.due = row.optionalTime(9)
        trigger.last = row.optionalTime(11)
        trigger.executionID = row.optionalText(12)
        trigger.evaluating = row.optionalTime(13)
        trigger.backfill = row.optionalText(14)
        trigger.workerID = row.optionalText(15)
        return trigger
    }
}
