import ApusModel

/// Prints dates by a pattern.
struct DatePrinter {
    let names: CalendarNames
    let zone: ZoneRules

    func print(_ date: ZonedDateTime, _ pattern: DatePattern) -> String {
        var text = ""
        print(date, pattern.elements, to: &text)
        return text
    }

    private func print(_ date: ZonedDateTime, _ elements: [DatePattern.Element], to text: inout String) {
        for element in elements {
            switch element {
            case .literal(let literal): text += literal
            case .optional(let inner): print(date, inner, to: &text)
            case .shortestFraction:
                guard date.local.time.nanosecond > 0 else { continue }
                var digits = Self.padded(date.local.time.nanosecond, 9)
                while digits.hasSuffix("0") { digits.removeLast() }
                text += "." + digits
            case .field(let letter, let count): text += field(letter, count, date)
            }
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(abs(number))
        return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private func field(_ letter: Character, _ count: Int, _ date: ZonedDateTime) -> String {
        let day = date.local.date
        let time = date.local.time
        func number(_ value: Int) -> String { Self.padded(value, count) }
        switch letter {
        case "G":
            return count == 4 ? (day.year > 0 ? "Anno Domini" : "Before Christ") : day.year > 0 ? "AD" : "BC"
        case "y": return year(day.year > 0 ? day.year : 1 - day.year, count)
        case "u": return year(day.year, count)
        case "Y": return year(week(day).year, count)
        case "D": return number(day.dayOfYear)
        case "M", "L": return name(of: day.month, count, names.months, names.shortMonths)
        case "d": return number(day.day)
        case "Q", "q":
            let quarter = (day.month - 1) / 3 + 1
            let ordinals = ["1st", "2nd", "3rd", "4th"]
            return count < 3
                ? number(quarter) : count == 4 ? "\(ordinals[quarter - 1]) quarter" : "Q\(quarter)"
        case "w": return number(week(day).week)
        case "W": return number(weekOfMonth(day))
        case "E": return name(of: day.dayOfWeek, max(count, 3), names.days, names.shortDays)
        case "e", "c":
            if count > 2 { return name(of: day.dayOfWeek, count, names.days, names.shortDays) }
            return number(names.hasAmericanWeeks ? day.dayOfWeek % 7 + 1 : day.dayOfWeek)
        case "F": return number((day.day - 1) / 7 + 1)
        case "a": return names.amPm[time.hour < 12 ? 0 : 1]
        case "B": return dayPeriod(time.hour)
        case "h": return number((time.hour + 11) % 12 + 1)
        case "K": return number(time.hour % 12)
        case "k": return number((time.hour + 23) % 24 + 1)
        case "H": return number(time.hour)
        case "m": return number(time.minute)
        case "s": return number(time.second)
        case "S":
            let digits = Self.padded(time.nanosecond, 9)
            return count <= 9
                ? String(digits.prefix(count)) : digits + String(repeating: "0", count: count - 9)
        case "A": return number(secondOfDay(time) * 1000 + time.nanosecond / 1_000_000)
        case "n": return number(time.nanosecond)
        case "N": return number(secondOfDay(time) * 1_000_000_000 + time.nanosecond)
        case "V": return date.zone ?? date.offsetText
        case "v", "z":
            let seconds = date.local.localSeconds - Int64(date.offsetSeconds)
            guard date.zone != nil else { return date.offsetText }
            return count < 4 ? zone.abbreviation(at: seconds) : zone.longName(at: seconds)
        case "O": return localized(date.offsetSeconds, isShort: count == 1)
        case "X": return date.offsetSeconds == 0 ? "Z" : offset(date.offsetSeconds, count)
        case "x": return offset(date.offsetSeconds, count)
        case "Z":
            if count == 4 { return localized(date.offsetSeconds, isShort: false) }
            return count == 5 && date.offsetSeconds == 0
                ? "Z" : offset(date.offsetSeconds, count == 5 ? 3 : 2)
        default: return ""
        }
    }

    private func secondOfDay(_ time: LocalTime) -> Int { time.hour * 3600 + time.minute * 60 + time.second }

    private func year(_ year: Int, _ count: Int) -> String {
        guard count != 2 else { return Self.padded(((year % 100) + 100) % 100, 2) }
        return (count >= 4 && year > 9999 ? "+" : "") + Self.padded(year, count)
    }

    private func week(_ day: LocalDate) -> (year: Int, week: Int) {
        names.hasAmericanWeeks ? day.week(firstDay: 7, minimalDays: 1) : day.week(firstDay: 1, minimalDays: 4)
    }

    private func weekOfMonth(_ day: LocalDate) -> Int {
        let firstDay = names.hasAmericanWeeks ? 7 : 1
        let minimalDays = names.hasAmericanWeeks ? 1 : 4
        let first = LocalDate(year: day.year, month: day.month, day: 1) ?? day
        let offset = (first.dayOfWeek - firstDay + 7) % 7
        let isFull = 7 - offset >= minimalDays
        return (day.day - 1 + offset) / 7 + (isFull ? 1 : 0)
    }

    private func name(of value: Int, _ count: Int, _ full: [String], _ short: [String]) -> String {
        switch count {
        case 1, 2: Self.padded(value, count)
        case 3: short[value - 1]
        case 5: full[value - 1].prefix(1).uppercased()
        default: full[value - 1]
        }
    }

    private func dayPeriod(_ hour: Int) -> String {
        switch hour {
        case 6..<12: "in the morning"
        case 12..<18: "in the afternoon"
        case 18..<21: "in the evening"
        default: "at night"
        }
    }

    /// 1: `+01`, `+0130`; 2: `+0100`; 3: `+01:00`; 4 and 5 with seconds where there are any.
    private func offset(_ seconds: Int, _ count: Int) -> String {
        let magnitude = abs(seconds)
        let (hours, minutes, rest) = (magnitude / 3600, magnitude / 60 % 60, magnitude % 60)
        var text = (seconds < 0 ? "-" : "+") + Self.padded(hours, 2)
        let separator = count == 3 || count == 5 ? ":" : ""
        if count > 1 || minutes > 0 { text += separator + Self.padded(minutes, 2) }
        if count > 3, rest > 0 { text += separator + Self.padded(rest, 2) }
        return text
    }

    private func localized(_ seconds: Int, isShort: Bool) -> String {
        guard seconds != 0 else { return "GMT" }
        let magnitude = abs(seconds)
        let sign = seconds < 0 ? "-" : "+"
        let minutes = Self.padded(magnitude / 60 % 60, 2)
        guard isShort else { return "GMT\(sign)\(Self.padded(magnitude / 3600, 2)):\(minutes)" }
        return "GMT\(sign)\(magnitude / 3600)" + (minutes == "00" ? "" : ":\(minutes)")
    }
}
