import Synchronization

/// English names of time zones.
struct ZoneNames: Sendable {
    /// `CET`, `CEST`
    let short: (standard: String, summer: String)
    /// The one for the whole year: `CET`, `ET`.
    let shortGeneric: String
    /// `Central European Standard Time`, `Central European Summer Time`
    let long: (standard: String, summer: String)
    let longGeneric: String

    /// The names by zone; its keys are the zones there are.
    static let byZone: [String: ZoneNames] = {
        var zones: [String: ZoneNames] = [:]
        for (names, ids) in groups {
            for id in ids { zones[id] = names }
        }
        return zones
    }()

    /// The zones that short names mean when a text is read.
    static let zonesByShortName = zones(by: meantByShort) {
        [$0.short.standard, $0.short.summer, $0.shortGeneric]
    }

    /// The zones that full names mean.
    static let zonesByLongName = zones(by: meantByLong) {
        [$0.long.standard, $0.long.summer, $0.longGeneric]
    }

    /// - Parameter exceptions: Lines `zone:name|name` of names that mean another zone than the first that has them.
    private static func zones(
        by exceptions: String, _ names: (ZoneNames) -> [String]
    ) -> [String: String] {
        var zones: [String: String] = [:]
        for line in exceptions.split(separator: "\n") {
            guard let mark = line.firstIndex(of: ":") else { continue }
            for name in line[line.index(after: mark)...].split(separator: "|") {
                zones[String(name)] = String(line[..<mark])
            }
        }
        for (group, ids) in groups {
            guard let first = ids.first else { continue }
            for name in names(group) where zones[name] == nil { zones[name] = first }
        }
        return zones
    }

    private static let groups: [(ZoneNames, [String])] =
        table.split(separator: "\n").compactMap { line in
            guard let mark = line.lastIndex(of: ":") else { return nil }
            let names = line[..<mark].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard names.count == 6 else { return nil }
            return (
                ZoneNames(
                    short: (names[0], names[1]), shortGeneric: names[2], long: (names[3], names[4]),
                    longGeneric: names[5]),
                line[line.index(after: mark)...].split(separator: " ").map(String.init)
            )
        }
}
