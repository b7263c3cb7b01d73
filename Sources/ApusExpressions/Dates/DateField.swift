import ApusModel

/// What patterns print of a date and read into one.
enum DateField: Hashable, Sendable {
    case era, yearOfEra, year, month, day, dayOfYear, quarter, modifiedJulianDay
    /// The day of the week from Monday on.
    case weekday
    /// As the locale counts: its first day is 1.
    case localWeekday, weekYear, week, weekOfMonth
    /// 1 for the first seven days of the month.
    case sevenDaysOfMonth
    case isoWeekYear, isoWeek
    case halfDay, hour, clockHour, hourOfHalfDay, clockHourOfHalfDay
    case minute, second, nanosecond, milliOfDay, nanoOfDay

    /// The values a text may give.
    var range: ClosedRange<Int64> {
        switch self {
        case .era, .halfDay: 0...1
        case .yearOfEra: 1...1_000_000_000
        case .year, .weekYear, .isoWeekYear: -999_999_999...999_999_999
        case .month: 1...12
        case .day: 1...31
        case .dayOfYear: 1...366
        case .quarter: 1...4
        case .modifiedJulianDay: -365_961_662_000...365_961_662_000
        case .weekday, .localWeekday: 1...7
        case .week, .isoWeek: 1...53
        case .weekOfMonth: 0...6
        case .sevenDaysOfMonth: 1...5
        case .hour: 0...23
        case .clockHour: 1...24
        case .hourOfHalfDay: 0...11
        case .clockHourOfHalfDay: 1...12
        case .minute, .second: 0...59
        case .nanosecond: 0...999_999_999
        case .milliOfDay: 0...86_399_999
        case .nanoOfDay: 0...86_399_999_999_999
        }
    }

    /// The value of a part of a day; `nil` for parts of the time.
    func value(of date: LocalDate, _ weeks: Weeks) -> Int64? {
        switch self {
        case .era: date.year > 0 ? 1 : 0
        case .yearOfEra: Int64(date.year > 0 ? date.year : 1 - date.year)
        case .year: Int64(date.year)
        case .month: Int64(date.month)
        case .day: Int64(date.day)
        case .dayOfYear: Int64(date.dayOfYear)
        case .quarter: Int64((date.month - 1) / 3 + 1)
        case .modifiedJulianDay: date.daysSinceEpoch + 40_587
        case .weekday: Int64(date.dayOfWeek)
        case .localWeekday: Int64((date.dayOfWeek - weeks.firstDay + 7) % 7 + 1)
        case .weekYear: Int64(date.week(weeks).year)
        case .week: Int64(date.week(weeks).week)
        case .weekOfMonth: Int64(date.weekOfMonth(weeks))
        case .sevenDaysOfMonth: Int64((date.day - 1) / 7 + 1)
        case .isoWeekYear: Int64(date.week(.iso).year)
        case .isoWeek: Int64(date.week(.iso).week)
        default: nil
        }
    }

    /// The value of a part of a time; `nil` for parts of the day.
    func value(of time: LocalTime) -> Int64? {
        switch self {
        case .halfDay: Int64(time.hour / 12)
        case .hour: Int64(time.hour)
        case .clockHour: Int64((time.hour + 23) % 24 + 1)
        case .hourOfHalfDay: Int64(time.hour % 12)
        case .clockHourOfHalfDay: Int64((time.hour + 11) % 12 + 1)
        case .minute: Int64(time.minute)
        case .second: Int64(time.second)
        case .nanosecond: Int64(time.nanosecond)
        case .milliOfDay: time.nanoOfDay / 1_000_000
        case .nanoOfDay: time.nanoOfDay
        default: nil
        }
    }
}

extension LocalTime {
    fileprivate var nanoOfDay: Int64 {
        Int64(hour * 3600 + minute * 60 + second) * 1_000_000_000 + Int64(nanosecond)
    }
}
