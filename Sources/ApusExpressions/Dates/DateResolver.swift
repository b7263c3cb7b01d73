import ApusModel

/// Makes a moment of the fields of a text.
///
/// Source: the smart and the strict style of `java.time.format.ResolverStyle`.
struct DateResolver {
    private var fields: DateFields
    private let weeks: Weeks
    private let isStrict: Bool
    private(set) var date: LocalDate?
    private(set) var time: LocalTime?

    /// `nil` when the fields contradict themselves or are out of range.
    init?(_ fields: DateFields, weeks: Weeks, isStrict: Bool) {
        self.fields = fields
        self.weeks = weeks
        self.isStrict = isStrict
        guard resolveYear(), resolveDate(), resolveTime() else { return nil }
    }

    /// The moment that zone, date and time make, else that of the time or the day in a zone.
    func moment(in zone: ZoneRules) -> ZonedDateTime? {
        guard let date else { return nil }
        guard let time else { return zone.zoned(LocalDateTime(date: date, time: .midnight)) }
        let local = LocalDateTime(date: date, time: time)
        if let own = fields.zone {
            guard let offset = fields.offsetSeconds else { return own.zoned(local) }
            // The offset tells the instant, whatever the zone says.
            return own.shifted(ZonedDateTime(local: local, offsetSeconds: offset))
        }
        if let offset = fields.offsetSeconds { return ZonedDateTime(local: local, offsetSeconds: offset) }
        return zone.zoned(local)
    }

    // Dates

    private mutating func resolveYear() -> Bool {
        guard let year = fields.take(.yearOfEra) else { return true }
        guard DateField.yearOfEra.range.contains(year) else { return false }
        if let era = fields.take(.era) { return fields.note(.year, era == 1 ? year : 1 - year) }
        // Without an era a year that is told otherwise tells it.
        return fields.note(.year, fields[.year] ?? 1 > 0 ? year : 1 - year)
    }

    private mutating func resolveDate() -> Bool {
        for (field, value) in fields.numbers where field.value(of: LocalTime.midnight) == nil {
            guard field.range.contains(value) else { return false }
        }
        if let local = fields.take(.localWeekday) {
            // The number counts, whatever name the text gives besides.
            fields.replace(.weekday, with: (local - 1 + Int64(weeks.firstDay) - 1) % 7 + 1)
        }
        switch found() {
        case .none: return true
        case .some(let found):
            guard let day = found, abs(day.year) <= 999_999 else { return false }
            // A day that the month does not have has become its last.
            for (field, value) in fields.numbers where field != .day || fields[.month] == nil {
                if let own = field.value(of: day, weeks), own != value { return false }
            }
            date = day
            return true
        }
    }

    /// The day that the fields name: `nil` without enough of them, a `nil` inside when there is none such.
    private func found() -> LocalDate?? {
        if let year = fields[.year].flatMap({ Int(exactly: $0) }) {
            guard abs(year) <= 999_999 else { return .some(nil) }
            if let month = fields[.month].flatMap({ Int(exactly: $0) }) {
                if let day = fields[.day].flatMap({ Int(exactly: $0) }) {
                    let last = LocalDate.daysIn(month: month, year: year)
                    return .some(LocalDate(year: year, month: month, day: isStrict ? day : min(day, last)))
                }
                return inMonth(LocalDate(year: year, month: month, day: 1))
            }
            if let day = fields[.dayOfYear] {
                guard day <= 365 || LocalDate.isLeap(year) else { return .some(nil) }
                return .some(LocalDate(year: year, month: 1, day: 1)?.advanced(days: day - 1))
            }
        }
        if let year = fields[.isoWeekYear], let week = fields[.isoWeek], let weekday = fields[.weekday] {
            return day(weekday, ofWeek: week, year, .iso)
        }
        if let year = fields[.weekYear], let week = fields[.week], let weekday = fields[.weekday] {
            return day(weekday, ofWeek: week, year, weeks)
        }
        if let day = fields[.modifiedJulianDay] { return .some(LocalDate(daysSinceEpoch: day - 40_587)) }
        return .none
    }

    private func inMonth(_ first: LocalDate?) -> LocalDate?? {
        guard let first, let weekday = fields[.weekday] else { return .none }
        if let week = fields[.weekOfMonth] {
            let start = first.startOfWeeksOfMonth(weeks) + (week - 1) * 7
            return .some(LocalDate(daysSinceEpoch: start + place(weekday, weeks)))
        }
        if let sevenDays = fields[.sevenDaysOfMonth] {
            let start = first.advanced(days: (sevenDays - 1) * 7)
            return .some(start.advanced(days: (weekday - Int64(start.dayOfWeek) + 7) % 7))
        }
        return .none
    }

    private func day(_ weekday: Int64, ofWeek week: Int64, _ year: Int64, _ weeks: Weeks) -> LocalDate?? {
        guard let year = Int(exactly: year), abs(year) < 999_999 else { return .some(nil) }
        let start = LocalDate.start(ofWeekYear: year, weeks) + (week - 1) * 7
        return .some(LocalDate(daysSinceEpoch: start + place(weekday, weeks)))
    }

    /// Days from the first of the week.
    private func place(_ weekday: Int64, _ weeks: Weeks) -> Int64 {
        (weekday - Int64(weeks.firstDay) + 7) % 7
    }
}

extension DateResolver {
    private mutating func resolveTime() -> Bool {
        if let hour = fields.take(.clockHour) {
            guard hour == 0 && !isStrict || DateField.clockHour.range.contains(hour) else { return false }
            guard fields.note(.hour, hour == 24 ? 0 : hour) else { return false }
        }
        if let hour = fields.take(.clockHourOfHalfDay) {
            guard hour == 0 && !isStrict || DateField.clockHourOfHalfDay.range.contains(hour) else {
                return false
            }
            guard fields.note(.hourOfHalfDay, hour == 12 ? 0 : hour) else { return false }
        }
        for (field, value) in fields.numbers where field.value(of: LocalTime.midnight) != nil {
            let isMidnight = field == .hour && value == 24 && !isStrict
            guard isMidnight || field.range.contains(value) else { return false }
        }
        guard resolveCounts(), resolveHalfDay() else { return false }
        return resolveClock()
    }

    private mutating func resolveHalfDay() -> Bool {
        if let hour = fields[.hourOfHalfDay] {
            if let half = fields[.halfDay] {
                guard fields.note(.hour, half * 12 + hour) else { return false }
            } else if let period = fields.period {
                // Afternoon when the period has that hour, and morning otherwise, even when it has not.
                let minute = Int(hour * 60 + (fields[.minute] ?? 0))
                return fields.note(.hour, period.includes(minuteOfDay: minute + 720) ? hour + 12 : hour)
            }
        } else if fields[.hour] == nil, fields[.minute] == nil, fields[.second] == nil,
            fields[.nanosecond] == nil
        {
            // A part of the day alone is its middle.
            if let period = fields.period {
                let isMorning = period.middle < 720
                guard fields[.halfDay].map({ ($0 == 0) == isMorning }) ?? true else { return false }
                return fields.note(.hour, Int64(period.middle / 60))
                    && fields.note(.minute, Int64(period.middle % 60))
            }
            if let half = fields[.halfDay] { return fields.note(.hour, half * 12 + 6) }
        }
        guard let period = fields.period, let hour = fields[.hour] else { return true }
        return period.includes(minuteOfDay: Int(hour % 24 * 60 + (fields[.minute] ?? 0)))
    }

    /// Counts since midnight are hours, minutes and seconds.
    private mutating func resolveCounts() -> Bool {
        if let count = fields[.nanoOfDay] {
            guard resolve(second: count / 1_000_000_000), fields.note(.nanosecond, count % 1_000_000_000)
            else {
                return false
            }
        }
        guard let count = fields[.milliOfDay] else { return true }
        guard resolve(second: count / 1000) else { return false }
        // Finer digits may be told besides.
        if let known = fields[.nanosecond] { return known / 1_000_000 == count % 1000 }
        return fields.note(.nanosecond, count % 1000 * 1_000_000)
    }

    private mutating func resolve(second: Int64) -> Bool {
        fields.note(.hour, second / 3600) && fields.note(.minute, second / 60 % 60)
            && fields.note(.second, second % 60)
    }

    private mutating func resolveClock() -> Bool {
        let (minute, second, nanosecond) = (fields[.minute], fields[.second], fields[.nanosecond])
        // A part without the greater ones before it makes no time.
        guard var hour = fields[.hour], minute != nil || second == nil && nanosecond == nil,
            second != nil || nanosecond == nil
        else { return true }
        if hour == 24 {
            guard (minute ?? 0) == 0, (second ?? 0) == 0, (nanosecond ?? 0) == 0 else { return false }
            hour = 0
            date = date?.advanced(days: 1)
        }
        guard
            let time = LocalTime(
                hour: Int(hour), minute: Int(minute ?? 0), second: Int(second ?? 0),
                nanosecond: Int(nanosecond ?? 0))
        else { return false }
        for (field, value) in fields.numbers where field != .hour {
            if let own = field.value(of: time), own != value { return false }
        }
        self.time = time
        return true
    }
}
