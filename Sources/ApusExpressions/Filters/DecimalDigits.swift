import ApusModel

/// A number as its decimal digits: `0.` followed by them, times ten to the power of `point`.
struct DecimalDigits: Sendable {
    private(set) var isNegative = false
    /// Without zeros at the ends; empty for zero.
    private(set) var digits: [UInt8] = []
    private(set) var point = 0
    private(set) var isFinite = true
    private(set) var isNaN = false
    /// The binary number the digits stand for; they are its shortest, not all of them.
    private var binary: Double?

    /// - Parameter text: Digits with an optional sign, point and exponent.
    init(_ text: String) {
        isNegative = text.hasPrefix("-")
        let parts = text.split { $0 == "e" || $0 == "E" }
        let sides = (parts.first ?? "").drop { $0 == "-" || $0 == "+" }.split(
            separator: ".", omittingEmptySubsequences: false)
        for side in sides.prefix(2) { digits += side.utf8.filter(\.isDigit).map { $0 - 48 } }
        let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        point = (sides.first?.utf8.count ?? 0) + min(max(power, -10_000), 10_000)
        trim()
    }

    init(_ number: Double) {
        self.init(number.isFinite ? "\(number)" : "0")
        isNegative = number.sign == .minus
        isNaN = number.isNaN
        isFinite = number.isFinite
        binary = number
    }

    /// The digit at a place counted from the first, 0 before it and beyond the last.
    func digit(_ place: Int) -> UInt8 { digits.indices.contains(place) ? digits[place] : 0 }

    func isSame(as other: DecimalDigits) -> Bool {
        isNegative == other.isNegative && digits == other.digits && point == other.point
    }

    /// Digits with a sign and a point, without an exponent.
    var plain: String {
        guard !digits.isEmpty else { return "0" }
        let whole = point > 0 ? (0..<point).map { String(digit($0)) }.joined() : "0"
        let fraction =
            point < digits.count ? "." + (point..<digits.count).map { String(digit($0)) }.joined() : ""
        return (isNegative ? "-" : "") + whole + fraction
    }

    private mutating func trim() {
        let zeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(zeros)
        point -= zeros
        while digits.last == 0 { digits.removeLast() }
        if digits.isEmpty { point = 0 }
    }

    /// The number times a power of ten.
    func shifted(by places: Int) -> DecimalDigits {
        guard places > 0, isFinite else { return self }
        // Java multiplies binary numbers as such, with their rounding.
        if let binary { return DecimalDigits(binary * (places == 2 ? 100 : 1000)) }
        var shifted = self
        if !digits.isEmpty { shifted.point += places }
        return shifted
    }

    /// Rounds to so many digits; a half goes to the even neighbour.
    mutating func round(keeping count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            digits = []
            point = 0
            return
        }
        let goesUp = roundsUp(count)
        digits.removeSubrange(count...)
        if goesUp { increment() }
        trim()
    }

    private func roundsUp(_ count: Int) -> Bool {
        guard digits[count] == 5, count == digits.count - 1 else { return digits[count] >= 5 }
        if let binary {
            // Whole numbers do not tell Java that their digits are all.
            if binary.rounded() == binary, abs(binary) < 0x1p62 { return true }
            let exact = ExactDigits.of(binary)
            if exact != digits { return digits.lexicographicallyPrecedes(exact) }
        }
        return count > 0 && !digits[count - 1].isMultiple(of: 2)
    }

    private mutating func increment() {
        for place in digits.indices.reversed() {
            if digits[place] < 9 {
                digits[place] += 1
                return
            }
            digits[place] = 0
        }
        digits.insert(1, at: 0)
        point += 1
    }
}

/// All decimal digits of a binary number.
enum ExactDigits {
    /// The digits from the first to the last that are not zero.
    static func of(_ number: Double) -> [UInt8] {
        guard number.isFinite, number != 0 else { return [] }
        var significand = number.significandBitPattern
        var power = Int(number.exponentBitPattern) - 1075
        if number.exponentBitPattern > 0 { significand |= 1 << 52 } else { power += 1 }
        let zeros = significand.trailingZeroBitCount
        significand >>= UInt64(zeros)
        power += zeros
        // A binary fraction is a decimal one: a half is five tenths.
        var limbs = [significand % 1_000_000_000, significand / 1_000_000_000]
        for _ in 0..<abs(power) { multiply(&limbs, by: power < 0 ? 5 : 2) }
        var digits: [UInt8] = []
        for limb in limbs.reversed() {
            let text = String(limb)
            digits += repeatElement(0, count: 9 - text.utf8.count) + text.utf8.map { $0 - 48 }
        }
        while digits.last == 0 { digits.removeLast() }
        return Array(digits.drop { $0 == 0 })
    }

    /// Limbs have nine digits, the lowest first.
    private static func multiply(_ limbs: inout [UInt64], by factor: UInt64) {
        var carry: UInt64 = 0
        for place in limbs.indices {
            let product = limbs[place] * factor + carry
            limbs[place] = product % 1_000_000_000
            carry = product / 1_000_000_000
        }
        if carry > 0 { limbs.append(carry) }
    }
}
