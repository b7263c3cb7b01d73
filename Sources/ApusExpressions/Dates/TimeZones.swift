import ApusModel
import Foundation
import Synchronization

/// A time zone: a fixed distance from UTC, or a region with its rules.
struct ZoneRules: Sendable {
    /// `UTC`, `Europe/Paris`; `nil` for a plain offset.
    let name: String?
    private let fixedOffset: Int?
    private let region: TimeZone

    private static let cache = Mutex<[String: ZoneRules]>([:])

    static func named(_ name: String) throws(ExpressionError) -> ZoneRules {
        if let known = cache.withLock({ $0[name] }) { return known }
        guard let rules = ZoneRules(name) else { throw .argument("`\(name)` is not a time zone") }
        cache.withLock { cache in
            if cache.count > 1000 { cache.removeAll() }
            cache[name] = rules
        }
        return rules
    }

    private init?(_ name: String) {
        let utc = TimeZone(secondsFromGMT: 0)
        if let offset = Self.offset(name), let utc {
            self.name = ["UTC", "GMT", "UT"].contains(name) ? name : nil
            fixedOffset = offset
            region = utc
            return
        }
        guard name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || "/_-+".utf8.contains($0) }),
            TimeZone.knownTimeZoneIdentifiers.contains(name) || Self.extraNames.contains(name)
                || name.hasPrefix("Etc/"),
            let region = TimeZone(identifier: name)
        else { return nil }
        self.name = name
        fixedOffset = nil
        self.region = region
    }

    private static let extraNames: Set<String> = [
        "CET", "EET", "MET", "WET", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "Zulu", "Universal",
        "Greenwich",
        "US/Eastern", "US/Central", "US/Mountain", "US/Pacific", "Asia/Calcutta", "Asia/Kolkata",
        "Europe/Kiev",
        "Europe/Kyiv", "Japan", "Singapore", "Turkey", "Israel", "Egypt", "Poland", "Portugal", "Hongkong",
    ]

    /// `Z`, `UTC`, `+02:00`, `GMT+2`, in seconds east.
    private static func offset(_ name: String) -> Int? {
        if name == "Z" { return 0 }
        var rest = Substring(name)
        for prefix in ["UTC", "GMT", "UT"] where rest.hasPrefix(prefix) {
            rest.removeFirst(prefix.count)
            break
        }
        guard !rest.isEmpty else { return 0 }
        guard let sign = rest.first, sign == "+" || sign == "-" else { return nil }
        let parts = rest.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
        var digits = parts.map(String.init)
        if digits.count == 1, let only = digits.first, only.count == 4 || only.count == 6 {
            digits = stride(from: 0, to: only.count, by: 2).map { String(only.dropFirst($0).prefix(2)) }
        }
        let numbers = digits.map { $0.count <= 2 ? Int($0) : nil }
        guard (1...3).contains(numbers.count), let hours = numbers.first ?? nil, hours <= 18 else {
            return nil
        }
        var seconds = hours * 3600
        for (number, scale) in zip(numbers.dropFirst(), [60, 1]) {
            guard let number, number < 60 else { return nil }
            seconds += number * scale
        }
        return sign == "-" ? -seconds : seconds
    }

    /// Seconds east of UTC at an instant, in seconds since 1970.
    func offset(at seconds: Int64) -> Int {
        fixedOffset ?? region.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }

    /// The instant's time on the clocks of this zone.
    func zoned(_ timestamp: Timestamp) -> ZonedDateTime {
        let seconds = timestamp.microseconds.flooredDivision(1_000_000)
        return ZonedDateTime(timestamp, offsetSeconds: offset(at: seconds), zone: name)
    }

    /// The same instant, nanoseconds kept.
    func shifted(_ zoned: ZonedDateTime) -> ZonedDateTime {
        let seconds = zoned.local.localSeconds - Int64(zoned.offsetSeconds)
        let offset = offset(at: seconds)
        return ZonedDateTime(
            local: LocalDateTime(
                localSeconds: seconds + Int64(offset), nanosecond: zoned.local.time.nanosecond),
            offsetSeconds: offset, zone: name)
    }

    /// A time on the clocks of this zone. Of a time that comes twice the first is meant; one that is skipped moves
    /// on by the length of the gap.
    func zoned(_ local: LocalDateTime) -> ZonedDateTime {
        let seconds = local.localSeconds
        let before = offset(at: seconds - 86_400)
        let after = offset(at: seconds + 86_400)
        if offset(at: seconds - Int64(before)) == before {
            return ZonedDateTime(local: local, offsetSeconds: before, zone: name)
        }
        if offset(at: seconds - Int64(after)) == after {
            return ZonedDateTime(local: local, offsetSeconds: after, zone: name)
        }
        return shifted(ZonedDateTime(local: local, offsetSeconds: before))
    }

    /// `CET`, `UTC`, `GMT+1`
    func abbreviation(at seconds: Int64) -> String {
        if let name, fixedOffset != nil { return name }
        let date = Date(timeIntervalSince1970: Double(seconds))
        if let name, name.hasPrefix("Europe/") {
            let isSummer = region.isDaylightSavingTime(for: date)
            switch region.secondsFromGMT(for: date) - (isSummer ? 3600 : 0) {
            case 0 where name == "Europe/London": return isSummer ? "BST" : "GMT"
            case 0 where name == "Europe/Lisbon": return isSummer ? "WEST" : "WET"
            case 3600: return isSummer ? "CEST" : "CET"
            case 7200: return isSummer ? "EEST" : "EET"
            default: break
            }
        }
        return region.abbreviation(for: date) ?? name ?? "Z"
    }

    /// `Central European Standard Time`
    func longName(at seconds: Int64) -> String {
        if fixedOffset == 0, name != nil { return "Coordinated Universal Time" }
        let isSummer = region.isDaylightSavingTime(for: Date(timeIntervalSince1970: Double(seconds)))
        let locale = Locale(identifier: "en_US")
        return region.localizedName(for: isSummer ? .daylightSaving : .standard, locale: locale)
            ?? abbreviation(at: seconds)
    }
}

extension Int64 {
    /// Division that rounds towards negative infinity; the divisor is positive.
    func flooredDivision(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
