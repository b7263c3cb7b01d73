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

/// A decimal number as it is written, in the form that JSON takes: no `+`, no bare point, no leading zeros.
struct DecimalText: Hashable {
    let text: String
    /// What is equal for equal numbers: the digits without zeros at either end, and where the point stands.
    private let digits: String
    private let exponent: Int
    private let isNegative: Bool

    var isZero: Bool { digits.isEmpty }

    static func == (left: Self, right: Self) -> Bool {
        if left.isZero || right.isZero { return left.isZero && right.isZero }
        return left.digits == right.digits && left.exponent == right.exponent
            && left.isNegative == right.isNegative
    }

    func hash(into hasher: inout Hasher) { hasher.combine(digits) }

    /// A number that is not zero stays so, and finite.
    func survives(_ number: some BinaryFloatingPoint) -> Bool {
        number.isFinite && (!number.isZero || isZero)
    }

    /// `nil` unless the text is digits with an optional sign, point and exponent, and nothing else.
    init?(_ source: String) {
        var bytes = Array(source.utf8)[...]
        func take(_ characters: String) -> UInt8? {
            guard let first = bytes.first, characters.utf8.contains(first) else { return nil }
            return bytes.removeFirst()
        }
        func digits() -> [UInt8] {
            let run = Array(bytes.prefix(while: \.isDigit))
            bytes.removeFirst(run.count)
            return run
        }
        isNegative = take("+-") == UInt8(ascii: "-")
        let whole = digits()
        let fraction = take(".") == nil ? [] : digits()
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        var power = 0
        if take("eE") != nil {
            let isSmall = take("+-") == UInt8(ascii: "-")
            guard let size = Int(String(decoding: digits(), as: UTF8.self)), size <= 100_000 else { return nil }
            power = isSmall ? -size : size
        }
        guard bytes.isEmpty else { return nil }

        let significant = (whole + fraction).drop { $0 == UInt8(ascii: "0") }
        let zeros = significant.reversed().prefix { $0 == UInt8(ascii: "0") }.count
        self.digits = String(decoding: significant.dropLast(zeros), as: UTF8.self)
        exponent = power - fraction.count + zeros
        let plainWhole = whole.drop { $0 == UInt8(ascii: "0") }
        var plain = plainWhole.isEmpty ? "0" : String(decoding: plainWhole, as: UTF8.self)
        if !fraction.isEmpty { plain += "." + String(decoding: fraction, as: UTF8.self) }
        if power != 0 { plain += "e\(power)" }
        text = (isNegative ? "-" : "") + plain
    }
}
