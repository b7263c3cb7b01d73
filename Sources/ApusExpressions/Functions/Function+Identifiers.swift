import ApusModel

extension Function {
    /// Functions that make identifiers and random numbers.
    static let identifiers: [Function] = [
        Function("uuid") { (call) throws(ExpressionError) in
            .string(Identifiers.uuid(at: call.context.now, &call.evaluator.random))
        },
        Function("id") { (call) throws(ExpressionError) in
            .string(Identifiers.text(22, of: Identifiers.base62, &call.evaluator.random))
        },
        Function("ksuid") { (call) throws(ExpressionError) in
            .string(Identifiers.ksuid(at: call.context.now, &call.evaluator.random))
        },
        Function("nanoId", ["length", "alphabet"]) { (call) throws(ExpressionError) in
            let length = try call.optionalInt(0) ?? 21
            guard (1...1000).contains(length) else {
                throw .argument("the length of a nano id is 1 to 1000, found \(length)")
            }
            let alphabet = try call.optionalString(1).map { Array($0) } ?? Identifiers.base62 + ["-", "_"]
            guard !alphabet.isEmpty else { throw .argument("the alphabet of a nano id is empty") }
            return .string(Identifiers.text(length, of: alphabet, &call.evaluator.random))
        },
        Function("randomInt", ["lower*", "upper*"]) { (call) throws(ExpressionError) in
            let lower = try integer(call, 0)
            let upper = try integer(call, 1)
            guard lower <= upper else { throw .argument("`upper` is less than `lower`: \(upper) < \(lower)") }
            return .int(
                lower == upper ? lower : Int64.random(in: lower..<upper, using: &call.evaluator.random))
        },
    ]

    private static func integer(_ call: Arguments, _ place: Int) throws(ExpressionError) -> Int64 {
        let value = try call.value(place)
        guard case .int(let number) = value else {
            throw .wrongType("\(call.subject)", expected: "integers", found: value)
        }
        return number
    }
}

/// Identifiers made of the time and of random numbers.
enum Identifiers {
    static let base62 = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

    static func text(_ length: Int, of alphabet: [Character], _ random: inout RandomSource) -> String {
        String((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
    }

    /// Version 7: the milliseconds first, so that later ones sort later. Source: RFC 9562.
    static func uuid(at now: Timestamp, _ random: inout RandomSource) -> String {
        let milliseconds = UInt64(clamping: now.microseconds / 1000)
        let high = milliseconds << 16 | 0x7000 | random.next() & 0x0FFF
        let low = 0x8000_0000_0000_0000 | random.next() >> 2
        let digits = hexadecimal(high) + hexadecimal(low)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(place) { text += "-" }
            text.append(digit)
        }
        return text
    }

    private static func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Seconds since 2014-05-13 and 16 random bytes, in base 62.
    static func ksuid(at now: Timestamp, _ random: inout RandomSource) -> String {
        let seconds = UInt32(clamping: now.microseconds / 1_000_000 - 1_400_000_000)
        var words = [seconds] + (0..<4).map { _ in UInt32(truncatingIfNeeded: random.next()) }
        var digits: [Character] = []
        for _ in 0..<27 {
            var rest: UInt64 = 0
            for place in words.indices {
                let total = rest << 32 | UInt64(words[place])
                words[place] = UInt32(truncatingIfNeeded: total / 62)
                rest = total % 62
            }
            digits.append(base62[Int(rest)])
        }
        return String(digits.reversed())
    }
}
