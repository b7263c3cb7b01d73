/// Names of months, days and the like, by language.
///
/// A block of lines for each locale: its name, then `key=value`. Keys are a letter of a pattern and a width (`M4`,
/// `E3`, `G5`; 3 is short, 4 full, 5 narrow), a style (`full`), `O` for what stands before an offset, or `UTC` and
/// `GMT` for the names of these zones. A locale with a country lists only where it differs from its language.
enum Languages {
    static let blocks: [String: [String: String]] = {
        var blocks: [String: [String: String]] = [:]
        for text in [english, western, northern, eastern] {
            var name: String?
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.isEmpty {
                    name = nil
                } else if let name {
                    guard let mark = line.firstIndex(of: "=") else { continue }
                    blocks[name, default: [:]][String(line[..<mark])] = String(
                        line[line.index(after: mark)...])
                } else {
                    name = String(line)
                    blocks[String(line)] = [:]
                }
            }
        }
        // `no` is the older name of the same language.
        blocks["no"] = blocks["nb"]
        return blocks
    }()

    /// What stands in for a form that a language does not list.
    static let otherForms: [String: String] = [
        "L3": "M3", "L4": "M4", "L5": "M5", "c3": "E3", "c4": "E4", "c5": "E5", "q3": "Q3", "q4": "Q4",
        "B4": "B1", "B5": "B1",
    ]

    static func text(_ key: String, language: String, country: String?) -> String? {
        if let country, let own = blocks["\(language)_\(country)"]?[key] { return own }
        guard let block = blocks[language] else { return nil }
        return block[key] ?? otherForms[key].flatMap { block[$0] }
    }
}

/// On which day weeks begin, and how many days of a year its first week has at least.
struct Weeks: Sendable {
    /// 1 for Monday to 7 for Sunday.
    let firstDay: Int
    let minimalDays: Int

    static let iso = Weeks(firstDay: 1, minimalDays: 4)

    /// - Parameter country: `DE`; without one weeks begin on Sunday, as in the United States.
    static func of(_ country: String?) -> Weeks {
        country.flatMap { table[$0] } ?? table[""] ?? iso
    }

    private static let table: [String: Weeks] = {
        var table: [String: Weeks] = [:]
        for line in countries.split(separator: "\n") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            let numbers = parts[0].split(separator: " ").compactMap { Int($0) }
            guard numbers.count == 2, parts.count == 2 else { continue }
            let weeks = Weeks(firstDay: numbers[0], minimalDays: numbers[1])
            for country in parts[1].split(separator: " ") { table[String(country)] = weeks }
            if parts[1].isEmpty { table[""] = weeks }
        }
        return table
    }()
}
