import ApusModel

/// The rule of a zone for all years to come: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: RFC 9636, section 3.3.2; POSIX, "Other Environment Variables", `TZ`.
struct ZoneRule: Hashable, Sendable {
    /// Seconds east of UTC.
    private var standard: Int
    private var summer: Summer?

    private struct Summer: Hashable, Sendable {
        var offset: Int
        var start: Day
        var end: Day
    }

    /// A moment of each year.
    private struct Day: Hashable, Sendable {
        enum Form: Hashable, Sendable {
            /// 1 to 365; 29 February is never counted.
            case julian(Int)
            /// 0 to 365.
            case ofYear(Int)
            /// Week 5 is the last of the month; day 0 is Sunday.
            case weekday(Int, week: Int, month: Int)
        }
        var form: Form
        /// Seconds after midnight, up to a week in either direction.
        var time: Int
    }

    /// `nil` when the text is no such rule, or empty.
    init?(_ text: String) {
        var scanner = Scanner(rest: Array(text.utf8)[...])
        guard scanner.name(), let west = scanner.time(hours: 24) else { return nil }
        standard = -west
        guard !scanner.rest.isEmpty else { return }
        guard scanner.name() else { return nil }
        var offset = standard + 3600
        if scanner.rest.first != UInt8(ascii: ",") {
            guard let west = scanner.time(hours: 24) else { return nil }
            offset = -west
        }
        guard let start = scanner.day(), let end = scanner.day(), scanner.rest.isEmpty else { return nil }
        summer = Summer(offset: offset, start: start, end: end)
    }

    /// Seconds east of UTC at an instant, in seconds since 1970.
    func offset(at instant: Int64) -> Int {
        guard let summer else { return standard }
        let local = min(max(instant, -9_000_000_000_000), 9_000_000_000_000) + Int64(standard)
        let year = LocalDate(daysSinceEpoch: local.flooredDivision(86_400)).year
        let start = Self.local(summer.start, in: year) - Int64(standard)
        let end = Self.local(summer.end, in: year) - Int64(summer.offset)
        let isSummer = start < end ? instant >= start && instant < end : instant >= start || instant < end
        return isSummer ? summer.offset : standard
    }

    private static func local(_ day: Day, in year: Int) -> Int64 {
        let newYear = LocalDate(year: year, month: 1, day: 1)?.daysSinceEpoch ?? 0
        let days: Int64
        switch day.form {
        case .julian(let number):
            days = newYear + Int64(number - 1 + (LocalDate.isLeap(year) && number >= 60 ? 1 : 0))
        case .ofYear(let number): days = newYear + Int64(number)
        case .weekday(let weekday, let week, let month):
            let first = LocalDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? newYear
            // 1970-01-01 was a Thursday.
            let weekdayOfFirst = first + 4 - (first + 4).flooredDivision(7) * 7
            var date = 1 + (Int64(weekday) - weekdayOfFirst + 7) % 7 + Int64(week - 1) * 7
            if date > LocalDate.daysIn(month: month, year: year) { date -= 7 }
            days = first + date - 1
        }
        return days * 86_400 + Int64(day.time)
    }

    private struct Scanner {
        var rest: ArraySlice<UInt8>

        private mutating func take(_ character: Character) -> Bool {
            guard let byte = character.asciiValue, rest.first == byte else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func number(upTo limit: Int) -> Int? {
            let digits = rest.prefix { $0 >= 48 && $0 <= 57 }
            guard (1...3).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            let number = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
            return number <= limit ? number : nil
        }

        /// `CET` or `<+0330>`.
        mutating func name() -> Bool {
            if take("<") {
                rest = rest.drop { $0 != UInt8(ascii: ">") }
                return take(">")
            }
            let letters = rest.prefix { $0 >= 65 && $0 <= 90 || $0 >= 97 && $0 <= 122 }
            rest = rest.dropFirst(letters.count)
            return letters.count >= 3
        }

        /// `-3:30` in seconds.
        mutating func time(hours: Int) -> Int? {
            let sign = take("-") ? -1 : 1
            if sign == 1 { _ = take("+") }
            guard let hour = number(upTo: hours) else { return nil }
            var seconds = hour * 3600
            for unit in [60, 1] where take(":") {
                guard let part = number(upTo: 59) else { return nil }
                seconds += part * unit
            }
            return sign * seconds
        }

        /// `,M10.5.0/3`
        mutating func day() -> Day? {
            guard take(",") else { return nil }
            let form: Day.Form
            if take("M") {
                guard let month = number(upTo: 12), month > 0, take("."), let week = number(upTo: 5),
                    week > 0,
                    take("."), let weekday = number(upTo: 6)
                else { return nil }
                form = .weekday(weekday, week: week, month: month)
            } else if take("J") {
                guard let day = number(upTo: 365), day > 0 else { return nil }
                form = .julian(day)
            } else {
                guard let day = number(upTo: 365) else { return nil }
                form = .ofYear(day)
            }
            guard take("/") else { return Day(form: form, time: 7200) }
            guard let time = time(hours: 167) else { return nil }
            return Day(form: form, time: time)
        }
    }
}
