import ApusModel

/// An integer written in digits, of any size.
struct IntegerText {
    /// Decimal digits without leading zeros, after a `-` for a negative number.
    let digits: String

    /// Longer numbers are refused: turning them into decimal digits takes time with the square of their length.
    private static let maxHexadecimalDigits = 1000

    /// `nil` when a character is no digit of the radix, 10 or 16.
    init?(_ text: Substring, radix: Int, isNegative: Bool) {
        guard !text.isEmpty else { return nil }
        var decimal: [UInt8]
        if radix == 10 {
            guard text.utf8.allSatisfy(\.isDigit) else { return nil }
            decimal = text.utf8.map { $0 - 48 }
        } else {
            guard text.utf8.count <= Self.maxHexadecimalDigits else { return nil }
            decimal = []
            for character in text {
                guard let digit = character.isASCII ? character.hexDigitValue : nil else { return nil }
                Self.multiply(&decimal, by: 16, adding: digit)
            }
            decimal.reverse()
        }
        let significant = decimal.drop { $0 == 0 }
        let plain = significant.isEmpty ? "0" : String(decoding: significant.map { $0 + 48 }, as: UTF8.self)
        digits = isNegative && plain != "0" ? "-" + plain : plain
    }

    /// Least digit first.
    private static func multiply(_ digits: inout [UInt8], by factor: Int, adding rest: Int) {
        var carry = rest
        for place in digits.indices {
            carry += Int(digits[place]) * factor
            digits[place] = UInt8(carry % 10)
            carry /= 10
        }
        while carry > 0 {
            digits.append(UInt8(carry % 10))
            carry /= 10
        }
    }

    /// `nil` when it does not fit.
    var int64: Int64? { Int64(digits) }

    var value: Value { int64.map { .int($0) } ?? .extended(.decimal(digits)) }
}
