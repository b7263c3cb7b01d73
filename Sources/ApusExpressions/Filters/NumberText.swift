import ApusModel

/// Reads numbers written in texts.
///
/// Source: `NumberUtils` of Apache Commons Lang, which the product reads them with; numbers that are not finite are
/// refused, since no other filter takes them.
enum NumberText {
    enum Width: String, CaseIterable {
        case int = "INT"
        case long = "LONG"
        case float = "FLOAT"
        case double = "DOUBLE"
        case bigDecimal = "BIGDECIMAL"
        case bigInteger = "BIGINTEGER"
    }

    static func read(_ text: String, as width: Width) throws(ExpressionError) -> Value {
        let value: Value? =
            switch width {
            case .int: Integer(text)?.small.flatMap { Int32(exactly: $0) }.map { .int(Int64($0)) }
            case .long: Integer(text)?.small.map { .int($0) }
            case .float:
                fractional(text).flatMap { Float($0) }.flatMap { $0.isFinite ? .extended(.float($0)) : nil }
            case .double: fractional(text).flatMap { Double($0) }.flatMap { $0.isFinite ? .double($0) : nil }
            case .bigDecimal: decimal(text)
            case .bigInteger: Integer(text).map { .extended(.decimal($0.digits)) }
            }
        guard let value else { throw .failed("`\(text)` is not a number of type \(width.rawValue)") }
        return value
    }

    /// The narrowest kind of number that holds what is written.
    static func inferred(_ text: String) throws(ExpressionError) -> Value {
        if let integer = Integer(text) { return integer.value }
        if !Integer.hasRadix(text), let number = suffixed(text) ?? fraction(text) { return number }
        throw .failed("`\(text)` is not a number")
    }

    private static func suffixed(_ text: String) -> Value? {
        let number = String(text.dropLast())
        switch text.last {
        case "l", "L": return number.utf8.contains(UInt8(ascii: "#")) ? nil : Integer(number)?.value
        case "f", "F": return isDecimal(number) ? float(number) ?? double(number) ?? decimal(number) : nil
        case "d", "D": return isDecimal(number) ? double(number) ?? decimal(number) : nil
        default: return nil
        }
    }

    /// A float when it prints as the double does, a double when it is exactly what is written.
    private static func fraction(_ text: String) -> Value? {
        guard isDecimal(text), text.contains(where: { ".eE".contains($0) }) else { return nil }
        guard let wide = Double(text), double(text) != nil else { return decimal(text) }
        let digits = DecimalDigits("\(wide)")
        if let narrow = float(text), case .extended(.float(let float)) = narrow,
            DecimalDigits("\(float)").isSame(as: digits)
        {
            return narrow
        }
        return DecimalDigits(text).isSame(as: digits) ? .double(wide) : decimal(text)
    }

    /// `nil` when it is too large, or so small that nothing is left of it.
    private static func float(_ text: String) -> Value? {
        guard let number = Float(text), number.isFinite, number != 0 || isZero(text) else { return nil }
        return .extended(.float(number))
    }

    private static func double(_ text: String) -> Value? {
        guard let number = Double(text), number.isFinite, number != 0 || isZero(text) else { return nil }
        return .double(number)
    }

    private static func isZero(_ text: String) -> Bool {
        text.prefix { $0 != "e" && $0 != "E" }.allSatisfy { "+-0.".contains($0) }
    }

    /// `nil` beyond ten thousand digits.
    private static func decimal(_ text: String) -> Value? {
        guard isDecimal(text) else { return nil }
        let exponent = text.split { $0 == "e" || $0 == "E" }.dropFirst().first.map { Int($0) ?? .max } ?? 0
        guard text.utf8.count <= 10_000, (-10_000...10_000).contains(exponent) else { return nil }
        return .extended(.decimal(DecimalDigits(text).plain))
    }

    /// What Java's own reader of floating numbers takes: blanks around it, and a suffix.
    private static func fractional(_ text: String) -> String? {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        if let last = rest.last, "fFdD".contains(last) { rest.removeLast() }
        return isDecimal(String(rest)) ? String(rest) : nil
    }

    /// Digits with an optional sign, fraction and exponent, nothing else.
    static func isDecimal(_ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        func digits() -> Int {
            let count = bytes.prefix(while: \.isDigit).count
            bytes.removeFirst(count)
            return count
        }
        func sign() { if bytes.first == 0x2B || bytes.first == 0x2D { bytes.removeFirst() } }
        sign()
        var count = digits()
        if bytes.first == UInt8(ascii: ".") {
            bytes.removeFirst()
            count += digits()
        }
        guard count > 0 else { return false }
        if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
            bytes.removeFirst()
            sign()
            guard digits() > 0 else { return false }
        }
        return bytes.isEmpty
    }
}

extension NumberText {
    /// A whole number: decimal, hexadecimal after `0x` or `#`, octal after `0`.
    struct Integer {
        /// Decimal digits with a sign.
        let digits: String
        /// `nil` beyond 64 bits.
        var small: Int64? { Int64(digits) }
        var value: Value { small.map { .int($0) } ?? .extended(.decimal(digits)) }

        init?(_ text: String) {
            let isNegative = text.hasPrefix("-")
            let (radix, digits) = Self.parts(text[...])
            let places = digits.utf8.compactMap { Self.digit($0, radix) }
            guard !digits.isEmpty, places.count == digits.utf8.count, places.count <= 1000 else { return nil }
            let decimal = Self.decimal(places, radix)
            self.digits = isNegative && decimal != "0" ? "-" + decimal : decimal
        }

        static func hasRadix(_ text: String) -> Bool { parts(text[...]).radix == 16 }

        private static func parts(_ text: Substring) -> (radix: Int, digits: Substring) {
            var digits = text
            if let sign = digits.first, sign == "-" || sign == "+" { digits.removeFirst() }
            for prefix in ["0x", "0X", "#"] where digits.hasPrefix(prefix) {
                return (16, digits.dropFirst(prefix.count))
            }
            return digits.hasPrefix("0") && digits.utf8.count > 1 ? (8, digits.dropFirst()) : (10, digits)
        }

        private static func digit(_ byte: UInt8, _ radix: Int) -> Int? {
            let value =
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48
                case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 87
                case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 55
                default: 16
                }
            return value < radix ? value : nil
        }

        /// Decimal digits of digits of another radix.
        private static func decimal(_ places: [Int], _ radix: Int) -> String {
            var limbs = [0]
            for place in places {
                var carry = place
                for index in limbs.indices {
                    let product = limbs[index] * radix + carry
                    limbs[index] = product % 1_000_000_000
                    carry = product / 1_000_000_000
                }
                if carry > 0 { limbs.append(carry) }
            }
            let text = limbs.reversed().map { limb in
                String(repeating: "0", count: 9 - String(limb).utf8.count) + String(limb)
            }.joined()
            let digits = text.drop { $0 == "0" }
            return digits.isEmpty ? "0" : String(digits)
        }
    }
}
