/// Reads regular expressions in Java's syntax.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var depth = 0
    private(set) var groupCount = 0
    private(set) var names: [String: Int] = [:]
    private var flags = Flags()

    private struct Flags {
        var ignoresCase = false
        var dotMatchesBreaks = false
        var isMultiline = false
        var allowsComments = false
    }

    init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    mutating func parse() throws(ExpressionError) -> PatternNode {
        let node = try choice()
        guard place == scalars.count else { throw fault("`)` closes nothing") }
        return node
    }

    private func fault(_ message: String) -> ExpressionError {
        var pattern = ""
        pattern.unicodeScalars.append(contentsOf: scalars.prefix(200))
        return .argument("`\(pattern)` is not a regular expression: \(message) at character \(place + 1)")
    }

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func take(_ text: String) -> Bool {
        let wanted = text.unicodeScalars
        guard scalars[place...].starts(with: wanted) else { return false }
        place += wanted.count
        return true
    }

    private mutating func take() throws(ExpressionError) -> Unicode.Scalar {
        guard let scalar = next else { throw fault("unexpected end") }
        place += 1
        return scalar
    }

    private mutating func choice() throws(ExpressionError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw fault("too many groups inside each other") }
        let outer = flags
        defer { flags = outer }
        var options = [try sequence()]
        while take("|") { options.append(try sequence()) }
        return options.count == 1 ? options[0] : .choice(options)
    }

    private mutating func sequence() throws(ExpressionError) -> PatternNode {
        var items: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if flags.allowsComments {
                if scalar.isSpace {
                    place += 1
                    continue
                }
                if scalar == "#" {
                    while let skipped = next, skipped != "\n" { place += 1 }
                    continue
                }
            }
            guard let item = try atom() else { continue }
            items.append(try quantified(item))
        }
        return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
    }

    private mutating func quantified(_ item: PatternNode) throws(ExpressionError) -> PatternNode {
        var item = item
        while let scalar = next {
            let range: (minimum: Int, maximum: Int?)
            switch scalar {
            case "*": range = (0, nil)
            case "+": range = (1, nil)
            case "?": range = (0, 1)
            case "{":
                place += 1
                range = try counts()
                place -= 1
            default: return item
            }
            place += 1
            let kind: PatternNode.Kind = take("?") ? .lazy : take("+") ? .possessive : .greedy
            item = .repetition(item, minimum: range.minimum, maximum: range.maximum, kind: kind)
        }
        return item
    }

    /// `n}`, `n,}` or `n,m}`.
    private mutating func counts() throws(ExpressionError) -> (minimum: Int, maximum: Int?) {
        guard let minimum = number() else { throw fault("expected a count after `{`") }
        var maximum: Int? = minimum
        if take(",") { maximum = number() }
        guard take("}") else { throw fault("expected `}`") }
        guard minimum <= 1000, maximum ?? 0 <= 1000, maximum ?? minimum >= minimum else {
            throw fault("counts are at most 1000, the smaller one first")
        }
        return (minimum, maximum)
    }

    private mutating func number() -> Int? {
        var result: Int?
        while let scalar = next, (48...57).contains(scalar.value), result ?? 0 < 100_000 {
            result = (result ?? 0) * 10 + Int(scalar.value - 48)
            place += 1
        }
        return result
    }

    /// `nil` for what matches nothing by itself, such as flags.
    private mutating func atom() throws(ExpressionError) -> PatternNode? {
        let scalar = try take()
        switch scalar {
        case ".": return .any(includesLineBreaks: flags.dotMatchesBreaks)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .beforeLastBreak)
        case "(": return try group()
        case "[": return .characters(try bracket(), folds: flags.ignoresCase)
        case "\\": return try escape()
        case "*", "+", "?":
            place -= 1
            throw fault("`\(scalar)` repeats nothing")
        default: return .scalar(scalar, folds: flags.ignoresCase)
        }
    }

    private mutating func group() throws(ExpressionError) -> PatternNode? {
        func closed(_ node: PatternNode, _ parser: inout PatternParser) throws(ExpressionError) -> PatternNode
        {
            guard parser.take(")") else { throw parser.fault("a group is not closed by `)`") }
            return node
        }
        guard take("?") else {
            groupCount += 1
            let number = groupCount
            return try closed(.group(try choice(), number: number), &self)
        }
        if take(":") { return try closed(try choice(), &self) }
        if take("=") { return try closed(.look(try choice(), isAhead: true, isNegated: false), &self) }
        if take("!") { return try closed(.look(try choice(), isAhead: true, isNegated: true), &self) }
        if take("<=") { return try closed(.look(try choice(), isAhead: false, isNegated: false), &self) }
        if take("<!") { return try closed(.look(try choice(), isAhead: false, isNegated: true), &self) }
        if take(">") { return try closed(.atomic(try choice()), &self) }
        if take("<") || take("P<") {
            var name = ""
            while let scalar = next, scalar != ">" {
                name.unicodeScalars.append(scalar)
                place += 1
            }
            guard take(">"), !name.isEmpty, names[name] == nil else {
                throw fault("a group needs its own name")
            }
            groupCount += 1
            let number = groupCount
            names[name] = number
            return try closed(.group(try choice(), number: number), &self)
        }
        let outer = flags
        try readFlags()
        if take(")") { return nil }
        guard take(":") else { throw fault("unknown kind of group") }
        let node = try closed(try choice(), &self)
        flags = outer
        return node
    }

    private mutating func readFlags() throws(ExpressionError) {
        var isOn = true
        while let scalar = next, scalar != ")", scalar != ":" {
            place += 1
            switch scalar {
            case "-": isOn = false
            case "i": flags.ignoresCase = isOn
            case "s": flags.dotMatchesBreaks = isOn
            case "m": flags.isMultiline = isOn
            case "x": flags.allowsComments = isOn
            case "u", "d", "U": break
            default: throw fault("unknown flag `\(scalar)`")
            }
        }
    }

    private mutating func escape() throws(ExpressionError) -> PatternNode {
        let scalar = try take()
        switch scalar {
        case "b": return .assertion(.wordBoundary)
        case "B": return .assertion(.noWordBoundary)
        case "A", "G": return .assertion(.textStart)
        case "z": return .assertion(.textEnd)
        case "Z": return .assertion(.beforeLastBreak)
        case "R":
            return .choice([
                .sequence([.scalar("\r", folds: false), .scalar("\n", folds: false)]),
                .characters(.verticalSpace, folds: false),
            ])
        case "1"..."9":
            place -= 1
            guard let number = number(), number <= groupCount else { throw fault("there is no such group") }
            return .backReference(number, folds: flags.ignoresCase)
        case "k":
            var name = ""
            guard take("<") else { throw fault("expected `<` after `\\k`") }
            while let letter = next, letter != ">" {
                name.unicodeScalars.append(letter)
                place += 1
            }
            guard take(">"), let number = names[name] else { throw fault("there is no group of this name") }
            return .backReference(number, folds: flags.ignoresCase)
        case "Q":
            var items: [PatternNode] = []
            while place < scalars.count, !take("\\E") {
                items.append(.scalar(try take(), folds: flags.ignoresCase))
            }
            return .sequence(items)
        default:
            if let known = try characterClass(scalar) { return .characters(known, folds: false) }
            return .scalar(try literal(scalar), folds: flags.ignoresCase)
        }
    }

    /// A class written with a backslash.
    private mutating func characterClass(_ letter: Unicode.Scalar) throws(ExpressionError) -> CharacterClass?
    {
        switch letter {
        case "d": return .digits
        case "D": return .not(.digits)
        case "w": return .word
        case "W": return .not(.word)
        case "s": return .space
        case "S": return .not(.space)
        case "h": return .horizontalSpace
        case "H": return .not(.horizontalSpace)
        case "v": return .verticalSpace
        case "V": return .not(.verticalSpace)
        case "p", "P":
            var name = ""
            if take("{") {
                while let scalar = next, scalar != "}" {
                    name.unicodeScalars.append(scalar)
                    place += 1
                }
                guard take("}") else { throw fault("expected `}`") }
            } else {
                name = String(try take())
            }
            guard let known = CharacterClass.named(name) else { throw fault("unknown class `\(name)`") }
            return letter == "p" ? known : .not(known)
        default: return nil
        }
    }

    /// A character written with a backslash.
    private mutating func literal(_ letter: Unicode.Scalar) throws(ExpressionError) -> Unicode.Scalar {
        switch letter {
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "f": return "\u{0C}"
        case "a": return "\u{07}"
        case "e": return "\u{1B}"
        case "0":
            var code: UInt32 = 0
            var digits = 0
            while digits < 3, let scalar = next, (48...55).contains(scalar.value) {
                code = code * 8 + scalar.value - 48
                digits += 1
                place += 1
            }
            return try scalar(code)
        case "x":
            if take("{") {
                let code = try hexadecimal(upTo: 6)
                guard take("}") else { throw fault("expected `}`") }
                return try scalar(code)
            }
            return try scalar(try hexadecimal(upTo: 2))
        case "u": return try scalar(try hexadecimal(upTo: 4))
        default:
            guard !(letter.isASCII && letter.properties.isAlphabetic) else {
                throw fault("unknown escape `\\\(letter)`")
            }
            return letter
        }
    }

    private func scalar(_ code: UInt32) throws(ExpressionError) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(code) else { throw fault("no such character") }
        return scalar
    }

    private mutating func hexadecimal(upTo count: Int) throws(ExpressionError) -> UInt32 {
        var code: UInt32 = 0
        var digits = 0
        while digits < count, let scalar = next, let digit = Character(scalar).hexDigitValue {
            code = code * 16 + UInt32(digit)
            digits += 1
            place += 1
        }
        guard digits > 0 else { throw fault("expected hexadecimal digits") }
        return code
    }

    /// A class in brackets, after the opening one.
    private mutating func bracket() throws(ExpressionError) -> CharacterClass {
        depth += 1
        defer { depth -= 1 }
        guard depth <= 100 else { throw fault("too many classes inside each other") }
        let isNegated = take("^")
        var parts: [CharacterClass] = []
        var result: CharacterClass?
        var isFirst = true
        while true {
            guard place < scalars.count else { throw fault("a class is not closed by `]`") }
            if next == "]", !isFirst {
                place += 1
                break
            }
            isFirst = false
            if take("&&") {
                let left = CharacterClass.union(parts)
                result = result.map { .intersection($0, left) } ?? left
                parts = []
                continue
            }
            if take("[") {
                parts.append(try bracket())
                continue
            }
            parts.append(try classItem())
        }
        let last = CharacterClass.union(parts)
        let whole = result.map { CharacterClass.intersection($0, last) } ?? last
        return isNegated ? .not(whole) : whole
    }

    private mutating func classItem() throws(ExpressionError) -> CharacterClass {
        guard let first = try classCharacter() else {
            // A class with a backslash inside the brackets.
            place += 1
            guard let known = try characterClass(try take()) else { throw fault("unknown class") }
            return known
        }
        guard next == "-", place + 1 < scalars.count, scalars[place + 1] != "]", scalars[place + 1] != "["
        else {
            return .ranges([first.value...first.value])
        }
        place += 1
        guard let last = try classCharacter(), last.value >= first.value else { throw fault("not a range") }
        return .ranges([first.value...last.value])
    }

    /// `nil`, with nothing consumed, before an escape that stands for several characters.
    private mutating func classCharacter() throws(ExpressionError) -> Unicode.Scalar? {
        let scalar = try take()
        guard scalar == "\\" else { return scalar }
        let letter = try take()
        if "dDwWsShHvVpP".unicodeScalars.contains(letter) {
            place -= 2
            return nil
        }
        if letter == "b" { return "\u{08}" }
        return try literal(letter)
    }
}
