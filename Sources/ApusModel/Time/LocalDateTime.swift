/// A day of the proleptic Gregorian calendar.
public struct LocalDate: Hashable, Sendable, Comparable {
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int

    /// `nil` when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (-999_999...999_999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysIn(month: month, year: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day a number of days after 1970-01-01, clamped to the years -999999 to 999999.
    ///
    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (civil from days).
    public init(daysSinceEpoch: Int64) {
        let clamped = min(max(daysSinceEpoch, -365_961_662), 364_522_971)
        let shifted = clamped + 719_468
        let era = shifted.flooredDivision(by: 146_097)
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * ofYear + 2) / 153
        day = Int(ofYear - (153 * monthFromMarch + 2) / 5 + 1)
        month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    }

    public var daysSinceEpoch: Int64 {
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let era = shiftedYear.flooredDivision(by: 400)
        let yearOfEra = shiftedYear - era * 400
        let ofYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let ofEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear
        return era * 146_097 + ofEra - 719_468
    }

    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    public static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// `2026-11-21`
    public var iso: String {
        var text = ""
        append(to: &text)
        return text
    }

    package func append(to text: inout String) {
        if year < 0 { text.append("-") } else if year > 9999 { text.append("+") }
        text.appendPadded(abs(year), to: 4)
        text.append("-")
        text.appendPadded(month, to: 2)
        text.append("-")
        text.appendPadded(day, to: 2)
    }

    public init?(iso text: some StringProtocol) {
        var scanner = DigitScanner(text)
        guard let date = scanner.date(), scanner.isAtEnd else { return nil }
        self = date
    }
}

/// A time of day, to the nanosecond.
public struct LocalTime: Hashable, Sendable, Comparable {
    public var hour: Int
    public var minute: Int
    public var second: Int
    public var nanosecond: Int

    public static let midnight = LocalTime(secondOfDay: 0, nanosecond: 0)

    /// - Parameters:
    ///   - secondOfDay: 0 to 86 399.
    ///   - nanosecond: 0 to 999 999 999.
    package init(secondOfDay: Int, nanosecond: Int) {
        hour = secondOfDay / 3600
        minute = secondOfDay / 60 % 60
        second = secondOfDay % 60
        self.nanosecond = nanosecond
    }

    public init?(hour: Int, minute: Int, second: Int = 0, nanosecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999_999).contains(nanosecond)
        else { return nil }
        self.hour = hour
        self.minute = minute
        self.second = second
        self.nanosecond = nanosecond
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.hour, left.minute, left.second, left.nanosecond)
            < (right.hour, right.minute, right.second, right.nanosecond)
    }

    /// The shortest of `10:07`, `10:07:18`, `10:07:18.959` (3, 6 or 9 digits).
    public var iso: String {
        var text = ""
        text.appendPadded(hour, to: 2)
        text.append(":")
        text.appendPadded(minute, to: 2)
        guard second != 0 || nanosecond != 0 else { return text }
        text.append(":")
        text.appendPadded(second, to: 2)
        guard nanosecond != 0 else { return text }
        text.append(".")
        if nanosecond % 1_000_000 == 0 {
            text.appendPadded(nanosecond / 1_000_000, to: 3)
        } else if nanosecond % 1000 == 0 {
            text.appendPadded(nanosecond / 1000, to: 6)
        } else {
            text.appendPadded(nanosecond, to: 9)
        }
        return text
    }

    public init?(iso text: some StringProtocol) {
        var scanner = DigitScanner(text)
        guard let time = scanner.time(), scanner.isAtEnd else { return nil }
        self = time
    }
}

/// A day and a time without a zone.
public struct LocalDateTime: Hashable, Sendable, Comparable {
    public var date: LocalDate
    public var time: LocalTime

    public init(date: LocalDate, time: LocalTime) {
        self.date = date
        self.time = time
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }

    public var iso: String { "\(date.iso)T\(time.iso)" }

    public init?(iso text: some StringProtocol) {
        var scanner = DigitScanner(text)
        guard let value = scanner.dateTime(), scanner.isAtEnd else { return nil }
        self = value
    }

    /// Seconds since 1970-01-01T00:00 on the local clock.
    public var localSeconds: Int64 {
        date.daysSinceEpoch * 86_400 + Int64(time.hour * 3600 + time.minute * 60 + time.second)
    }

    public init(localSeconds: Int64, nanosecond: Int = 0) {
        let days = localSeconds.flooredDivision(by: 86_400)
        let ofDay = Int(localSeconds - days * 86_400)
        date = LocalDate(daysSinceEpoch: days)
        time = LocalTime(secondOfDay: ofDay, nanosecond: nanosecond)
    }
}
