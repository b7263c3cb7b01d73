import ApusModel

extension Function {
    /// Questions about days.
    static let calendar: [Function] = [
        Function("dayOfWeek", ["date*"]) { (call) throws(ExpressionError) in
            .string(Weekday.names[try call.day(0).dayOfWeek - 1])
        },
        Function("dayOfMonth", ["date*"]) { (call) throws(ExpressionError) in .int(Int64(try call.day(0).day))
        },
        Function("monthOfYear", ["date*"]) { (call) throws(ExpressionError) in
            .int(Int64(try call.day(0).month))
        },
        Function("hourOfDay", ["date*"]) { (call) throws(ExpressionError) in
            guard let time = try call.localTime(0).time else {
                throw .failed("`\(try call.text(0))` has no hour")
            }
            return .int(Int64(time.hour))
        },
        Function("isWeekend", ["date*"]) { (call) throws(ExpressionError) in
            .bool(try call.day(0).dayOfWeek >= 6)
        },
        Function("isDayWeekInMonth", ["date*", "dayOfWeek*", "position*"]) { (call) throws(ExpressionError) in
            let day = try call.day(0)
            let weekday = try Weekday.number(try call.string(1))
            let position = try call.string(2).uppercased()
            guard let place = ["FIRST", "SECOND", "THIRD", "FOURTH", "LAST"].firstIndex(of: position) else {
                throw .argument("the position is FIRST, SECOND, THIRD, FOURTH or LAST, found `\(position)`")
            }
            guard day.dayOfWeek == weekday else { return .bool(false) }
            if place == 4 { return .bool(day.day + 7 > LocalDate.daysIn(month: day.month, year: day.year)) }
            return .bool((day.day - 1) / 7 == place)
        },
        Function("isLastWorkingDay", ["date*", "workingDays"]) { (call) throws(ExpressionError) in
            let day = try call.day(0)
            var working: Set<Int> = [1, 2, 3, 4, 5]
            if let given = try call.optionalString(1) {
                let names = given.split { $0 == "," || $0.isWhitespace }
                guard !names.isEmpty || given.trimmingSpace().isEmpty else {
                    throw .argument("`workingDays` names no day of the week")
                }
                if !names.isEmpty { working = [] }
                for name in names { working.insert(try Weekday.number(String(name))) }
            }
            guard working.contains(day.dayOfWeek) else { return .bool(false) }
            let last = LocalDate.daysIn(month: day.month, year: day.year)
            return .bool(
                !(day.day..<last).contains { working.contains((day.dayOfWeek + $0 - day.day) % 7 + 1) })
        },
        Function("isPublicHoliday", ["date*", "countryCode", "subDivision"]) {
            (call) throws(ExpressionError) in
            guard let country = try call.optionalString(1) else {
                throw .argument("\(call.subject) needs the argument `countryCode`, such as 'FR'")
            }
            let day = try call.day(0)
            return .bool(try Holidays.of(country, subdivision: try call.optionalString(2)).contain(day))
        },
        Function("isDateBefore", ["date*", "reference*"]) { (call) throws(ExpressionError) in
            .bool(try call.instant(0, orInUTC: true) < call.instant(1, orInUTC: true))
        },
        Function("isDateAfter", ["date*", "reference*"]) { (call) throws(ExpressionError) in
            .bool(try call.instant(0, orInUTC: true) > call.instant(1, orInUTC: true))
        },
        Function("isDateBetween", ["date*", "after*", "before*"]) { (call) throws(ExpressionError) in
            let date = try call.instant(0)
            let (after, before) = (try call.instant(1), try call.instant(2))
            return .bool(after < date && date < before)
        },
    ]
}

/// Names of the days of the week.
enum Weekday {
    static let names = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]

    /// 1 for Monday to 7 for Sunday.
    static func number(_ name: String) throws(ExpressionError) -> Int {
        guard let place = names.firstIndex(of: name.uppercased()) else {
            let hint = NearestName.of(name, among: names).map { "; did you mean `\($0)`?" } ?? ""
            throw .argument("`\(name)` is not a day of the week\(hint)")
        }
        return place + 1
    }
}

extension Arguments {
    /// The day a date names where it is written, whatever the zone.
    fileprivate func day(_ place: Int) throws(ExpressionError) -> LocalDate { try localTime(place).date }

    fileprivate func localTime(_ place: Int) throws(ExpressionError) -> (date: LocalDate, time: LocalTime?) {
        let value = try value(place)
        switch value {
        case .extended(.localDate(let date)): return (date, nil)
        case .string(let text):
            if let date = LocalDate(iso: text) { return (date, nil) }
            if let local = LocalDateTime(iso: text) { return (local.date, local.time) }
        default: break
        }
        let zone = try ZoneRules.named(context.timeZone)
        let moment = try DateInput.moment(value, in: zone, format: nil, locale: nil)
        return (moment.local.date, moment.local.time)
    }

    /// A moment, which a text gives with its distance from UTC.
    ///
    /// - Parameter takesLocal: A text without it is a time in UTC, and a day begins at midnight there.
    fileprivate func instant(_ place: Int, orInUTC takesLocal: Bool = false) throws(ExpressionError)
        -> Timestamp
    {
        let value = try value(place)
        if case .string(let text) = value {
            if let timestamp = Timestamp(iso: text) { return timestamp }
            guard takesLocal else { throw .failed("`\(text)` is not a date and time with an offset") }
            if let local = LocalDateTime(iso: text) {
                return ZonedDateTime(local: local, offsetSeconds: 0).timestamp
            }
            guard let date = LocalDate(iso: text) else { throw .failed("`\(text)` is not a date") }
            let midnight = LocalDateTime(date: date, time: .midnight)
            return ZonedDateTime(local: midnight, offsetSeconds: 0).timestamp
        }
        return try DateInput.moment(
            value, in: try ZoneRules.named(context.timeZone), format: nil, locale: nil
        ).timestamp
    }
}
