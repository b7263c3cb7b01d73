import Foundation

/// The distances of a zone from UTC, as the system's zone data has them.
///
/// Governments change their clocks at a few weeks' notice. The system's files come with its updates; what Foundation
/// brings along is as old as the compiler.
///
/// Source: RFC 9636, the format of zone files, of which the second block is read.
struct ZoneTable: Hashable, Sendable {
    /// Instants of changes in seconds since 1970, ascending.
    private var changes: [Int64] = []
    /// Seconds east of UTC from each change on.
    private var offsets: [Int] = []
    /// Seconds east of UTC before the first change.
    private var first = 0
    /// What comes after the last change.
    private var rule: ZoneRule?

    private static let folder = "/usr/share/zoneinfo/"
    private static let maximumBytes = 1 << 20

    /// The system's table of a zone; `nil` when it has none.
    ///
    /// - Parameter name: One of the known names, so that it leads to no other file.
    init?(zone name: String) {
        guard let file = FileHandle(forReadingAtPath: Self.folder + name) else { return nil }
        // A file that cannot be read is none: the zone is looked up elsewhere then.
        guard let data = try? file.read(upToCount: Self.maximumBytes) else { return nil }
        self.init(bytes: Array(data))
    }

    /// Reads a file; `nil` when it is none of the format, or of its first version.
    init?(bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let old = reader.header(), old.version >= 2, reader.skip(old.length(timeBytes: 4)),
            let header = reader.header(), header.types > 0
        else { return nil }
        var places: [Int] = []
        for _ in 0..<header.changes {
            guard let change = reader.integer(bytes: 8), changes.last.map({ $0 < change }) ?? true else {
                return nil
            }
            changes.append(change)
        }
        for _ in 0..<header.changes {
            guard let place = reader.integer(bytes: 1) else { return nil }
            places.append(Int(place & 0xFF))
        }
        var types: [Int] = []
        for _ in 0..<header.types {
            guard let offset = reader.integer(bytes: 4), abs(offset) < 86_400, reader.skip(2) else {
                return nil
            }
            types.append(Int(offset))
        }
        first = types.first ?? 0
        for place in places {
            guard place < types.count else { return nil }
            offsets.append(types[place])
        }
        guard reader.skip(header.characters + header.leapSeconds * 12 + header.standards + header.universals)
        else { return nil }
        rule = ZoneRule(reader.footer())
    }

    /// Seconds east of UTC at an instant, in seconds since 1970.
    func offset(at instant: Int64) -> Int {
        guard let last = changes.last, let lastOffset = offsets.last else {
            return rule?.offset(at: instant) ?? first
        }
        if instant >= last { return rule?.offset(at: instant) ?? lastOffset }
        var low = 0
        var high = changes.count
        while low < high {
            let middle = low + (high - low) / 2
            if changes[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? first : offsets[low - 1]
    }
}

extension ZoneTable {
    private struct Header {
        var version: Int
        var universals, standards, leapSeconds, changes, types, characters: Int

        func length(timeBytes: Int) -> Int {
            changes * (timeBytes + 1) + types * 6 + characters + leapSeconds * (timeBytes + 4) + standards
                + universals
        }
    }

    private struct Reader {
        var bytes: [UInt8]
        var place = 0

        mutating func skip(_ count: Int) -> Bool {
            guard count >= 0, count <= bytes.count - place else { return false }
            place += count
            return true
        }

        /// A signed number, its highest byte first.
        mutating func integer(bytes count: Int) -> Int64? {
            guard count <= bytes.count - place else { return nil }
            var number: UInt64 = bytes[place] >= 128 ? .max : 0
            for byte in bytes[place..<place + count] { number = number << 8 | UInt64(byte) }
            place += count
            return Int64(bitPattern: number)
        }

        mutating func header() -> Header? {
            guard bytes.count - place >= 44, bytes[place..<place + 4].elementsEqual("TZif".utf8) else {
                return nil
            }
            let version = Int(bytes[place + 4]) - 48
            place += 20
            var counts: [Int] = []
            for _ in 0..<6 {
                // No count is more than the file could hold.
                guard let count = integer(bytes: 4), (0...Int64(bytes.count)).contains(count) else {
                    return nil
                }
                counts.append(Int(count))
            }
            return Header(
                version: version, universals: counts[0], standards: counts[1], leapSeconds: counts[2],
                changes: counts[3], types: counts[4], characters: counts[5])
        }

        /// The line at the end.
        func footer() -> String {
            String(decoding: bytes[place...].drop { $0 == 10 }.prefix { $0 != 10 }, as: UTF8.self)
        }
    }
}
