import ApusModel
import Foundation

extension Timestamp {
    /// The time of this machine.
    static var now: Timestamp {
        Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
    }
}
