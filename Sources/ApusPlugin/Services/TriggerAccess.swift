import ApusModel

/// The triggers of flows.
public protocol TriggerAccess: Sendable {
    /// Switches a trigger on or off.
    ///
    /// - Throws: `TaskFailure` when there is no such trigger.
    func setEnabled(
        _ isEnabled: Bool, trigger: String, flowID: String, namespace: String
    ) async throws
}

/// Where there is no server.
public struct NoTriggers: TriggerAccess {
    public init() {}

    public func setEnabled(
        _ isEnabled: Bool, trigger: String, flowID: String, namespace: String
    ) async throws { throw Services.missing("scheduler") }
}
