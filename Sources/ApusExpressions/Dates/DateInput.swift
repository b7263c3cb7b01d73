import ApusModel

/// Makes a moment of what templates call a date.
enum DateInput {
    /// - Parameters:
    ///   - zone: Where times without a zone are.
    ///   - format: How a text is written, when not in ISO form.
    static func moment(
        _ value: Value, in zone: ZoneRules, format: String?, locale: String?
    ) throws(ExpressionError) -> ZonedDateTime {
        switch value {
        case .extended(.instant(let timestamp)): return zone.zoned(timestamp)
        case .extended(.zonedDateTime(let zoned)): return zoned
        case .extended(.localDateTime(let local)): return zone.zoned(local)
        case .extended(.localDate(let date)):
            return zone.zoned(LocalDateTime(date: date, time: LocalTime(hour: 12, minute: 0) ?? .midnight))
        case .int(let number): return try epoch(number, in: zone)
        case .string(let text): return try moment(text, in: zone, format: format, locale: locale)
        default: throw .wrongType("a date", expected: "a date, text or an integer", found: value)
        }
    }

    /// A date and time with a zone, one without, or a day, in ISO form or in the form of the format.
    private static func moment(
        _ text: String, in zone: ZoneRules, format: String?, locale: String?
    ) throws(ExpressionError) -> ZonedDateTime {
        let names = try CalendarNames.of(locale)
        if let format {
            // An instant alone has no zone to be in; servers refuse it.
            guard format != "iso_instant" else {
                throw .failed("`iso_instant` is no format to read with; ISO texts need none")
            }
            let isEnglish = format == "rfc_1123_date_time"
            let pattern = try DateFormat.pattern(format, names)
            guard let moment = moment(text, pattern, isEnglish ? .english : names, in: zone) else {
                throw .failed("`\(text)` is not a date of the format `\(format)`")
            }
            return moment
        }
        for pattern in [DateFormat.isoZonedDateTime, DateFormat.isoLocalDateTime, DateFormat.isoLocalDate] {
            if let moment = moment(text, pattern, names, in: zone) { return moment }
        }
        throw .failed("`\(text)` is not a date; give its format as `existingFormat`")
    }

    private static func moment(
        _ text: String, _ pattern: DatePattern, _ names: CalendarNames, in zone: ZoneRules
    ) -> ZonedDateTime? {
        guard let fields = DateReader.fields(of: text, pattern, names) else { return nil }
        return DateResolver(fields, weeks: names.weeks, isStrict: pattern.isStrict)?.moment(in: zone)
    }

    /// Seconds, or by the number of digits milliseconds (13), microseconds (16) or nanoseconds (19).
    private static func epoch(_ number: Int64, in zone: ZoneRules) throws(ExpressionError) -> ZonedDateTime {
        let unitsPerSecond: Int64 =
            switch String(number.magnitude).utf8.count {
            case 13: 1000
            case 16: 1_000_000
            case 19: 1_000_000_000
            default: 1
            }
        let seconds = number.flooredDivision(unitsPerSecond)
        guard abs(seconds) < 31_556_889_864_403 else { throw .failed("\(number) is not a date") }
        // Not `number - seconds * unitsPerSecond`, which the least of all numbers overflows.
        let units = (number % unitsPerSecond + unitsPerSecond) % unitsPerSecond
        let nanoseconds = units * (1_000_000_000 / unitsPerSecond)
        return zone.shifted(
            ZonedDateTime(
                local: LocalDateTime(localSeconds: seconds, nanosecond: Int(nanoseconds)), offsetSeconds: 0))
    }
}
