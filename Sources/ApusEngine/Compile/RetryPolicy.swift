public import ApusModel

/// When a failed task run is tried again.
///
/// A policy decides; it never waits. The executor turns the answer into a timer.
/// Source: the `retry` block of a task, a flow task or a flow.
public struct RetryPolicy: Hashable, Sendable {
    public enum Delay: Hashable, Sendable {
        case constant(ISODuration)
        case exponential(first: ISODuration, factor: Double, ceiling: ISODuration)
        case random(ISODuration, ISODuration)
    }

    public enum Behavior: String, Hashable, Sendable, CaseIterable {
        case retryFailedTask = "RETRY_FAILED_TASK"
        case createNewExecution = "CREATE_NEW_EXECUTION"
    }

    public var delay: Delay
    /// Attempts in all, the first one included. At least 1; `nil` for no bound.
    public var maxAttempts: Int?
    /// No attempt begins later than this after the first one began.
    public var maxDuration: ISODuration?
    /// A success after a retry counts as a warning.
    public var warningOnRetry: Bool
    public var behavior: Behavior

    /// The time of the next attempt, or `nil` when none is left.
    ///
    /// - Parameters:
    ///   - attempts: How many attempts have ended, all of them failed. At least 1.
    ///   - failure: When the last of them ended.
    ///   - begin: When the first of them began.
    ///   - seed: Makes the random delay; the same seed gives the same delay.
    public func nextAttempt(
        after attempts: Int, endedAt failure: Timestamp, begunAt begin: Timestamp, seed: UInt64
    ) -> Timestamp? {
        if let maxAttempts, attempts >= maxAttempts { return nil }
        let next = failure.advanced(by: delay(after: attempts, seed: seed))
        if let maxDuration, next > begin.advanced(by: maxDuration) { return nil }
        return next
    }

    private func delay(after attempts: Int, seed: UInt64) -> ISODuration {
        switch delay {
        case .constant(let interval):
            return interval
        case .exponential(let first, let factor, let ceiling):
            var microseconds = Double(first.microseconds)
            for _ in 1..<max(attempts, 1) where microseconds < Double(ceiling.microseconds) {
                microseconds *= factor
            }
            return microseconds >= Double(ceiling.microseconds)
                ? ceiling : ISODuration(microseconds: Int64(microseconds))
        case .random(let least, let most):
            let width = UInt64(max(0, most.microseconds - least.microseconds))
            guard width > 0 else { return least }
            return ISODuration(microseconds: least.microseconds + Int64(mixed(seed) % width))
        }
    }
}

/// Spreads a number over 64 bits. Source: the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
func mixed(_ number: UInt64) -> UInt64 {
    var bits = number &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
}
