import ApusModel
import Synchronization

/// What dates are called in a locale, and how its weeks are counted.
///
/// Source: Unicode CLDR, as Java 21 prints it; a language that Java has no names of gets its language-neutral ones.
struct CalendarNames: Sendable {
    let language: String
    let country: String?
    let weeks: Weeks

    static let english = CalendarNames(language: "en", country: "US")

    private static let cache = Mutex<[String: CalendarNames]>([:])

    /// - Parameter locale: `fr`, `fr_FR`, `en-GB`; `nil` for the English of the United States.
    static func of(_ locale: String?) throws(ExpressionError) -> CalendarNames {
        guard let locale, !locale.isEmpty else { return english }
        if let known = cache.withLock({ $0[locale] }) { return known }
        let parts = locale.split(separator: "_", omittingEmptySubsequences: false).flatMap {
            $0.split(separator: "-", omittingEmptySubsequences: false)
        }
        let language = parts.first?.lowercased() ?? ""
        let country = parts.dropFirst().first?.uppercased()
        guard (2...3).contains(language.count), language.utf8.allSatisfy(\.isLetter), parts.count <= 2,
            country.map({ $0.utf8.allSatisfy { $0.isLetter || $0.isDigit } && (2...3).contains($0.count) })
                ?? true
        else { throw .argument("`\(locale)` is not a locale; write it as `fr` or `fr_FR`") }
        let isKnown = Languages.blocks[language] != nil
        guard isKnown || !Weeks.languages.split(separator: " ").contains(Substring(language)) else {
            let known = Languages.blocks.keys.filter { !$0.contains("_") && $0 != "root" }.sorted()
            throw .argument(
                "there are no names for the locale `\(locale)`; languages with names are "
                    + known.joined(separator: ", "))
        }
        let names = CalendarNames(language: isKnown ? language : "root", country: country)
        cache.withLock { cache in
            if cache.count > 200 { cache.removeAll() }
            cache[locale] = names
        }
        return names
    }

    /// `fr`, `fr_CA`
    var locale: String { country.map { "\(language)_\($0)" } ?? language }

    var isAmericanEnglish: Bool { language == "en" && (country ?? "US") == "US" }

    private init(language: String, country: String?) {
        self.language = language
        self.country = country
        weeks = Weeks.of(country)
    }

    /// The names of a field's values from the first on; Monday is the first day.
    func names(_ letter: Character, _ width: TextWidth) -> [String] {
        let key = letter == "a" ? "a" : "\(letter)\(width.rawValue)"
        return text(key)?.split(separator: "|", omittingEmptySubsequences: false).map(String.init) ?? []
    }

    /// The pattern of a style: `full`, `long`, `medium`, `short`.
    func style(_ name: String) -> String? { text(name) }

    /// What stands before a distance from UTC: `GMT`, in French `UTC`.
    var offsetPrefix: String { text("O") ?? "GMT" }

    /// The full name of `UTC` and of `GMT`.
    func zone(_ name: String) -> String? { text(name) }

    /// The parts of the day.
    func periods(_ width: TextWidth) -> [DayPeriod] {
        DayPeriod.list(text(width == .short ? "B1" : "B\(width.rawValue)") ?? "")
    }

    private func text(_ key: String) -> String? {
        Languages.text(key, language: language, country: country)
    }
}

/// How long a name is.
enum TextWidth: Int, Sendable, Hashable {
    case short = 3
    case full = 4
    case narrow = 5
}

/// A part of the day: `in the morning`, `noon`.
struct DayPeriod: Hashable, Sendable {
    let name: String
    /// Minutes of the day, from the first to the one after the last; an end before the start is on the next day.
    let start: Int
    let end: Int

    /// Reads `0 at night|6 in the morning|…|@12 noon`: the hours at which they begin, with `@` a single minute.
    static func list(_ text: String) -> [DayPeriod] {
        var exact: [DayPeriod] = []
        var rest: [(name: String, start: Int)] = []
        for part in text.split(separator: "|") {
            let isExact = part.hasPrefix("@")
            let words = part.drop { $0 == "@" }.split(separator: " ", maxSplits: 1)
            guard words.count == 2, let hour = Int(words[0]) else { continue }
            let name = String(words[1])
            if isExact {
                exact.append(DayPeriod(name: name, start: hour * 60, end: hour * 60 + 1))
            } else {
                rest.append((name, hour * 60))
            }
        }
        // What ends the day and what begins it are one when they have one name.
        if rest.count > 1, let first = rest.first, let last = rest.last, first.name == last.name {
            rest.removeFirst()
        }
        for (place, part) in rest.enumerated() {
            let end = place + 1 < rest.count ? rest[place + 1].start : rest[0].start
            exact.append(DayPeriod(name: part.name, start: part.start, end: end))
        }
        return exact
    }

    func includes(minuteOfDay: Int) -> Bool {
        if start < end { return (start..<end).contains(minuteOfDay) }
        return minuteOfDay >= start || minuteOfDay < end
    }

    /// The minute in the middle.
    var middle: Int {
        (start + (end > start ? end : end + 1440)) / 2 % 1440
    }
}
