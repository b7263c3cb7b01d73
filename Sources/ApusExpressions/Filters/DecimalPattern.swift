import ApusModel

/// A pattern of Java's `DecimalFormat`: `#,##0.00`, `000`, `0.#%`, `0.###E0`, `'#'0`.
///
/// Source: `java.text.DecimalFormat`, with the symbols of English.
struct DecimalPattern: Sendable {
    private(set) var prefix = ""
    private(set) var suffix = ""
    /// What surrounds negative numbers.
    private(set) var negative: (prefix: String, suffix: String) = ("-", "")
    private(set) var minimumWhole = 0
    private(set) var minimumFraction = 0
    private(set) var maximumFraction = 340
    /// Digits between commas.
    private(set) var grouping: Int? = 3
    /// A point is shown behind whole numbers too.
    private(set) var alwaysHasPoint = false
    /// 2 for percent, 3 for per mille: the places the point moves.
    private(set) var shift = 0
    private(set) var exponent: Exponent?

    /// Digits times a power of ten.
    struct Exponent: Sendable {
        /// Digits of the power at least.
        var minimumDigits: Int
        /// Digits before the point; with more than the least the power is a multiple of it.
        var maximumWhole: Int
    }

    init(_ pattern: String) throws(ExpressionError) {
        guard !pattern.isEmpty else { return }
        guard pattern.utf8.count <= 1000 else {
            throw .argument("a number pattern has at most 1000 characters")
        }
        var parser = DecimalPatternParser(pattern)
        let positive = try parser.part(isFirst: true)
        (prefix, suffix) = (positive.prefix, positive.suffix)
        negative = ("-" + prefix, suffix)
        shift = positive.shift
        if !parser.isAtEnd {
            let other = try parser.part(isFirst: false)
            if other.prefix != prefix || other.suffix != suffix { negative = (other.prefix, other.suffix) }
        }
        guard parser.isAtEnd else { throw parser.fault("it has two `;`") }
        try take(positive.digits, parser)
    }

    private mutating func take(_ digits: DecimalPatternParser.Digits, _ parser: DecimalPatternParser)
        throws(ExpressionError)
    {
        var digits = digits
        if digits.zeros == 0, digits.left > 0, let point = digits.point {
            // Without any `0` one digit is shown, before the point when there is room.
            let place = max(point, 1)
            digits.right = digits.left - place
            digits.left = place - 1
            digits.zeros = 1
        }
        let total = digits.left + digits.zeros + digits.right
        guard digits.grouping != 0 else { throw parser.fault("a comma has no digits behind it") }
        if let point = digits.point, point < digits.left || point > digits.left + digits.zeros {
            throw parser.fault("the point stands among `#`")
        }
        if digits.point == nil, digits.right > 0 { throw parser.fault("a `#` stands behind a `0`") }
        let point = digits.point ?? total
        minimumWhole = point - digits.left
        maximumFraction = total - point
        minimumFraction = digits.left + digits.zeros - point
        grouping = digits.grouping
        alwaysHasPoint = digits.point.map { $0 == 0 || $0 == total } ?? false
        if let minimumDigits = digits.exponent {
            exponent = Exponent(minimumDigits: minimumDigits, maximumWhole: point)
        }
    }
}

/// Reads a pattern of numbers from left to right.
struct DecimalPatternParser {
    /// How many there are of what.
    struct Digits {
        /// `#` before the first `0`.
        var left = 0
        var zeros = 0
        /// `#` behind the last `0`.
        var right = 0
        /// Digits before the point.
        var point: Int?
        /// Digits since the last comma.
        var grouping: Int?
        /// Digits of the exponent.
        var exponent: Int?
    }

    struct Part {
        var prefix = ""
        var suffix = ""
        var shift = 0
        var digits = Digits()
    }

    private let pattern: String
    private let characters: [Character]
    private var place = 0

    init(_ pattern: String) {
        self.pattern = pattern
        characters = Array(pattern)
    }

    var isAtEnd: Bool { place == characters.count }

    func fault(_ reason: String) -> ExpressionError {
        .argument("`\(pattern)` is not a pattern of a number: \(reason)")
    }

    private mutating func take(_ character: Character) -> Bool {
        guard place < characters.count, characters[place] == character else { return false }
        place += 1
        return true
    }

    /// What stands before a `;` outside quotes, or before the end; the `;` is consumed.
    mutating func part(isFirst: Bool) throws(ExpressionError) -> Part {
        var part = Part()
        var hasDigits = false
        var isAmongDigits = false
        var isQuoted = false
        func literal(_ text: String) {
            isAmongDigits = false
            if hasDigits { part.suffix += text } else { part.prefix += text }
        }
        while place < characters.count {
            let character = characters[place]
            place += 1
            if character == "'" {
                isAmongDigits = false
                if take("'") { literal("'") } else { isQuoted.toggle() }
            } else if isQuoted {
                literal(String(character))
            } else if "#0,.".contains(character) {
                hasDigits = true
                isAmongDigits = true
                if isFirst { try count(character, &part.digits) }
            } else if character == "E", isAmongDigits {
                try exponent(&part.digits, isFirst: isFirst)
                isAmongDigits = !isFirst
            } else if character == ";" {
                guard isFirst, hasDigits else { throw fault("a `;` has no digits before it") }
                return part
            } else if character == "%" || character == "‰" {
                guard part.shift == 0 else { throw fault("it has two percent signs") }
                part.shift = character == "%" ? 2 : 3
                literal(String(character))
            } else if character == "¤" {
                literal(take("¤") ? "USD" : "$")
            } else {
                literal(String(character))
            }
        }
        guard !isQuoted else { throw fault("a quote is not closed") }
        return part
    }

    private func count(_ character: Character, _ digits: inout Digits) throws(ExpressionError) {
        switch character {
        case "#":
            if digits.zeros > 0 { digits.right += 1 } else { digits.left += 1 }
        case "0":
            guard digits.right == 0 else { throw fault("a `0` stands behind `#`") }
            digits.zeros += 1
        case ",":
            digits.grouping = 0
            return
        default:
            guard digits.point == nil else { throw fault("it has two points") }
            digits.point = digits.left + digits.zeros + digits.right
            return
        }
        if let grouping = digits.grouping, digits.point == nil { digits.grouping = grouping + 1 }
    }

    private mutating func exponent(_ digits: inout Digits, isFirst: Bool) throws(ExpressionError) {
        var count = 0
        while take("0") { count += 1 }
        guard isFirst else { return }
        guard count > 0, digits.exponent == nil, digits.left + digits.zeros > 0 else {
            throw fault("`E` needs one `0` at least behind it and digits before it")
        }
        digits.exponent = count
    }
}
