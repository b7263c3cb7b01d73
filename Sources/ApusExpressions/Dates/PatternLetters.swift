/// What the letters of a date pattern stand for.
enum PatternLetters {
    /// How a letter becomes an element, by how often it stands there.
    enum Kind: Sendable {
        case year(DateField)
        case single(DateField)
        /// The number of a week, with at most so many letters.
        case week(DateField, upTo: Int)
        /// One letter, or two for two digits.
        case twoDigits(DateField)
        case dayOfYear
        /// As many digits as letters, or more.
        case digits(DateField, NumberForm.Sign)
        /// Once or twice a number, then a name.
        case numberOrName(DateField, named: DateField, twice: Bool)
        /// A name in any count up to three.
        case name(DateField)
        case halfDay, dayPeriod, fraction
        case zone, zoneName, genericZoneName, localizedOffset
        case offset(zero: Bool), plainOffset
    }

    static let known: [Character: Kind] = [
        "G": .name(.era), "u": .year(.year), "y": .year(.yearOfEra), "Y": .year(.weekYear),
        "M": .numberOrName(.month, named: .month, twice: true),
        "L": .numberOrName(.month, named: .month, twice: true),
        "Q": .numberOrName(.quarter, named: .quarter, twice: true),
        "q": .numberOrName(.quarter, named: .quarter, twice: true),
        "E": .name(.weekday), "e": .numberOrName(.localWeekday, named: .weekday, twice: true),
        "c": .numberOrName(.localWeekday, named: .weekday, twice: false),
        "D": .dayOfYear, "d": .twoDigits(.day), "w": .week(.week, upTo: 2), "W": .week(.weekOfMonth, upTo: 1),
        "F": .single(.sevenDaysOfMonth),
        "g": .digits(.modifiedJulianDay, .normal), "a": .halfDay, "B": .dayPeriod,
        "h": .twoDigits(.clockHourOfHalfDay), "K": .twoDigits(.hourOfHalfDay),
        "k": .twoDigits(.clockHour), "H": .twoDigits(.hour), "m": .twoDigits(.minute),
        "s": .twoDigits(.second),
        "S": .fraction, "A": .digits(.milliOfDay, .never), "n": .digits(.nanosecond, .never),
        "N": .digits(.nanoOfDay, .never), "V": .zone, "z": .zoneName, "v": .genericZoneName,
        "O": .localizedOffset, "X": .offset(zero: true), "x": .offset(zero: false), "Z": .plainOffset,
    ]
}

extension PatternLetters.Kind {
    /// The element of a letter that stands there so many times; `nil` when it cannot.
    func element(_ letter: Character, _ count: Int) -> DatePattern.Element? {
        switch self {
        case .year(let field):
            if count == 2 { return .number(field, NumberForm(minimum: 2, maximum: 2, isReduced: true)) }
            guard count <= 19 || field == .weekYear else { return nil }
            return .number(
                field,
                NumberForm(minimum: count, maximum: max(count, 19), sign: count < 4 ? .normal : .exceeding))
        case .single(let field): return count == 1 ? .number(field, .open) : nil
        case .week(let field, let most):
            return count <= most ? .number(field, NumberForm(minimum: count, maximum: most)) : nil
        case .twoDigits(let field): return twoDigits(field, count)
        case .dayOfYear:
            return count == 1
                ? .number(.dayOfYear, .open)
                : count <= 3 ? .number(.dayOfYear, NumberForm(minimum: count, maximum: 3)) : nil
        case .digits(let field, let sign):
            return count <= 19 ? .number(field, NumberForm(minimum: count, maximum: 19, sign: sign)) : nil
        case .numberOrName(let field, let named, let allowsTwo):
            if count > 2 { return TextWidth(rawValue: count).map { .name(named, nameLetter(letter), $0) } }
            guard count == 1 || allowsTwo else { return nil }
            guard field == .localWeekday else { return twoDigits(field, count) }
            return .number(field, NumberForm(minimum: count, maximum: count))
        case .name(let field): return TextWidth(rawValue: max(count, 3)).map { .name(field, letter, $0) }
        case .halfDay: return count == 1 ? .name(.halfDay, "a", .short) : nil
        case .dayPeriod:
            return count == 1
                ? .dayPeriod(.short) : count < 4 ? nil : TextWidth(rawValue: count).map { .dayPeriod($0) }
        case .fraction: return count <= 9 ? .fraction(count) : nil
        case .zone: return count == 2 ? .zone : nil
        case .zoneName: return count <= 4 ? .zoneName(isFull: count == 4, isGeneric: false) : nil
        case .genericZoneName:
            return count == 1 || count == 4 ? .zoneName(isFull: count == 4, isGeneric: true) : nil
        case .localizedOffset: return count == 1 || count == 4 ? .localizedOffset(isFull: count == 4) : nil
        case .offset(let hasZero): return offset(count, hasZero: hasZero)
        case .plainOffset:
            if count == 4 { return .localizedOffset(isFull: true) }
            return offset(count < 4 ? 2 : count, hasZero: count == 5)
        }
    }

    private func nameLetter(_ letter: Character) -> Character { letter == "e" ? "E" : letter }

    private func twoDigits(_ field: DateField, _ count: Int) -> DatePattern.Element? {
        switch count {
        case 1: .number(field, .open)
        case 2: .number(field, NumberForm(minimum: 2, maximum: 2))
        default: nil
        }
    }

    private func offset(_ count: Int, hasZero: Bool) -> DatePattern.Element? {
        let zeros = ["+00", "+0000", "+00:00", "+0000", "+00:00"]
        guard (1...5).contains(count) else { return nil }
        return .offset(
            OffsetForm(
                minutes: count == 1 ? .ifNeeded : .always, seconds: count > 3 ? .ifNeeded : .never,
                hasColons: count == 3 || count == 5, zero: hasZero ? "Z" : zeros[count - 1]))
    }
}

extension NumberForm {
    /// As many digits as it takes.
    static let open = NumberForm(minimum: 1, maximum: 19, sign: .normal)
}
