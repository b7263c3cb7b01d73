import ApusEngine
import ApusExpressions
import ApusModel
import Foundation

/// Short ways to write schedules and instants in tests.
enum Fixture {
    /// `2026-03-29T02:00:00Z`, or with another offset.
    static func instant(_ iso: String) throws -> Timestamp {
        guard let instant = Timestamp(iso: iso) else { throw Unreadable(text: iso) }
        return instant
    }

    static func cron(_ text: String, in zone: String = "UTC", withSeconds: Bool = false) throws
        -> ScheduleDates
    {
        .cron(try CronExpression(text, withSeconds: withSeconds), in: try ZoneRules.named(zone))
    }

    /// `2026-03-29T03:00+02:00`: the shortest form of an instant on the clocks of a zone.
    static func text(_ instant: Timestamp?, in zone: String = "UTC") throws -> String {
        guard let instant else { return "none" }
        let zoned = try ZoneRules.named(zone).zoned(instant)
        let offset = zoned.offsetSeconds
        let minutes = abs(offset) / 60
        let distance = String(format: "%@%02d:%02d", offset < 0 ? "-" : "+", minutes / 60, minutes % 60)
        return zoned.local.iso + (zone == "UTC" ? "Z" : distance)
    }

    struct Unreadable: Error {
        var text: String
    }

    /// A file of the checkout.
    static func file(_ path: String) -> URL {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent(path)
    }
}

/// The same numbers from the same seed, on every machine (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
