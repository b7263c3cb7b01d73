public import ApusModel

/// The storage form of a value: JSON that gives back exactly the same value, dates and durations included.
///
/// What JSON has no word for becomes a map with the single key `$` and a text: one letter for the kind, then the
/// value. A map of the user's that looks like it (a single key made only of `$`) gets one `$` more.
public enum StoredValue {
    /// Levels a stored value may have; some are left for the body around it, within what the parser reads.
    public static let maxDepth = JSONParser.maxDepth - 16

    /// - Throws: `DatabaseError` (`tooLarge`) for a value nested too deep to be read again.
    public static func write(_ value: Value, to writer: inout JSONWriter, depth: Int = 0)
        throws(DatabaseError)
    {
        switch value {
        case .null, .bool, .int, .string: writer.write(value)
        case .double(let number):
            if number.isFinite { writer.write(value) } else { tag("D", number.description, &writer) }
        case .list(let items):
            try check(depth)
            writer.raw("[")
            var first = true
            for item in items {
                if first { first = false } else { writer.raw(",") }
                try write(item, to: &writer, depth: depth + 1)
            }
            writer.raw("]")
        case .map(let entries):
            try check(depth)
            let isEscaped = entries.count == 1 && isMark(entries.keys.first)
            writer.raw("{")
            var first = true
            for (key, item) in entries {
                if first { first = false } else { writer.raw(",") }
                writer.write(isEscaped ? key + "$" : key)
                writer.raw(":")
                try write(item, to: &writer, depth: depth + 1)
            }
            writer.raw("}")
        case .extended(let extended): write(extended, to: &writer)
        }
    }

    private static func check(_ depth: Int) throws(DatabaseError) {
        guard depth < maxDepth else {
            throw DatabaseError(.tooLarge, "a value is nested deeper than \(maxDepth) levels")
        }
    }

    private static func write(_ extended: Extended, to writer: inout JSONWriter) {
        switch extended {
        case .instant(let date): tag("i", String(date.microseconds), &writer)
        case .zonedDateTime(let date): tag("z", date.iso, &writer)
        case .localDateTime(let date): tag("l", date.iso, &writer)
        case .localDate(let date): tag("d", date.iso, &writer)
        case .localTime(let time): tag("t", time.iso, &writer)
        case .duration(let span): tag("p", String(span.microseconds), &writer)
        case .float(let number): tag("f", String(number.bitPattern), &writer)
        case .decimal(let digits): tag("n", digits, &writer)
        case .bytes(let bytes): tag("b", Hexadecimal.text(bytes), &writer)
        }
    }

    private static func tag(_ kind: String, _ text: String, _ writer: inout JSONWriter) {
        writer.raw("{\"$\":")
        writer.write(kind + text)
        writer.raw("}")
    }

    private static func isMark(_ key: String?) -> Bool {
        guard let key, !key.isEmpty else { return false }
        return key.utf8.allSatisfy { $0 == UInt8(ascii: "$") }
    }

    /// Gives back the value that was written.
    ///
    /// - Throws: `DatabaseError` (`unreadable`) for a kind this version does not know.
    public static func read(_ stored: Value) throws(DatabaseError) -> Value {
        switch stored {
        case .null, .bool, .int, .double, .string, .extended: return stored
        case .list(let items):
            var result: [Value] = []
            result.reserveCapacity(items.count)
            for item in items { result.append(try read(item)) }
            return .list(result)
        case .map(let entries):
            guard entries.count == 1, let key = entries.keys.first, isMark(key),
                let value = entries.values.first
            else {
                var result = OrderedMap<Value>()
                result.reserveCapacity(entries.count)
                for (key, item) in entries { result[key] = try read(item) }
                return .map(result)
            }
            if key != "$" { return .map([String(key.dropLast()): try read(value)]) }
            guard let text = value.stringValue, let value = tagged(text) else {
                throw DatabaseError(.unreadable, "a stored value is of an unknown kind")
            }
            return value
        }
    }

    private static func tagged(_ text: String) -> Value? {
        let rest = text.dropFirst()
        switch text.first {
        case "i": return Int64(rest).map { .extended(.instant(Timestamp(microseconds: $0))) }
        case "z": return ZonedDateTime(iso: rest).map { .extended(.zonedDateTime($0)) }
        case "l": return LocalDateTime(iso: rest).map { .extended(.localDateTime($0)) }
        case "d": return LocalDate(iso: rest).map { .extended(.localDate($0)) }
        case "t": return LocalTime(iso: rest).map { .extended(.localTime($0)) }
        case "p": return Int64(rest).map { .extended(.duration(ISODuration(microseconds: $0))) }
        case "f": return UInt32(rest).map { .extended(.float(Float(bitPattern: $0))) }
        case "n": return .extended(.decimal(String(rest)))
        case "b": return Hexadecimal.bytes(rest).map { .extended(.bytes($0)) }
        case "D": return Double(rest).map { .double($0) }
        default: return nil
        }
    }
}

/// Bytes as text, two digits each.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    static func bytes(_ text: Substring) -> [UInt8]? {
        var result: [UInt8] = []
        var high: UInt8?
        for character in text {
            guard let digit = character.hexDigitValue else { return nil }
            if let first = high {
                result.append(first << 4 | UInt8(digit))
                high = nil
            } else {
                high = UInt8(digit)
            }
        }
        return high == nil ? result : nil
    }
}
