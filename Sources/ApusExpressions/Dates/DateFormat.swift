import ApusModel

/// A format of dates: a name such as `iso_milli`, a style such as `full`, or a pattern.
enum DateFormat {
    /// The pattern of a format.
    static func pattern(_ format: String) throws(ExpressionError) -> DatePattern {
        if let known = named[format.lowercased()] { return known }
        if let source = sources[format.lowercased()] { return try DatePattern.compiled(source) }
        return try DatePattern.compiled(format)
    }

    private static let sources: [String: String] = [
        "iso": "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
        "iso_milli": "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        "iso_sec": "yyyy-MM-dd'T'HH:mm:ssXXX",
        "sql": "yyyy-MM-dd HH:mm:ss.SSSSSS",
        "sql_milli": "yyyy-MM-dd HH:mm:ss.SSS",
        "sql_sec": "yyyy-MM-dd HH:mm:ss",
        "iso_date": "yyyy-MM-dd[XXX]",
        "iso_local_date": "yyyy-MM-dd",
        "iso_ordinal_date": "yyyy-DDD[XXX]",
        "basic_iso_date": "yyyyMMdd[X]",
        "rfc_1123_date_time": "EEE, d MMM yyyy HH:mm:ss ",
        "full": "EEEE, MMMM d, y 'at' h:mm:ss\u{202F}a zzzz",
        "long": "MMMM d, y 'at' h:mm:ss\u{202F}a z",
        "medium": "MMM d, y, h:mm:ss\u{202F}a",
        "short": "M/d/yy, h:mm\u{202F}a",
    ]

    private static let date: [DatePattern.Element] = [
        .field("y", count: 4), .literal("-"), .field("M", count: 2), .literal("-"), .field("d", count: 2),
    ]
    private static let time: [DatePattern.Element] = [
        .field("H", count: 2), .literal(":"), .field("m", count: 2),
        .optional([.literal(":"), .field("s", count: 2), .optional([.shortestFraction])]),
    ]
    private static let offset: [DatePattern.Element] = [.field("X", count: 5)]

    private static let named: [String: DatePattern] = [
        "iso_local_date_time": DatePattern(elements: date + [.literal("T")] + time),
        "iso_local_time": DatePattern(elements: time),
        "iso_time": DatePattern(elements: time + [.optional(offset)]),
        "iso_offset_time": DatePattern(elements: time + offset),
        "iso_offset_date": DatePattern(elements: date + offset),
        "iso_offset_date_time": DatePattern(elements: date + [.literal("T")] + time + offset),
        "iso_instant": DatePattern(elements: date + [.literal("T")] + time + offset),
        "iso_date_time": DatePattern(elements: date + [.literal("T")] + time + [.optional(offset)]),
        "iso_zoned_date_time": DatePattern(elements: date + [.literal("T")] + time + offset),
    ]

    /// - Parameter locale: Language of names.
    static func print(
        _ date: ZonedDateTime, format: String, zone: ZoneRules, locale: String?
    ) throws(ExpressionError) -> String {
        let names = try CalendarNames.of(locale)
        let printer = DatePrinter(names: names, zone: zone)
        switch format.lowercased() {
        case "iso_instant":
            let utc = try ZoneRules.named("Z")
            return DatePrinter(names: names, zone: utc).print(utc.shifted(date), try pattern(format))
        case "iso_date_time", "iso_zoned_date_time":
            return printer.print(date, try pattern(format)) + (date.zone.map { "[\($0)]" } ?? "")
        case "iso_week_date":
            let week = date.local.date.week(firstDay: 1, minimalDays: 4)
            let number = (week.week < 10 ? "0" : "") + String(week.week)
            return "\(week.year)-W\(number)-\(date.local.date.dayOfWeek)\(date.offsetText)"
        case "rfc_1123_date_time":
            let english = DatePrinter(names: .english, zone: zone)
            let zoneText =
                date.offsetSeconds == 0 ? "GMT" : try DatePattern.compiled("xx").printed(date, english)
            return english.print(date, try pattern(format)) + zoneText
        default: return printer.print(date, try pattern(format))
        }
    }
}

extension DatePattern {
    fileprivate func printed(_ date: ZonedDateTime, _ printer: DatePrinter) -> String {
        printer.print(date, self)
    }
}
