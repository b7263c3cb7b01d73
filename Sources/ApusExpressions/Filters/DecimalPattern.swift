import ApusModel

/// A pattern of Java's `DecimalFormat`: `#,##0.00`, `000`, `0.#%`, `'#'0`.
struct DecimalPattern {
    private var prefix = ""
    private var suffix = ""
    private var negative: (prefix: String, suffix: String)?
    private var minimumWhole = 0
    private var minimumFraction = 0
    private var maximumFraction = 0
    private var grouping: Int?
    /// 2 for percent, 3 for per mille: the places the point moves.
    private var shift = 0

    init(_ pattern: String) throws(ExpressionError) {
        var parts = Self.split(pattern)
        guard let first = parts.first, parts.count <= 2 else {
            throw .argument("`\(pattern)` is no pattern of a number")
        }
        try read(first, of: pattern)
        parts.removeFirst()
        if let second = parts.first {
            var other = DecimalPattern()
            try other.read(second, of: pattern)
            negative = (other.prefix, other.suffix)
        }
    }

    private init() {}

    /// The parts before and after a `;` outside quotes.
    private static func split(_ pattern: String) -> [[Character]] {
        var parts: [[Character]] = [[]]
        var isQuoted = false
        for character in pattern {
            if character == "'" { isQuoted.toggle() }
            if character == ";", !isQuoted {
                parts.append([])
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }

    private mutating func read(_ part: [Character], of pattern: String) throws(ExpressionError) {
        var digits: [Character] = []
        var isQuoted = false
        var place = 0
        func literal(_ character: Character, _ format: inout DecimalPattern) {
            if digits.isEmpty { format.prefix.append(character) } else { format.suffix.append(character) }
        }
        while place < part.count {
            let character = part[place]
            place += 1
            if character == "'" {
                if place < part.count, part[place] == "'" {
                    literal("'", &self)
                    place += 1
                } else {
                    isQuoted.toggle()
                }
            } else if isQuoted {
                literal(character, &self)
            } else if "#0,.".contains(character) {
                guard suffix.isEmpty else { throw .argument("`\(pattern)` is no pattern of a number") }
                digits.append(character)
            } else if character == "E" {
                throw .argument("patterns with an exponent, such as `\(pattern)`, are not supported")
            } else {
                if character == "%" { shift = 2 } else if character == "‰" { shift = 3 }
                literal(character, &self)
            }
        }
        let sides = String(digits).split(separator: ".", omittingEmptySubsequences: false)
        guard sides.count <= 2 else { throw .argument("`\(pattern)` has two decimal points") }
        let whole = sides.first ?? ""
        minimumWhole = whole.filter { $0 == "0" }.count
        if let comma = whole.lastIndex(of: ",") {
            grouping = whole.distance(from: comma, to: whole.endIndex) - 1
            guard grouping != 0 else { throw .argument("`\(pattern)` groups by no digits") }
        }
        if sides.count == 2 {
            minimumFraction = sides[1].filter { $0 == "0" }.count
            maximumFraction = sides[1].filter { $0 == "0" || $0 == "#" }.count
            // Java: a pattern without any `0` shows one digit, before the point when it can.
            if minimumWhole == 0, minimumFraction == 0 {
                if whole.contains("#") { minimumWhole = 1 } else { minimumFraction = 1 }
            }
        }
    }

    func format(_ number: DecimalDigits) -> String {
        guard number.isFinite else { return number.isNegative ? "-∞" : "∞" }
        var number = number
        number.shift(by: shift)
        number.round(to: maximumFraction)
        var fraction = number.fraction
        while fraction.count > minimumFraction, fraction.last == 0 { fraction.removeLast() }
        while fraction.count < minimumFraction { fraction.append(0) }
        var whole = number.whole
        while whole.first == 0 { whole.removeFirst() }
        let minimum = minimumWhole == 0 && fraction.isEmpty ? 1 : minimumWhole
        while whole.count < minimum { whole.insert(0, at: 0) }
        var text = ""
        for (place, digit) in whole.enumerated() {
            if let grouping, place > 0, (whole.count - place).isMultiple(of: grouping) { text += "," }
            text += String(digit)
        }
        if !fraction.isEmpty { text += "." + fraction.map { String($0) }.joined() }
        guard number.isNegative else { return prefix + text + suffix }
        if let negative { return negative.prefix + text + negative.suffix }
        return "-" + prefix + text + suffix
    }
}

/// A decimal number as its digits.
struct DecimalDigits {
    private(set) var isNegative: Bool
    private(set) var whole: [Int]
    private(set) var fraction: [Int]
    private(set) var isFinite = true

    /// - Parameter text: Digits with an optional sign and point.
    init(_ text: String) {
        isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" || $0 == "+" }.split(
            separator: ".", omittingEmptySubsequences: false)
        whole = parts.first?.compactMap(\.wholeNumberValue) ?? []
        fraction = parts.dropFirst().first?.compactMap(\.wholeNumberValue) ?? []
        isFinite = !whole.isEmpty || !fraction.isEmpty
    }

    mutating func shift(by places: Int) {
        for _ in 0..<places { whole.append(fraction.isEmpty ? 0 : fraction.removeFirst()) }
    }

    /// Rounds to a number of digits after the point; a half goes to the even neighbour.
    mutating func round(to places: Int) {
        guard fraction.count > places else { return }
        let rest = fraction[places...]
        let last = places > 0 ? fraction[places - 1] : whole.last ?? 0
        let isHalf = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
        let goesUp = isHalf ? !last.isMultiple(of: 2) : (rest.first ?? 0) >= 5
        fraction.removeSubrange(places...)
        if goesUp { increment() }
    }

    private mutating func increment() {
        for place in fraction.indices.reversed() {
            fraction[place] += 1
            guard fraction[place] == 10 else { return }
            fraction[place] = 0
        }
        for place in whole.indices.reversed() {
            whole[place] += 1
            guard whole[place] == 10 else { return }
            whole[place] = 0
        }
        whole.insert(1, at: 0)
    }
}
