import ApusModel

extension Value {
    /// The text that stands for the value in rendered text; nothing for null.
    var printed: String {
        switch self {
        case .string(let text): return text
        default:
            var text = ""
            print(to: &text)
            return text
        }
    }

    func print(to text: inout String) {
        switch self {
        case .null: break
        case .bool(let flag): text += flag ? "true" : "false"
        case .int(let number): text += String(number)
        case .double(let number): text += PlainNumber.text(of: number)
        case .string(let string): text += string
        case .list, .map: text += compactJSON
        case .extended(let extended): text += extended.text
        }
    }

    /// Compact JSON in which times have seconds, as the product's JSON does.
    var compactJSON: String {
        guard hasTimes else { return json }
        return withTimesAsText.json
    }

    private var hasTimes: Bool {
        switch self {
        case .extended(.zonedDateTime), .extended(.localDateTime), .extended(.localTime): true
        case .list(let items): items.contains(where: \.hasTimes)
        case .map(let entries): entries.values.contains(where: \.hasTimes)
        default: false
        }
    }

    private var withTimesAsText: Value {
        switch self {
        case .extended(.zonedDateTime(let zoned)):
            .string("\(zoned.local.date.iso)T\(zoned.local.time.isoWithSeconds)\(zoned.offsetText)")
        case .extended(.localDateTime(let local)): .string("\(local.date.iso)T\(local.time.isoWithSeconds)")
        case .extended(.localTime(let time)): .string(time.isoWithSeconds)
        case .list(let items): .list(items.map(\.withTimesAsText))
        case .map(let entries): .map(entries.mapValues(\.withTimesAsText))
        default: self
        }
    }
}

extension LocalTime {
    /// Always with seconds: `10:07:00`.
    var isoWithSeconds: String {
        second == 0 && nanosecond == 0 ? iso + ":00" : iso
    }
}

/// Numbers without an exponent.
enum PlainNumber {
    /// `1.0`, `0.00001`, `10000000000000000.0`.
    static func text(of number: Double) -> String {
        let text = "\(number)"
        guard number.isFinite else { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
        guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else {
            return text
        }
        return expanded(text[..<mark], exponent: exponent)
    }

    private static func expanded(_ mantissa: Substring, exponent: Int) -> String {
        let isNegative = mantissa.hasPrefix("-")
        let unsigned = isNegative ? mantissa.dropFirst() : mantissa
        let parts = unsigned.split(separator: ".")
        var digits = parts.joined()
        let point = (parts.first?.count ?? 0) + exponent
        if point <= 0 {
            digits = "0." + String(repeating: "0", count: -point) + digits
        } else if point >= digits.count {
            digits += String(repeating: "0", count: point - digits.count) + ".0"
        } else {
            digits.insert(".", at: digits.index(digits.startIndex, offsetBy: point))
        }
        return (isNegative ? "-" : "") + digits
    }
}

extension Value {
    /// Null, the empty text, and collections without items.
    var isEmptyOrNull: Bool {
        switch self {
        case .null: true
        case .string(let text): text.isEmpty
        case .list(let items): items.isEmpty
        case .map(let entries): entries.isEmpty
        case .bool, .int, .double, .extended: false
        }
    }

    /// The size of a text; 0 for other values.
    var textBytes: Int {
        if case .string(let text) = self { text.utf8.count } else { 0 }
    }

    var isContainer: Bool {
        switch self {
        case .list, .map: true
        default: false
        }
    }

    /// The integer, also of a number without fraction.
    var wholeNumber: Int64? {
        switch self {
        case .int(let number): number
        case .double(let number): Int64(exactly: number)
        case .extended(.float(let number)): Int64(exactly: number)
        case .extended(.decimal(let digits)): Int64(digits)
        default: nil
        }
    }
}
