import ApusModel
import ApusSchema

/// Conditions on a date, for the most part that of a schedule.
extension ConditionType {
    static let onDates: [ConditionType] = [
        dayOfWeek, dayInMonth, weekend, publicHoliday, dateBetween, timeBetween,
    ]

    private static let date = property("date", "The date.", .string, default: "{{ trigger.date }}")
    private static let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]

    private static let dayOfWeek = ConditionType(
        "DayWeek", "A day of the week.",
        properties: [property("dayOfWeek", "Its name.", .enumeration(days), isRequired: true), date]
    ) { reader in
        guard let day = reader.text("dayOfWeek") else { return nil }
        return reader.holds("dayOfWeek(\(reader.date())) == \(day)")
    }

    private static let dayInMonth = ConditionType(
        "DayWeekInMonth", "The first, second … or last such day of a month.",
        properties: [
            property("dayOfWeek", "Its name.", .enumeration(days), isRequired: true),
            property(
                "dayInMonth", "Which of them.", .enumeration(["FIRST", "LAST", "SECOND", "THIRD", "FOURTH"]),
                isRequired: true), date,
        ]
    ) { reader in
        guard let day = reader.text("dayOfWeek"), let place = reader.text("dayInMonth") else { return nil }
        return reader.holds("isDayWeekInMonth(\(reader.date()), \(day), \(place))")
    }

    private static let weekend = ConditionType(
        "Weekend", "A Saturday or Sunday.", properties: [date]
    ) { $0.holds("isWeekend(\($0.date()))") }

    /// Where a condition on holidays names no country: Kestra takes that of the server, and its images are American.
    private static let usualCountry = "US"

    private static let publicHoliday = ConditionType(
        "PublicHoliday", "A public holiday of a country.",
        properties: [
            property(
                "country", "Its code of two letters.", .string, default: .string(ConditionType.usualCountry)),
            property("subDivision", "A part of the country.", .string), date,
        ]
    ) { reader in
        if reader.properties.given("country") == nil {
            let path = reader.properties.path
            reader.warn(
                "no `country` is named: the holidays of \(usualCountry) are meant", at: path,
                remedy: "add `country`")
        }
        let country = reader.text("country") ?? ExpressionText.quoted(usualCountry)
        let part = reader.text("subDivision").map { ", \($0)" } ?? ""
        return reader.holds("isPublicHoliday(\(reader.date()), \(country)\(part))")
    }

    private static let dateBetween = ConditionType(
        "DateTimeBetween", "After one date and before another, either of which may be left out.",
        properties: [
            property("after", "Later than this.", .string), property("before", "Earlier than this.", .string),
            date,
        ]
    ) { reader in
        let date = reader.date()
        switch (reader.text("after"), reader.text("before")) {
        case (let after?, let before?): return reader.holds("isDateBetween(\(date), \(after), \(before))")
        case (let after?, nil): return reader.holds("isDateAfter(\(date), \(after))")
        case (nil, let before?): return reader.holds("isDateBefore(\(date), \(before))")
        case (nil, nil): return .all([])
        }
    }

    private static let timeBetween = ConditionType(
        "TimeBetween", "Between two times of a day, each with its offset: `16:00:00+02:00`.",
        properties: [
            property("after", "Later than this.", .string), property("before", "Earlier than this.", .string),
            date,
        ]
    ) { reader in
        var parts: [String] = []
        for (key, comparison) in [("after", ">"), ("before", "<")] {
            guard let text = reader.properties.given(key)?.stringValue else { continue }
            guard let time = OffsetTime(text) else {
                reader.fault(
                    "`\(text)` is not a time with an offset", at: reader.properties.path.key(key),
                    remedy: "write it as `16:00:00+02:00`")
                return nil
            }
            let printed = "(\(reader.date()) | date('HH:mm:ss', timeZone='\(time.offset)'))"
            parts.append("\(printed) \(comparison) '\(time.clock)'")
        }
        return parts.isEmpty ? .all([]) : reader.holds(ExpressionText.all(parts))
    }
}

/// A time of day and its distance from UTC.
private struct OffsetTime {
    /// `HH:mm:ss`; fractions of a second are cut off.
    var clock: String
    /// `UTC`, or `+02:00`.
    var offset: String

    init?(_ text: String) {
        let place = text.firstIndex { $0 == "+" || $0 == "-" || $0 == "Z" } ?? text.endIndex
        guard let time = LocalTime(iso: String(text[..<place])) else { return nil }
        clock = [time.hour, time.minute, time.second].map { ($0 < 10 ? "0" : "") + String($0) }
            .joined(separator: ":")
        switch text[place...] {
        case "", "Z": offset = "UTC"
        case let rest where rest.utf8.count == 6 && rest.dropFirst(3).first == ":": offset = String(rest)
        default: return nil
        }
    }
}
