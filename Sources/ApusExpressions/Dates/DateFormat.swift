import ApusModel

/// A format of dates: a name such as `iso_milli`, a style such as `full`, or a pattern.
enum DateFormat {
    /// The pattern of a format; styles are those of the locale.
    static func pattern(_ format: String, _ names: CalendarNames) throws(ExpressionError) -> DatePattern {
        if let known = named[format] { return known }
        if let source = sources[format] { return try DatePattern.compiled(source) }
        if styles.contains(format), let style = names.style(format) { return try DatePattern.compiled(style) }
        return try DatePattern.compiled(format)
    }

    private static let styles: Set<String> = ["full", "long", "medium", "short"]

    private static let sources: [String: String] = [
        "iso": "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
        "iso_milli": "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        "iso_sec": "yyyy-MM-dd'T'HH:mm:ssXXX",
        "sql": "yyyy-MM-dd HH:mm:ss.SSSSSS",
        "sql_milli": "yyyy-MM-dd HH:mm:ss.SSS",
        "sql_sec": "yyyy-MM-dd HH:mm:ss",
    ]

    private static let year: DatePattern.Element = .number(
        .year, NumberForm(minimum: 4, maximum: 10, sign: .exceeding))
    private static func two(_ field: DateField) -> DatePattern.Element {
        .number(field, NumberForm(minimum: 2, maximum: 2))
    }
    private static let date: [DatePattern.Element] = [
        year, .literal("-"), two(.month), .literal("-"), two(.day),
    ]
    private static let time: [DatePattern.Element] = [
        two(.hour), .literal(":"), two(.minute),
        .optional([.literal(":"), two(.second), .optional([.shortestFraction])]),
    ]
    private static let dateTime = date + [.literal("T")] + time
    private static let offset: DatePattern.Element = .offset(.id)

    private static func strict(_ elements: [DatePattern.Element]) -> DatePattern {
        DatePattern(elements: elements, ignoresCase: true, isStrict: true)
    }

    static let isoLocalDate = strict(date)
    static let isoLocalDateTime = strict(dateTime)
    static let isoZonedDateTime = strict(dateTime + [offset, .optional([.region])])

    private static let named: [String: DatePattern] = [
        "iso_local_date": isoLocalDate,
        "iso_local_date_time": isoLocalDateTime,
        "iso_zoned_date_time": isoZonedDateTime,
        "iso_local_time": strict(time),
        "iso_date": strict(date + [.optional([offset])]),
        "iso_time": strict(time + [.optional([offset])]),
        "iso_offset_time": strict(time + [offset]),
        "iso_date_time": strict(dateTime + [.optional([offset, .optional([.region])])]),
        "iso_ordinal_date": strict([
            year, .literal("-"), .number(.dayOfYear, NumberForm(minimum: 3, maximum: 3)), .optional([offset]),
        ]),
        "iso_week_date": strict([
            .number(.isoWeekYear, NumberForm(minimum: 4, maximum: 10, sign: .exceeding)), .literal("-W"),
            two(.isoWeek), .literal("-"), .number(.weekday, NumberForm(minimum: 1, maximum: 1)),
            .optional([offset]),
        ]),
        "rfc_1123_date_time": DatePattern(
            elements: [
                .optional([.name(.weekday, "E", .short), .literal(", ")]),
                .number(.day, NumberForm(minimum: 1, maximum: 2)), .literal(" "), .name(.month, "M", .short),
                .literal(" "), .number(.year, NumberForm(minimum: 4, maximum: 4)), .literal(" "), two(.hour),
                .literal(":"), two(.minute), .optional([.literal(":"), two(.second)]), .literal(" "),
                .offset(OffsetForm(minutes: .always, seconds: .never, hasColons: false, zero: "GMT")),
            ], ignoresCase: true),
    ]

    /// - Parameter locale: Language of names.
    static func print(
        _ date: ZonedDateTime, format: String, zone: ZoneRules, locale: String?
    ) throws(ExpressionError) -> String {
        let names = try CalendarNames.of(locale)
        switch format {
        case "iso_instant":
            let utc = try ZoneRules.named("Z")
            return try DatePrinter(names: names, zone: utc).print(utc.shifted(date), instant(date))
        case "rfc_1123_date_time":
            return try DatePrinter(names: .english, zone: zone).print(date, try pattern(format, .english))
        default: return try DatePrinter(names: names, zone: zone).print(date, try pattern(format, names))
        }
    }

    /// Instants have seconds always, and three, six or nine digits of them.
    private static func instant(_ date: ZonedDateTime) -> DatePattern {
        let nanosecond = date.local.time.nanosecond
        var elements =
            self.date + [.literal("T"), two(.hour), .literal(":"), two(.minute), .literal(":"), two(.second)]
        if nanosecond > 0 {
            let count = nanosecond % 1_000_000 == 0 ? 3 : nanosecond % 1000 == 0 ? 6 : 9
            elements += [.literal("."), .fraction(count)]
        }
        return DatePattern(elements: elements + [.literal("Z")])
    }
}
