import ApusModel

/// The public holidays of a country, by rule.
struct Holidays {
    private let rules: [Substring]
    /// Says that the part of the country is not known; its own holidays are missing then.
    private let gap: String?

    /// - Parameters:
    ///   - country: An ISO 3166 code of two letters.
    ///   - subdivision: The part of the country, as the second half of its ISO 3166-2 code; case does not matter.
    static func of(_ country: String, subdivision: String?) throws(ExpressionError) -> Holidays {
        let code = country.uppercased()
        guard let general = HolidayRules.countries[code] else {
            let known = HolidayRules.countries.keys.sorted().joined(separator: ", ")
            throw .argument("the holidays of `\(country)` are not known; known are \(known)")
        }
        let rules = general.split(separator: " ")
        guard let name = subdivision?.trimmingSpace(), !name.isEmpty else {
            return Holidays(rules: rules, gap: nil)
        }
        let parts = HolidayRules.subdivisions[code] ?? [:]
        if let more = parts[name.uppercased()] {
            return Holidays(rules: rules + more.split(separator: " "), gap: nil)
        }
        let known = parts.isEmpty ? "" : "; known are " + parts.keys.sorted().joined(separator: ", ")
        return Holidays(rules: rules, gap: "the holidays of `\(name)` in \(code) are not known\(known)")
    }

    /// Whether a day is a holiday.
    ///
    /// - Throws: When it is none of the whole country, and those of the part are not known.
    func contain(_ day: LocalDate) throws(ExpressionError) -> Bool {
        // A holiday at the turn of the year may be moved into the other year.
        let found = rules.contains { rule in
            (day.year - 1...day.year + 1).contains { Self.day(of: rule, in: $0) == day }
        }
        if !found, let gap { throw .argument(gap) }
        return found
    }

    /// The day of a rule in a year; see `HolidayRules` for the notation.
    private static func day(of rule: Substring, in year: Int) -> LocalDate? {
        var rule = rule
        let moves = rule.last.flatMap { "~>^".contains($0) ? $0 : nil }
        if moves != nil { rule.removeLast() }
        guard let day = unmoved(rule, year) else { return nil }
        switch (moves, day.dayOfWeek) {
        case ("~", 6): return day.advanced(days: -1)
        case ("~", 7), (">", 7): return day.advanced(days: 1)
        case (">", 6), ("^", 6), ("^", 7): return day.advanced(days: 2)
        default: return day
        }
    }

    private static func unmoved(_ rule: Substring, _ year: Int) -> LocalDate? {
        if rule.hasPrefix("E") {
            return Int64(rule.dropFirst()).flatMap { easter(year)?.advanced(days: $0) }
        }
        let parts = rule.dropFirst(2).dropFirst()
        guard let month = Int(rule.prefix(2)), (1...12).contains(month) else { return nil }
        guard rule.dropFirst(2).first == "/" else {
            return Int(parts).flatMap { LocalDate(year: year, month: month, day: $0) }
        }
        guard let weekday = parts.last?.wholeNumberValue, let which = parts.first else { return nil }
        if which == "L" {
            guard
                let last = LocalDate(
                    year: year, month: month, day: LocalDate.daysIn(month: month, year: year))
            else { return nil }
            return last.advanced(days: -Int64((last.dayOfWeek - weekday + 7) % 7))
        }
        // `/<day>+<weekday>`: the first such weekday on or after a day.
        let numbers = parts.split(separator: "+").compactMap { Int($0) }
        guard numbers.count == 2, let first = LocalDate(year: year, month: month, day: numbers[0]) else {
            return nil
        }
        return first.advanced(days: Int64((weekday - first.dayOfWeek + 7) % 7))
    }

    /// Easter Sunday. Source: the anonymous Gregorian algorithm, Nature, 20 April 1876.
    private static func easter(_ year: Int) -> LocalDate? {
        let a = year % 19
        let (b, c) = (year / 100, year % 100)
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let sum = h + l - 7 * m + 114
        return LocalDate(year: year, month: sum / 31, day: sum % 31 + 1)
    }
}

/// Rules of holidays, separated by spaces.
///
/// `12-25`: a day of the year. `E-2`: days from Easter Sunday. `01/15+1`: the first Monday (1) on or after 15
/// January; `05/L1`: the last Monday of May. At the end, what happens on a weekend: `~` to the nearest weekday,
/// `>` to Monday, `^` two days on.
private enum HolidayRules {
    static let countries: [String: String] = [
        "AT": "01-01 01-06 E1 05-01 E39 E50 E60 08-15 10-26 11-01 12-08 12-25 12-26",
        "AU": "01-01> 01-26> E-2 E-1 E1 04-25 12-25^ 12-26^",
        "BE": "01-01 E1 05-01 E39 E50 07-21 08-15 11-01 11-11 12-25",
        "CA": "01-01 E-2 07-01 09/1+1 12-25",
        "CH": "01-01 E39 08-01 12-25",
        "CZ": "01-01 E-2 E1 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
        "DE": "01-01 E-2 E1 05-01 E39 E50 10-03 12-25 12-26",
        "DK": "01-01 E-3 E-2 E0 E1 E39 E49 E50 12-25 12-26",
        "ES": "01-01 01-06 E-2 05-01 08-15 10-12 11-01 12-06 12-08 12-25",
        "FI": "01-01 01-06 E-2 E0 E1 05-01 E39 E49 06/20+6 10/31+6 12-06 12-25 12-26",
        "FR": "01-01 E1 05-01 05-08 E39 E50 07-14 08-15 11-01 11-11 12-25",
        "GB": "01-01> E-2 05/1+1 05/L1 12-25^ 12-26^",
        "IE": "01-01> 02/1+1 03-17> E1 05/1+1 06/1+1 08/1+1 10/L1 12-25^ 12-26^",
        "IT": "01-01 01-06 E0 E1 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26",
        "LU": "01-01 E1 05-01 05-09 E39 E50 06-23 08-15 11-01 12-25 12-26",
        "NL": "01-01 E0 E1 04-27 E39 E49 E50 12-25 12-26",
        "NO": "01-01 E-3 E-2 E0 E1 05-01 05-17 E39 E49 E50 12-25 12-26",
        "PL": "01-01 01-06 E0 E1 05-01 05-03 E49 E60 08-15 11-01 11-11 12-25 12-26",
        "PT": "01-01 E-2 E0 04-25 05-01 E60 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
        "SE": "01-01 01-06 E-2 E0 E1 05-01 E39 E49 06-06 06/20+6 10/31+6 12-25 12-26",
        "US": "01-01 01/15+1 02/15+1 05/L1 06-19~ 07-04 09/1+1 10/8+1 11-11 11/22+4 12-25",
    ]

    static let subdivisions: [String: [String: String]] = [
        "DE": [
            "BW": "01-06 E60 11-01", "BY": "01-06 E60 08-15 11-01", "BE": "03-08", "BB": "E0 E49 10-31",
            "HB": "10-31", "HH": "10-31", "HE": "E60", "MV": "03-08 10-31", "NI": "10-31", "NW": "E60 11-01",
            "RP": "E60 11-01", "SL": "E60 08-15 11-01", "SN": "10-31 11/16+3", "ST": "01-06 10-31",
            "SH": "10-31", "TH": "09-20 10-31",
        ],
        "GB": [
            "ENG": "E1 08/L1", "EN": "E1 08/L1", "WLS": "E1 08/L1", "WA": "E1 08/L1",
            "SCT": "01-02> 08/1+1 11-30>", "SC": "01-02> 08/1+1 11-30>",
            "NIR": "E1 03-17> 07-12> 08/L1", "NI": "E1 03-17> 07-12> 08/L1",
        ],
        "FR": [
            "BL": "E-2 12-26", "MO": "E-2 12-26", "57": "E-2 12-26", "67": "E-2 12-26", "68": "E-2 12-26",
            // Regions of the mainland, which have none of their own.
            "ARA": "", "BFC": "", "BRE": "", "COR": "", "CVL": "", "GES": "", "HDF": "", "IDF": "", "NAQ": "",
            "NOR": "",
            "OCC": "", "PAC": "", "PDL": "",
        ],
        "CH": [
            "ZH": "01-02 E-2 E1 05-01 E50 12-26", "BE": "01-02 E-2 E1 E50 12-26", "GE": "E-2 E1 E50 12-31",
        ],
    ]
}
