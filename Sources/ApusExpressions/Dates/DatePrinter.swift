import ApusModel

/// Prints dates by a pattern.
struct DatePrinter {
    let names: CalendarNames
    let zone: ZoneRules

    func print(_ date: ZonedDateTime, _ pattern: DatePattern) throws(ExpressionError) -> String {
        var text = ""
        for element in pattern.elements { text += try printed(element, date) }
        return text
    }

    private func printed(
        _ element: DatePattern.Element, _ date: ZonedDateTime
    ) throws(ExpressionError) -> String {
        switch element {
        case .literal(let literal): return literal
        case .number(let field, let form): return try number(value(field, date), form)
        case .fraction(let count): return String(fraction(date).prefix(count))
        case .shortestFraction:
            guard date.local.time.nanosecond > 0 else { return "" }
            var digits = fraction(date)
            while digits.hasSuffix("0") { digits.removeLast() }
            return "." + digits
        case .name(let field, let letter, let width):
            let value = value(field, date)
            // Narrow quarters are their number.
            guard field != .quarter || width != .narrow else { return String(value) }
            let place = Int(value) - (field == .era || field == .halfDay ? 0 : 1)
            let list = names.names(letter, width)
            return list.indices.contains(place) ? list[place] : String(value)
        case .dayPeriod(let width):
            let minute = date.local.time.hour * 60 + date.local.time.minute
            return names.periods(width).first { $0.includes(minuteOfDay: minute) }?.name ?? ""
        case .offset(let form): return form.text(of: date.offsetSeconds)
        case .localizedOffset(let isFull): return names.localizedOffset(date.offsetSeconds, isFull: isFull)
        case .zone: return date.zone ?? date.offsetText
        case .region: return date.zone.map { "[\($0)]" } ?? ""
        case .zoneName(let isFull, let isGeneric):
            let seconds = date.local.localSeconds - Int64(date.offsetSeconds)
            return zone.displayName(at: seconds, isFull: isFull, isGeneric: isGeneric, in: names)
        case .padded(let width, let inner):
            let text = try printed(inner, date)
            guard text.count <= width else {
                throw .failed("`\(text)` is longer than the \(width) characters its `p`s give")
            }
            return String(repeating: " ", count: width - text.count) + text
        case .optional(let inner):
            var text = ""
            for element in inner { text += try printed(element, date) }
            return text
        }
    }

    private func value(_ field: DateField, _ date: ZonedDateTime) -> Int64 {
        field.value(of: date.local.date, names.weeks) ?? field.value(of: date.local.time) ?? 0
    }

    private func fraction(_ date: ZonedDateTime) -> String {
        var digits = ""
        digits.appendPadded(date.local.time.nanosecond, to: 9)
        return digits
    }

    private func number(_ value: Int64, _ form: NumberForm) throws(ExpressionError) -> String {
        var digits = String(form.isReduced ? value.magnitude % 100 : value.magnitude)
        let count = digits.utf8.count
        guard count <= form.maximum else { throw .failed("\(value) has more than \(form.maximum) digits") }
        digits = String(repeating: "0", count: max(0, form.minimum - count)) + digits
        if form.isReduced { return digits }
        if value < 0 {
            guard form.sign != .never else { throw .failed("\(value) is negative") }
            return "-" + digits
        }
        return form.sign == .exceeding && count > form.minimum ? "+" + digits : digits
    }
}

extension CalendarNames {
    /// `GMT+1`, `GMT+01:00`
    ///
    /// - Parameter seconds: Seconds east of UTC.
    func localizedOffset(_ seconds: Int, isFull: Bool) -> String {
        guard seconds != 0 else { return offsetPrefix }
        let magnitude = abs(seconds)
        var text = offsetPrefix + (seconds < 0 ? "-" : "+")
        text.appendPadded(magnitude / 3600, to: isFull ? 2 : 1)
        if isFull || magnitude % 3600 != 0 {
            text += ":"
            text.appendPadded(magnitude / 60 % 60, to: 2)
        }
        if magnitude % 60 != 0 {
            text += ":"
            text.appendPadded(magnitude % 60, to: 2)
        }
        return text
    }
}

extension OffsetForm {
    /// - Parameter seconds: Seconds east of UTC.
    func text(of seconds: Int) -> String {
        let magnitude = abs(seconds)
        let (hour, minute, second) = (magnitude / 3600, magnitude / 60 % 60, magnitude % 60)
        var text = seconds < 0 ? "-" : "+"
        var isZero = hour == 0
        text.appendPadded(hour, to: 2)
        if minutes == .always || minute > 0 {
            isZero = isZero && minute == 0
            if hasColons { text += ":" }
            text.appendPadded(minute, to: 2)
            if seconds.isMultiple(of: 60) == false, self.seconds != .never {
                isZero = false
                if hasColons { text += ":" }
                text.appendPadded(second, to: 2)
            }
        }
        return isZero ? zero : text
    }
}
