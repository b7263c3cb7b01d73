public import ApusExpressions
public import ApusModel

/// A check of a flow that does not hold for an execution that is about to begin.
public struct FailedCheck: Hashable, Sendable {
    public var message: String
    public var style: FlowCheck.Style
    public var behavior: FlowCheck.Behavior
    /// Its condition could not be evaluated; `message` says why.
    public var isUnclear: Bool

    /// Why an execution is refused or fails, naming every check that failed.
    public static func reason(_ failed: [FailedCheck]) -> String {
        "Flow execution blocked: one or more condition checks evaluated to false.\nFailed checks: "
            + failed.map(\.message).joined(separator: ", ")
    }

    /// The severity of a line that tells of it.
    public var level: LogLevel {
        switch style {
        case .error: .error
        case .warning: .warn
        case .success, .info: .info
        }
    }
}

extension ExecutionMachine {
    /// The flow's checks that do not hold, in their order. A condition that cannot be evaluated blocks.
    public func failedChecks(at now: Timestamp, knowing facts: Facts) throws(MissingFacts) -> [FailedCheck] {
        var failed: [FailedCheck] = []
        guard !flow.checks.isEmpty else { return failed }
        let context = context(for: nil as Int?, Moment(now: now, facts: facts))
        for check in flow.checks {
            do {
                guard try check.condition.evaluate(context) != true else { continue }
                failed.append(
                    FailedCheck(
                        message: check.message, style: check.style, behavior: check.behavior, isUnclear: false
                    ))
            } catch {
                if case .missingFacts(let requests) = error.reason { throw MissingFacts(requests: requests) }
                failed.append(
                    FailedCheck(
                        message: "\(check.message) (the condition cannot be evaluated: \(error.message))",
                        style: .error, behavior: .blockExecution, isUnclear: true))
            }
        }
        return failed
    }
}
