import ApusModel
import Foundation

/// Texts with places such as `%s`, `%05d`, `%.2f`, as Java's `String.format` reads them.
enum PrintfFormat {
    static func format(_ pattern: String, _ arguments: [Value]) throws(ExpressionError) -> String {
        guard pattern.utf8.contains(UInt8(ascii: "%")) else { return pattern }
        var scanner = Array(pattern.unicodeScalars)[...]
        var result = ""
        var next = 0
        while let scalar = scanner.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            let place = try Place(&scanner)
            switch place.conversion {
            case "%": result += place.padded("%")
            case "n": result += "\n"
            default:
                let index = place.index.map { $0 - 1 } ?? next
                if place.index == nil { next += 1 }
                guard arguments.indices.contains(index) else {
                    throw .argument("the format `\(pattern)` needs more than \(arguments.count) arguments")
                }
                result += try place.text(of: arguments[index])
            }
        }
        return result
    }
}

/// One place in a format: `%[index$][flags][width][.precision]conversion`.
private struct Place {
    var index: Int?
    var flags: Set<Unicode.Scalar> = []
    var width = 0
    var precision: Int?
    var conversion: Unicode.Scalar

    init(_ scanner: inout ArraySlice<Unicode.Scalar>) throws(ExpressionError) {
        func number() -> Int? {
            var result: Int?
            while let digit = scanner.first.flatMap({ $0.isASCII ? Int(String($0)) : nil }),
                (result ?? 0) < 10_000
            {
                result = (result ?? 0) * 10 + digit
                scanner.removeFirst()
            }
            return result
        }
        if let first = scanner.first, "123456789".unicodeScalars.contains(first), let leading = number() {
            if scanner.first == "$" {
                scanner.removeFirst()
                index = leading
            } else {
                width = leading
            }
        }
        if width == 0 {
            while let flag = scanner.first, "-#+ 0,(".unicodeScalars.contains(flag) {
                flags.insert(flag)
                scanner.removeFirst()
            }
            width = number() ?? 0
        }
        if scanner.first == "." {
            scanner.removeFirst()
            precision = number() ?? 0
        }
        guard let conversion = scanner.popFirst() else { throw .argument("a format cannot end with `%`") }
        guard width < 10_000, precision ?? 0 < 1000 else {
            throw .argument("a width in a format is too large")
        }
        self.conversion = conversion
    }

    func padded(_ text: String) -> String {
        let missing = width - text.count
        guard missing > 0 else { return text }
        if flags.contains("-") { return text + String(repeating: " ", count: missing) }
        return String(repeating: " ", count: missing) + text
    }

    func text(of value: Value) throws(ExpressionError) -> String {
        switch conversion {
        case "s", "S":
            var text = value.isNull ? "null" : value.printed
            if let precision { text = String(text.prefix(precision)) }
            return padded(conversion == "S" ? text.uppercased() : text)
        case "b": return padded(value.boolValue ?? !value.isNull ? "true" : "false")
        case "d":
            guard let number = value.wholeNumber, Number(value) != nil else {
                throw .wrongType("`%d`", expected: "an integer", found: value)
            }
            return signed(isNegative: number < 0, String(number.magnitude))
        case "x", "X", "o":
            guard let number = value.wholeNumber else {
                throw .wrongType("`%\(conversion)`", expected: "an integer", found: value)
            }
            let bits = UInt64(bitPattern: number)
            let text = String(bits, radix: conversion == "o" ? 8 : 16, uppercase: conversion == "X")
            return signed(isNegative: false, text)
        case "f", "e", "E":
            guard let number = Number(value)?.double else {
                throw .wrongType("`%\(conversion)`", expected: "a number", found: value)
            }
            let digits = String(format: "%.\(precision ?? 6)\(conversion)", abs(number))
            return signed(isNegative: number < 0, digits)
        default: throw .argument("`%\(conversion)` is no conversion of a format")
        }
    }

    private func signed(isNegative: Bool, _ digits: String) -> String {
        var digits = digits
        if flags.contains(",") { digits = Self.grouped(digits) }
        let sign = isNegative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
        if flags.contains("0"), !flags.contains("-") {
            digits = String(repeating: "0", count: max(0, width - digits.count - sign.count)) + digits
        }
        return padded(sign + digits)
    }

    private static func grouped(_ digits: String) -> String {
        let parts = digits.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return digits }
        var result = ""
        for (place, digit) in whole.enumerated() {
            if place > 0, (whole.count - place).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return parts.count == 2 ? "\(result).\(parts[1])" : result
    }
}
