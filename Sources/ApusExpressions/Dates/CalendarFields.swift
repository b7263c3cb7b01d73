import ApusModel

extension LocalDate {
    /// 1 for Monday to 7 for Sunday.
    var dayOfWeek: Int { Int(((daysSinceEpoch + 3) % 7 + 7) % 7) + 1 }

    var dayOfYear: Int { Int(daysSinceEpoch - start(ofYear: year)) + 1 }

    private func start(ofYear year: Int) -> Int64 {
        LocalDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
    }

    func advanced(days: Int64) -> LocalDate {
        let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
        return LocalDate(daysSinceEpoch: overflow ? (days < 0 ? .min / 2 : .max / 2) : sum)
    }

    /// Months later; a day that the month does not have becomes its last. `nil` outside the calendar.
    func advanced(months: Int64) -> LocalDate? {
        let (total, overflow) = (Int64(year) * 12 + Int64(month - 1)).addingReportingOverflow(months)
        guard !overflow, let year = Int(exactly: total.flooredDivision(12)), abs(year) <= 999_999 else {
            return nil
        }
        let month = Int(total - Int64(year) * 12) + 1
        return LocalDate(year: year, month: month, day: min(day, Self.daysIn(month: month, year: year)))
    }

    /// The year and the number of the week.
    func week(_ weeks: Weeks) -> (year: Int, week: Int) {
        var weekYear = year
        if daysSinceEpoch < Self.start(ofWeekYear: year, weeks) {
            weekYear -= 1
        } else if daysSinceEpoch >= Self.start(ofWeekYear: year + 1, weeks) {
            weekYear += 1
        }
        return (weekYear, Int((daysSinceEpoch - Self.start(ofWeekYear: weekYear, weeks)) / 7) + 1)
    }

    /// The day on which the first week of a year begins, in days since 1970.
    static func start(ofWeekYear year: Int, _ weeks: Weeks) -> Int64 {
        firstWeek(of: LocalDate(year: year, month: 1, day: 1), weeks)
    }

    /// The day on which the first week of the month begins.
    func startOfWeeksOfMonth(_ weeks: Weeks) -> Int64 {
        Self.firstWeek(of: LocalDate(year: year, month: month, day: 1), weeks)
    }

    private static func firstWeek(of first: LocalDate?, _ weeks: Weeks) -> Int64 {
        guard let first else { return 0 }
        let offset = (first.dayOfWeek - weeks.firstDay + 7) % 7
        let start = first.daysSinceEpoch - Int64(offset)
        return 7 - offset >= weeks.minimalDays ? start : start + 7
    }

    /// 0 for days before the first week.
    func weekOfMonth(_ weeks: Weeks) -> Int {
        Int((daysSinceEpoch - startOfWeeksOfMonth(weeks) + 7) / 7)
    }
}

/// Units of time that dates can be moved by.
enum DateUnit: String, CaseIterable {
    case nanos = "NANOS"
    case micros = "MICROS"
    case millis = "MILLIS"
    case seconds = "SECONDS"
    case minutes = "MINUTES"
    case hours = "HOURS"
    case halfDays = "HALF_DAYS"
    case days = "DAYS"
    case weeks = "WEEKS"
    case months = "MONTHS"
    case years = "YEARS"
    case decades = "DECADES"
    case centuries = "CENTURIES"
    case millennia = "MILLENNIA"

    init(named name: String) throws(ExpressionError) {
        guard let unit = DateUnit(rawValue: name) else {
            let names = DateUnit.allCases.map(\.rawValue)
            let hint = NearestName.of(name.uppercased(), among: names).map { "; did you mean `\($0)`?" } ?? ""
            throw .argument("`\(name)` is not a unit of time\(hint)")
        }
        self = unit
    }

    /// Units from a day on keep the time on the clock; shorter ones move along the line of time.
    func added(_ amount: Int64, to date: ZonedDateTime, in zone: ZoneRules?) throws(ExpressionError)
        -> ZonedDateTime
    {
        switch self {
        case .nanos: return try moved(date, amount, unitsPerSecond: 1_000_000_000, zone)
        case .micros: return try moved(date, amount, unitsPerSecond: 1_000_000, zone)
        case .millis: return try moved(date, amount, unitsPerSecond: 1000, zone)
        case .seconds: return try moved(date, amount, unitsPerSecond: 1, zone)
        case .minutes: return try moved(date, try product(amount, 60), unitsPerSecond: 1, zone)
        case .hours: return try moved(date, try product(amount, 3600), unitsPerSecond: 1, zone)
        case .halfDays: return try moved(date, try product(amount, 43_200), unitsPerSecond: 1, zone)
        case .days: return try placed(date, date.local.date.advanced(days: amount), zone)
        case .weeks: return try placed(date, date.local.date.advanced(days: try product(amount, 7)), zone)
        case .months: return try placed(date, date.local.date.advanced(months: amount), zone)
        case .years: return try placed(date, date.local.date.advanced(months: try product(amount, 12)), zone)
        case .decades:
            return try placed(date, date.local.date.advanced(months: try product(amount, 120)), zone)
        case .centuries:
            return try placed(date, date.local.date.advanced(months: try product(amount, 1200)), zone)
        case .millennia:
            return try placed(date, date.local.date.advanced(months: try product(amount, 12_000)), zone)
        }
    }

    private func product(_ amount: Int64, _ factor: Int64) throws(ExpressionError) -> Int64 {
        let (product, overflow) = amount.multipliedReportingOverflow(by: factor)
        guard !overflow else { throw .argument("\(amount) \(rawValue) is too long") }
        return product
    }

    private func moved(
        _ date: ZonedDateTime, _ amount: Int64, unitsPerSecond: Int64, _ zone: ZoneRules?
    ) throws(ExpressionError) -> ZonedDateTime {
        let seconds = amount.flooredDivision(unitsPerSecond)
        let nanoseconds =
            Int64(date.local.time.nanosecond)
            + (amount - seconds * unitsPerSecond) * (1_000_000_000 / unitsPerSecond)
        guard abs(seconds) < 31_556_889_864_403 else { throw .argument("\(amount) \(rawValue) is too long") }
        let total = date.local.localSeconds + seconds + nanoseconds / 1_000_000_000
        let moved = ZonedDateTime(
            local: LocalDateTime(localSeconds: total, nanosecond: Int(nanoseconds % 1_000_000_000)),
            offsetSeconds: date.offsetSeconds, zone: date.zone)
        return zone?.shifted(moved) ?? moved
    }

    private func placed(
        _ date: ZonedDateTime, _ day: LocalDate?, _ zone: ZoneRules?
    ) throws(ExpressionError) -> ZonedDateTime {
        guard let day, abs(day.year) <= 999_999 else { throw .argument("the date is outside the calendar") }
        let local = LocalDateTime(date: day, time: date.local.time)
        return zone?.zoned(local, preferred: date.offsetSeconds)
            ?? ZonedDateTime(local: local, offsetSeconds: date.offsetSeconds, zone: date.zone)
    }
}
