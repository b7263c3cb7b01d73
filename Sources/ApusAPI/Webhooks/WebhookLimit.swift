import ApusModel
import Synchronization

/// How many calls of one flow's webhooks an address may make in a second, right or wrong.
///
/// Counts are kept for the second at hand only, for at most `capacity` pairs of flow and address; in a second with more
/// of them, the further ones are counted by their address alone. So a stranger who makes up names of flows neither
/// fills the memory nor gets more calls.
public final class WebhookLimit: Sendable {
    private struct Caller: Hashable {
        var address: String
        var namespace = ""
        var flowID = ""
    }

    private struct Counts {
        var second: Int64 = .min
        var calls: [Caller: Int] = [:]
    }

    private static let capacity = 10_000

    /// `nil` for no limit.
    private let callsPerSecond: Int?
    private let counts = Mutex(Counts())

    /// - Parameter callsPerSecond: For one flow from one address; `nil` for no limit.
    public init(callsPerSecond: Int? = nil) { self.callsPerSecond = callsPerSecond }

    /// Counts a call; answers whether it may go on.
    func admits(namespace: String, flowID: String, from address: String, at now: Timestamp) -> Bool {
        guard let callsPerSecond else { return true }
        let second = now.microseconds / 1_000_000
        return counts.withLock { counts in
            if counts.second != second {
                counts.second = second
                counts.calls.removeAll(keepingCapacity: true)
            }
            var caller = Caller(address: address, namespace: namespace, flowID: flowID)
            if counts.calls.count >= Self.capacity, counts.calls[caller] == nil {
                caller = Caller(address: address)
            }
            let calls = counts.calls[caller, default: 0]
            guard calls < callsPerSecond else { return false }
            counts.calls[caller] = calls + 1
            return true
        }
    }
}
