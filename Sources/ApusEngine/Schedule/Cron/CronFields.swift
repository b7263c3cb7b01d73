import ApusModel

/// The times on a clock that one cron expression stands for, without a zone.
///
/// Local times are seconds since 1970-01-01T00:00 on that clock. A search goes from field to field, so it costs the
/// same for an expression of every second and for one of every fourth year.
struct CronFields: Hashable, Sendable {
    var seconds = CronValues()
    var minutes = CronValues()
    var hours = CronValues()
    var daysOfMonth = CronValues()
    var months = CronValues()
    /// 0 is Sunday, 6 Saturday.
    var daysOfWeek = CronValues()
    /// Whether the field is anything else than `*`. Where both are, a day matches when either does.
    var isDayOfMonthRestricted = false
    var isDayOfWeekRestricted = false

    /// Months searched in either direction: no day of the calendar is farther than eight years from the next of its
    /// kind (29 February, around the year 2100).
    private static let monthsSearched = 121

    /// Whether there is no such day, as with 30 February.
    var isNever: Bool {
        guard !isDayOfWeekRestricted, let day = daysOfMonth.first(from: 1) else { return false }
        return !(1...12).contains { months.contains($0) && day <= LocalDate.daysIn(month: $0, year: 2000) }
    }

    /// Whether it runs in every hour of the clock, so that its hours are a rhythm and no times of day.
    var isEveryHour: Bool { hours == CronValues(CronField.hour.range) }

    /// The earliest matching time that is not before another.
    func first(from local: Int64) -> Int64? {
        let days = local.flooredDivision(by: 86_400)
        let date = LocalDate(daysSinceEpoch: days)
        let matching = self.days(ofMonth: date.month, year: date.year)
        if matching.contains(date.day), let second = firstSecond(from: Int(local - days * 86_400)) {
            return days * 86_400 + Int64(second)
        }
        if let day = matching.first(from: date.day + 1) {
            return time(year: date.year, month: date.month, day: day, at: firstSecond(from: 0))
        }
        var month = date.month
        var year = date.year
        for _ in 0..<Self.monthsSearched {
            (month, year) = month == 12 ? (1, year + 1) : (month + 1, year)
            if let day = self.days(ofMonth: month, year: year).first(from: 1) {
                return time(year: year, month: month, day: day, at: firstSecond(from: 0))
            }
        }
        return nil
    }

    /// The latest matching time that is not after another.
    func last(to local: Int64) -> Int64? {
        let days = local.flooredDivision(by: 86_400)
        let date = LocalDate(daysSinceEpoch: days)
        let matching = self.days(ofMonth: date.month, year: date.year)
        if matching.contains(date.day), let second = lastSecond(to: Int(local - days * 86_400)) {
            return days * 86_400 + Int64(second)
        }
        if let day = matching.last(to: date.day - 1) {
            return time(year: date.year, month: date.month, day: day, at: lastSecond(to: 86_399))
        }
        var month = date.month
        var year = date.year
        for _ in 0..<Self.monthsSearched {
            (month, year) = month == 1 ? (12, year - 1) : (month - 1, year)
            if let day = self.days(ofMonth: month, year: year).last(to: 31) {
                return time(year: year, month: month, day: day, at: lastSecond(to: 86_399))
            }
        }
        return nil
    }

    /// The days of one month that match.
    func days(ofMonth month: Int, year: Int) -> CronValues {
        guard months.contains(month), let first = LocalDate(year: year, month: month, day: 1) else {
            return CronValues()
        }
        var days = CronValues()
        if isDayOfMonthRestricted || !isDayOfWeekRestricted { days.formUnion(daysOfMonth) }
        if isDayOfWeekRestricted {
            // 1970-01-01 was a Thursday.
            let sinceSunday = first.daysSinceEpoch + 4
            let weekday = Int(sinceSunday - sinceSunday.flooredDivision(by: 7) * 7)
            for day in 1...31 where daysOfWeek.contains((weekday + day - 1) % 7) { days.insert(day) }
        }
        return days.limited(to: LocalDate.daysIn(month: month, year: year))
    }

    private func time(year: Int, month: Int, day: Int, at second: Int?) -> Int64? {
        guard let date = LocalDate(year: year, month: month, day: day), let second else { return nil }
        return date.daysSinceEpoch * 86_400 + Int64(second)
    }

    /// - Parameter second: A second of a day, 0 to 86 399.
    private func firstSecond(from second: Int) -> Int? {
        let (hour, minute) = (second / 3600, second / 60 % 60)
        if hours.contains(hour) {
            if minutes.contains(minute), let found = seconds.first(from: second % 60) {
                return hour * 3600 + minute * 60 + found
            }
            if let later = minutes.first(from: minute + 1), let first = seconds.first(from: 0) {
                return hour * 3600 + later * 60 + first
            }
        }
        guard let later = hours.first(from: hour + 1), let minute = minutes.first(from: 0),
            let second = seconds.first(from: 0)
        else { return nil }
        return later * 3600 + minute * 60 + second
    }

    /// - Parameter second: A second of a day, 0 to 86 399.
    private func lastSecond(to second: Int) -> Int? {
        let (hour, minute) = (second / 3600, second / 60 % 60)
        if hours.contains(hour) {
            if minutes.contains(minute), let found = seconds.last(to: second % 60) {
                return hour * 3600 + minute * 60 + found
            }
            if let earlier = minutes.last(to: minute - 1), let last = seconds.last(to: 59) {
                return hour * 3600 + earlier * 60 + last
            }
        }
        guard let earlier = hours.last(to: hour - 1), let minute = minutes.last(to: 59),
            let second = seconds.last(to: 59)
        else { return nil }
        return earlier * 3600 + minute * 60 + second
    }
}
