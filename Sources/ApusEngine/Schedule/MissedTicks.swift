/// What becomes of the ticks that passed while nobody looked at a schedule: the server was down, the trigger, its flow
/// or its namespace was switched off, or the instance was under maintenance.
///
/// Source: `recoverMissedSchedules` of Kestra's `Schedule`.
public enum MissedTicks: String, Hashable, Sendable, CaseIterable {
    /// Each of them runs, the oldest first.
    case all = "ALL"
    /// Only the newest of them runs.
    case last = "LAST"
    /// None of them runs.
    case none = "NONE"
}
