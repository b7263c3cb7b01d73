import ApusModel

/// Reads dates by a pattern.
struct DateReader {
    /// What a text says; what it does not say stays `nil`.
    struct Fields {
        var year: Int?
        var month: Int?
        var day: Int?
        var dayOfYear: Int?
        var hour: Int?
        var halfDayHour: Int?
        var isAfternoon: Bool?
        var minute: Int?
        var second: Int?
        var nanosecond: Int?
        var offsetSeconds: Int?
        var zone: String?
    }

    private let text: [Character]
    private let names: CalendarNames
    private var place = 0
    private(set) var fields = Fields()

    /// The fields of a text that fits the pattern from end to end.
    static func fields(of text: String, _ pattern: DatePattern, _ names: CalendarNames) -> Fields? {
        var reader = DateReader(text: Array(text.prefix(1000)), names: names)
        guard reader.read(pattern.elements), reader.place == reader.text.count else { return nil }
        return reader.fields
    }

    private init(text: [Character], names: CalendarNames) {
        self.text = text
        self.names = names
    }

    private mutating func read(_ elements: [DatePattern.Element]) -> Bool {
        for (index, element) in elements.enumerated() {
            switch element {
            case .literal(let literal):
                guard take(literal) else { return false }
            case .optional(let inner):
                let saved = (place, fields)
                if !read(inner) { (place, fields) = saved }
            case .shortestFraction:
                guard take(".") else { continue }
                guard fraction(1...9) else { return false }
            case .field(let letter, let count):
                // Digits of the field that follows are not ours.
                var isAdjacent = false
                if index + 1 < elements.count, case .field(let next, let width) = elements[index + 1] {
                    isAdjacent = !"aEGzVXxZO".contains(next) && !("ML".contains(next) && width > 2)
                }
                guard field(letter, count, isAdjacent: isAdjacent) else { return false }
            }
        }
        return true
    }

    private mutating func take(_ literal: String) -> Bool {
        let characters = Array(literal)
        guard text[place...].starts(with: characters) else { return false }
        place += characters.count
        return true
    }

    private mutating func number(_ widths: ClosedRange<Int>) -> Int? {
        var result = 0
        var count = 0
        while count < widths.upperBound, place < text.count, text[place].isASCII,
            let digit = text[place].wholeNumberValue
        {
            result = result * 10 + digit
            count += 1
            place += 1
        }
        return count >= widths.lowerBound ? result : nil
    }

    private mutating func fraction(_ widths: ClosedRange<Int>) -> Bool {
        let start = place
        guard var value = number(widths) else { return false }
        for _ in (place - start)..<9 { value *= 10 }
        fields.nanosecond = value
        return true
    }

    private mutating func field(_ letter: Character, _ count: Int, isAdjacent: Bool) -> Bool {
        let widths = isAdjacent || count > 1 ? count...max(count, 1) : 1...19
        switch letter {
        case "y", "u":
            if count == 2 {
                fields.year = number(2...2).map { 2000 + $0 }
            } else {
                fields.year = number(isAdjacent ? widths : count...max(count, 9))
            }
            return fields.year != nil
        case "M", "L":
            fields.month = count < 3 ? number(count == 1 && !isAdjacent ? 1...2 : widths) : month(count)
            return fields.month != nil
        case "d":
            fields.day = number(count == 1 && !isAdjacent ? 1...2 : widths)
            return fields.day != nil
        case "D":
            fields.dayOfYear = number(count == 1 ? 1...3 : count...3)
            return fields.dayOfYear != nil
        case "H":
            fields.hour = number(count == 1 && !isAdjacent ? 1...2 : widths)
            return fields.hour != nil
        case "k":
            fields.hour = number(1...2).map { $0 % 24 }
            return fields.hour != nil
        case "h":
            fields.halfDayHour = number(count == 1 && !isAdjacent ? 1...2 : widths).map { $0 % 12 }
            return fields.halfDayHour != nil
        case "K":
            fields.halfDayHour = number(1...2)
            return fields.halfDayHour != nil
        case "a":
            fields.isAfternoon = word(names.amPm).map { $0 == 1 }
            return fields.isAfternoon != nil
        case "m":
            fields.minute = number(count == 1 && !isAdjacent ? 1...2 : widths)
            return fields.minute != nil
        case "s":
            fields.second = number(count == 1 && !isAdjacent ? 1...2 : widths)
            return fields.second != nil
        case "S": return fraction(count...max(count, 1))
        case "n":
            fields.nanosecond = number(1...9)
            return fields.nanosecond != nil
        case "E", "e", "c":
            return word(names.days) != nil || word(names.shortDays) != nil || number(1...1) != nil
        case "G": return word(["AD", "BC", "Anno Domini", "Before Christ"]) != nil
        case "X", "x", "Z", "O": return offset()
        case "V", "z", "v": return zone()
        default: return false
        }
    }

    private mutating func month(_ count: Int) -> Int? {
        let (first, second) =
            count == 3 ? (names.shortMonths, names.months) : (names.months, names.shortMonths)
        return (word(first) ?? word(second)).map { $0 + 1 }
    }

    /// The index of the longest word that stands here, whatever its case.
    private mutating func word(_ words: [String]) -> Int? {
        var best: (index: Int, length: Int)?
        for (index, word) in words.enumerated() where word.count > best?.length ?? 0 {
            guard place + word.count <= text.count else { continue }
            if String(text[place..<(place + word.count)]).lowercased() == word.lowercased() {
                best = (index, word.count)
            }
        }
        place += best?.length ?? 0
        return best?.index
    }

    private mutating func offset() -> Bool {
        if take("Z") || take("z") {
            fields.offsetSeconds = 0
            return true
        }
        if take("GMT"), place == text.count || !"+-".contains(text[place]) {
            fields.offsetSeconds = 0
            return true
        }
        let sign: Int
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return false }
        guard let hours = number(1...2), hours <= 18 else { return false }
        var seconds = hours * 3600
        for scale in [60, 1] {
            let saved = place
            _ = take(":")
            guard let part = number(2...2), part < 60 else {
                place = saved
                break
            }
            seconds += part * scale
        }
        fields.offsetSeconds = sign * seconds
        return true
    }

    private mutating func zone() -> Bool {
        if offset() { return true }
        let start = place
        while place < text.count, text[place].isLetter || text[place].isNumber || "/_-+".contains(text[place])
        {
            place += 1
        }
        guard place > start else { return false }
        fields.zone = String(text[start..<place])
        return true
    }
}

extension DateReader.Fields {
    private var date: LocalDate? {
        guard let year else { return nil }
        if let dayOfYear, month == nil {
            guard (1...(LocalDate.isLeap(year) ? 366 : 365)).contains(dayOfYear) else { return nil }
            return LocalDate(year: year, month: 1, day: 1)?.advanced(days: Int64(dayOfYear - 1))
        }
        guard let month, let day, (1...12).contains(month) else { return nil }
        guard (1...31).contains(day) else { return nil }
        return LocalDate(year: year, month: month, day: min(day, LocalDate.daysIn(month: month, year: year)))
    }

    /// False when no hour is given; `nil` also when the parts do not make a time.
    private var time: LocalTime? {
        let clock = hour ?? halfDayHour.map { $0 + (isAfternoon == true ? 12 : 0) }
        guard let clock else { return nil }
        return LocalTime(hour: clock, minute: minute ?? 0, second: second ?? 0, nanosecond: nanosecond ?? 0)
    }

    /// The moment; without a time the start of the day.
    func resolved(in zone: ZoneRules) throws(ExpressionError) -> ZonedDateTime? {
        guard let date else { return nil }
        let hasTime = hour != nil || halfDayHour != nil
        guard let time = hasTime ? time : .midnight else { return nil }
        let local = LocalDateTime(date: date, time: time)
        if let name = self.zone { return try ZoneRules.named(name).zoned(local) }
        if let offsetSeconds { return ZonedDateTime(local: local, offsetSeconds: offsetSeconds) }
        return zone.zoned(local)
    }
}
