public import ApusModel
import Foundation
import Synchronization

/// A time zone: a fixed distance from UTC, or a region with its rules.
public struct ZoneRules: Hashable, Sendable {
    /// `UTC`, `UTC+02:00`, `Europe/Paris`; `nil` for a plain offset.
    public let name: String?
    private let fixedOffset: Int?
    private let region: TimeZone

    private static let cache = Mutex<[String: ZoneRules]>([:])

    /// The rules that a name of `java.time.ZoneId` stands for; names differ by case.
    ///
    /// - Throws: A fault that quotes the name, when there is no such zone.
    public static func named(_ name: String) throws(ExpressionError) -> ZoneRules {
        if let known = cache.withLock({ $0[name] }) { return known }
        guard let rules = ZoneRules(name) else { throw .argument("`\(name)` is not a time zone") }
        cache.withLock { cache in
            if cache.count > 1000 { cache.removeAll() }
            cache[name] = rules
        }
        return rules
    }

    private init?(_ name: String) {
        guard let utc = TimeZone(secondsFromGMT: 0) else { return nil }
        if name == "Z" {
            self.init(name: nil, fixedOffset: 0, region: utc)
            return
        }
        if let offset = Self.offset(name) {
            self.init(name: nil, fixedOffset: offset, region: utc)
            return
        }
        for prefix in ["UTC", "GMT", "UT"] where name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            if rest.isEmpty || rest == "0" && prefix == "GMT" {
                self.init(name: name, fixedOffset: 0, region: utc)
                return
            }
            if let offset = Self.offset(rest) {
                let distance = offset == 0 ? "" : OffsetForm.id.text(of: offset)
                self.init(name: prefix + distance, fixedOffset: offset, region: utc)
                return
            }
        }
        guard ZoneNames.byZone[name] != nil, let region = TimeZone(identifier: name) else { return nil }
        self.init(name: name, fixedOffset: nil, region: region)
    }

    private init(name: String?, fixedOffset: Int?, region: TimeZone) {
        self.name = name
        self.fixedOffset = fixedOffset
        self.region = region
    }

    /// `+2`, `+02`, `+02:00`, `+0200`, `+02:00:00`, `+020000`, up to 18 hours, in seconds east.
    private static func offset(_ text: some StringProtocol) -> Int? {
        let bytes = Array(text.utf8.prefix(10))
        guard let sign = bytes.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
            return nil
        }
        let hasColons = bytes.contains(UInt8(ascii: ":"))
        guard
            !hasColons || bytes.count == 6 && bytes[3] == UInt8(ascii: ":")
                || bytes.count == 9 && bytes[3] == UInt8(ascii: ":") && bytes[6] == UInt8(ascii: ":")
        else { return nil }
        var digits = bytes.dropFirst().filter { $0 != UInt8(ascii: ":") }
        guard digits.allSatisfy(\.isDigit) else { return nil }
        if digits.count == 1 { digits.insert(UInt8(ascii: "0"), at: 0) }
        guard [2, 4, 6].contains(digits.count), !hasColons || bytes.count == digits.count + digits.count / 2
        else {
            return nil
        }
        var parts = [0, 0, 0]
        for (place, digit) in digits.enumerated() {
            parts[place / 2] = parts[place / 2] * 10 + Int(digit - UInt8(ascii: "0"))
        }
        let seconds = parts[0] * 3600 + parts[1] * 60 + parts[2]
        guard parts[1] < 60, parts[2] < 60, seconds <= 64_800 else { return nil }
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// Seconds east of UTC at an instant, in seconds since 1970.
    public func offset(at seconds: Int64) -> Int {
        fixedOffset ?? region.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    }

    /// The instant's time on the clocks of this zone.
    public func zoned(_ timestamp: Timestamp) -> ZonedDateTime {
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

    /// A time on the clocks of this zone. Of a time that comes twice the first is meant, unless an offset tells; one
    /// that is skipped moves on by the length of the gap.
    ///
    /// - Parameter preferred: The offset to keep where the time comes twice.
    public func zoned(_ local: LocalDateTime, preferred: Int? = nil) -> ZonedDateTime {
        let seconds = local.localSeconds
        let before = offset(at: seconds - 86_400)
        let after = offset(at: seconds + 86_400)
        for offset in [preferred, before, after] {
            guard let offset, self.offset(at: seconds - Int64(offset)) == offset else { continue }
            return ZonedDateTime(local: local, offsetSeconds: offset, zone: name)
        }
        return shifted(ZonedDateTime(local: local, offsetSeconds: before))
    }

    /// `CET`, `Central European Standard Time`, `Mitteleuropäische Normalzeit`.
    ///
    /// English names are Java's; those of other languages the system's CLDR knows.
    func displayName(
        at seconds: Int64, isFull: Bool, isGeneric: Bool, in locale: CalendarNames
    ) -> String {
        guard let name, let names = ZoneNames.byZone[name] else {
            return name ?? OffsetForm.id.text(of: fixedOffset ?? 0)
        }
        let isSummer = region.isDaylightSavingTime(for: Date(timeIntervalSince1970: Double(seconds)))
        let english = names.text(isFull: isFull, isGeneric: isGeneric, isSummer: isSummer)
        guard !locale.isAmericanEnglish, locale.language != "root" else { return english }
        if english == "Coordinated Universal Time" { return locale.zone("UTC") ?? english }
        if english == "Greenwich Mean Time" { return locale.zone("GMT") ?? english }
        guard fixedOffset == nil else { return english }
        let style: NSTimeZone.NameStyle =
            switch (isFull, isGeneric, isSummer) {
            case (true, true, _): .generic
            case (true, false, false): .standard
            case (true, false, true): .daylightSaving
            case (false, true, _): .shortGeneric
            case (false, false, false): .shortStandard
            case (false, false, true): .shortDaylightSaving
            }
        func local(_ identifier: String) -> String? {
            let local = region.localizedName(for: style, locale: Locale(identifier: identifier))
            // What has digits or blanks is no short name but a distance or a place.
            let isName = local?.contains { $0.isNumber || $0 == " " } == false && local != locale.offsetPrefix
            return isFull || isName ? local : nil
        }
        if isFull, locale.language == "en" { return english }
        if let local = local(locale.locale) { return local }
        // A country may do without a short name that its language has.
        guard locale.country != nil, local(locale.language) != nil else { return english }
        return locale.localizedOffset(offset(at: seconds), isFull: true)
    }
}

extension ZoneNames {
    func text(isFull: Bool, isGeneric: Bool, isSummer: Bool) -> String {
        if isGeneric { return isFull ? longGeneric : shortGeneric }
        let names = isFull ? long : short
        return isSummer ? names.summer : names.standard
    }
}

extension Int64 {
    /// Division that rounds towards negative infinity; the divisor is positive.
    func flooredDivision(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
