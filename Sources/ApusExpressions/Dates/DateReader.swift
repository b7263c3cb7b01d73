import ApusModel

/// Reads dates by a pattern, as strictly as Java does.
struct DateReader {
    private let text: [Character]
    private let names: CalendarNames
    private let ignoresCase: Bool
    private var place = 0
    private var fields = DateFields()

    /// The fields of a text that fits the pattern from end to end.
    static func fields(of text: String, _ pattern: DatePattern, _ names: CalendarNames) -> DateFields? {
        let characters = Array(text.prefix(1001))
        guard characters.count <= 1000 else { return nil }
        var reader = DateReader(text: characters, names: names, ignoresCase: pattern.ignoresCase)
        guard reader.read(pattern.elements), reader.place == reader.text.count else { return nil }
        return reader.fields
    }

    private init(text: [Character], names: CalendarNames, ignoresCase: Bool) {
        self.text = text
        self.names = names
        self.ignoresCase = ignoresCase
    }

    private mutating func read(_ elements: [DatePattern.Element]) -> Bool {
        for (index, element) in elements.enumerated() {
            guard read(element, reserved: reserved(elements[(index + 1)...], after: element)) else {
                return false
            }
        }
        return true
    }

    /// How many of the digits that follow belong to the numbers of fixed width behind an open one.
    private func reserved(_ rest: ArraySlice<DatePattern.Element>, after element: DatePattern.Element) -> Int
    {
        guard case .number(_, let form) = element, !form.isFixed else { return 0 }
        var width = 0
        for element in rest {
            switch element {
            case .number(_, let form) where form.isFixed: width += form.maximum
            case .fraction(let count): width += count
            default: return width
            }
        }
        return width
    }

    private mutating func read(_ element: DatePattern.Element, reserved: Int) -> Bool {
        switch element {
        case .literal(let literal): return take(literal)
        case .optional(let inner):
            let saved = (place, fields)
            if !read(inner) { (place, fields) = saved }
            return true
        case .number(let field, let form):
            guard let number = number(form, reserved: reserved) else { return false }
            return fields.note(field, form.isReduced ? 2000 + number : number)
        case .fraction(let count): return fraction(count...count)
        case .shortestFraction:
            guard take(".") else { return true }
            return fraction(0...9)
        case .name(let field, let letter, let width): return name(field, letter, width)
        case .dayPeriod(let width):
            let periods = names.periods(width)
            return word(periods.map(\.name)).map { fields.note(periods[$0]) } ?? false
        case .offset(let form): return offset(form).map { fields.note(offsetSeconds: $0) } ?? false
        case .localizedOffset(let isFull):
            return localizedOffset(isFull: isFull).map { fields.note(offsetSeconds: $0) } ?? false
        case .zone: return zone(named: [:])
        case .region: return take("[") && zone(named: [:]) && take("]")
        case .zoneName(let isFull, _):
            return zone(named: isFull ? ZoneNames.zonesByLongName : ZoneNames.zonesByShortName)
        case .padded(let width, let inner): return padded(width, inner)
        }
    }

    private func stands(_ characters: [Character]) -> Bool {
        guard text.count - place >= characters.count else { return false }
        return zip(text[place...], characters).allSatisfy { found, wanted in
            found == wanted || ignoresCase && found.lowercased() == wanted.lowercased()
        }
    }

    private mutating func take(_ literal: String) -> Bool {
        let characters = Array(literal)
        guard stands(characters) else { return false }
        place += characters.count
        return true
    }

    /// Up to so many digits; `nil` when there are fewer than the least.
    private mutating func digits(_ widths: ClosedRange<Int>) -> Int64? {
        var result: Int64 = 0
        var count = 0
        while count < widths.upperBound, place < text.count, text[place].isASCII,
            let digit = text[place].wholeNumberValue
        {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) = product.addingReportingOverflow(Int64(digit))
            guard !overflow, !overflow2 else { return nil }
            result = sum
            count += 1
            place += 1
        }
        return count >= widths.lowerBound ? result : nil
    }

    private mutating func number(_ form: NumberForm, reserved: Int) -> Int64? {
        let isNegative = form.sign != .never && take("-")
        let hasPlus = !isNegative && form.sign == .exceeding && take("+")
        let available = text[place...].prefix { $0.isASCII && $0.isNumber }.count
        let most = max(form.minimum, min(form.maximum, available - reserved))
        let start = place
        guard let number = digits(form.minimum...most) else { return nil }
        // More digits than the least need a plus, and a plus needs more digits.
        guard form.sign != .exceeding || isNegative || hasPlus == (place - start > form.minimum) else {
            return nil
        }
        guard isNegative else { return number }
        return number == 0 ? nil : -number
    }

    private mutating func fraction(_ widths: ClosedRange<Int>) -> Bool {
        let start = place
        guard var value = digits(widths) else { return false }
        for _ in (place - start)..<9 { value *= 10 }
        return fields.note(.nanosecond, value)
    }

    private mutating func name(_ field: DateField, _ letter: Character, _ width: TextWidth) -> Bool {
        guard field != .quarter || width != .narrow else {
            return digits(1...1).map { fields.note(field, $0) } ?? false
        }
        guard let index = word(names.names(letter, width)) else { return false }
        return fields.note(field, Int64(field == .era || field == .halfDay ? index : index + 1))
    }

    /// The index of the longest word that stands here; of equal ones the last, as in Java.
    private mutating func word(_ words: [String]) -> Int? {
        var best: (index: Int, length: Int)?
        for (index, word) in words.enumerated() {
            let characters = Array(word)
            if characters.count >= best?.length ?? 1, stands(characters) { best = (index, characters.count) }
        }
        place += best?.length ?? 0
        return best?.index
    }

    private mutating func padded(_ width: Int, _ inner: DatePattern.Element) -> Bool {
        let end = place + width
        guard end <= text.count else { return false }
        var part = DateReader(text: Array(text[..<end]), names: names, ignoresCase: ignoresCase)
        part.place = place
        part.fields = fields
        while part.take(" ") {}
        guard part.read(inner, reserved: 0), part.place == end else { return false }
        (place, fields) = (end, part.fields)
        return true
    }
}

extension DateReader {
    private mutating func offset(_ form: OffsetForm) -> Int? {
        if take(form.zero) { return 0 }
        guard let sign = sign(), let hours = digits(2...2) else { return nil }
        var seconds = Int(hours) * 3600
        for (part, scale) in [(form.minutes, 60), (form.seconds, 1)] where part != .never {
            let saved = place
            if !form.hasColons || take(":"), let value = digits(2...2), value < 60 {
                seconds += Int(value) * scale
                continue
            }
            place = saved
            if part == .always {
                // The ISO formats read hours alone too.
                guard ignoresCase, form.hasColons else { return nil }
            }
            break
        }
        return seconds <= 64_800 ? sign * seconds : nil
    }

    private mutating func sign() -> Int? { take("+") ? 1 : take("-") ? -1 : nil }

    private mutating func localizedOffset(isFull: Bool) -> Int? {
        guard take(names.offsetPrefix) else { return nil }
        guard let sign = sign() else { return 0 }
        guard let hours = digits(isFull ? 2...2 : 1...2) else { return nil }
        var seconds = Int(hours) * 3600
        for scale in [60, 1] {
            let saved = place
            // Java takes any two digits for minutes.
            guard take(":"), let value = digits(2...2) else {
                place = saved
                guard !isFull || scale == 1 else { return nil }
                break
            }
            seconds += Int(value) * scale
        }
        return seconds <= 64_800 ? sign * seconds : nil
    }

    /// An offset, the id of a zone, or one of the names.
    private mutating func zone(named known: [String: String]) -> Bool {
        if let next = text[place...].first, "+-".contains(next) {
            return offset(.id).map { note(zone: OffsetForm.id.text(of: $0)) } ?? false
        }
        for prefix in ["UTC", "GMT", "UT"] where take(prefix) {
            let saved = place
            if text[place...].first != "Z", let seconds = offset(.id) {
                return note(zone: prefix + OffsetForm.id.text(of: seconds))
            }
            place = saved
            return note(zone: prefix == "GMT" && take("0") ? "GMT0" : prefix)
        }
        // The longest that is a zone counts.
        let most = text[place...].prefix { $0.isLetter || $0.isNumber || "/_-+~'’.& ".contains($0) }.count
        for length in stride(from: min(most, 60), to: 0, by: -1) {
            let name = String(text[place..<(place + length)])
            guard let id = ZoneNames.byZone[name] != nil ? name : known[name], note(zone: id) else {
                continue
            }
            place += length
            return true
        }
        return take("Z") && note(zone: "Z")
    }

    private mutating func note(zone name: String) -> Bool {
        guard let zone = try? ZoneRules.named(name) else { return false }
        return fields.note(zone)
    }
}
