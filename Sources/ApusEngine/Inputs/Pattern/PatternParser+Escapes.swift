extension PatternParser {
    /// What follows a backslash outside brackets.
    mutating func escape(from start: Int) throws(PatternError) -> PatternNode {
        guard let scalar = next else { throw fault("a `\\` at the end", at: start) }
        switch scalar {
        case "A": return place(.start)
        case "z": return place(.end)
        case "Z": return place(.endOrFinalBreak)
        case "b": return place(.wordBoundary)
        case "B": return place(.noWordBoundary)
        case "E":
            advance()
            return .empty
        case "R":
            advance()
            return .choice([.row([.one(ScalarSet("\r")), .one(ScalarSet("\n"))]), .one(.lineBreak)])
        case "1"..."9", "k": throw fault("back references are not supported", at: start)
        default: return .one(try escapedSet(from: start))
        }
    }

    private mutating func place(_ place: PatternPlace) -> PatternNode {
        advance()
        return .at(place)
    }

    private mutating func advance() { _ = try? take() }  // the caller has seen the character

    /// An escape that stands for characters, inside brackets and outside; the backslash is consumed.
    mutating func escapedSet(from start: Int) throws(PatternError) -> ScalarSet {
        let scalar = try take()
        switch scalar {
        case "d": return .digit
        case "D": return .digit.negated
        case "w": return .word
        case "W": return .word.negated
        case "s": return .space
        case "S": return .space.negated
        case "h": return .horizontalSpace
        case "H": return .horizontalSpace.negated
        case "v": return .lineBreak
        case "V": return .lineBreak.negated
        case "p": return try property(from: start)
        case "P": return try property(from: start).negated
        case "t": return ScalarSet("\t")
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "f": return ScalarSet("\u{C}")
        case "a": return ScalarSet("\u{7}")
        case "e": return ScalarSet("\u{1B}")
        case "u": return ScalarSet(try code(digits: 4, from: start), ignoresCase: flags.ignoresCase)
        case "x": return ScalarSet(try hexadecimal(from: start), ignoresCase: flags.ignoresCase)
        default:
            guard !ScalarSet.alphanumeric.contains(scalar) else {
                throw fault("unknown escape `\\\(scalar)`", at: start)
            }
            return ScalarSet(scalar)
        }
    }

    private mutating func hexadecimal(from start: Int) throws(PatternError) -> Unicode.Scalar {
        guard accept("{") else { return try code(digits: 2, from: start) }
        var digits = ""
        while let scalar = next, scalar != "}", digits.count < 8 { digits.unicodeScalars.append(try take()) }
        guard accept("}"), let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw fault("`\\x{…}` needs the number of a character in hexadecimal", at: start)
        }
        return scalar
    }

    private mutating func code(digits count: Int, from start: Int) throws(PatternError) -> Unicode.Scalar {
        var digits = ""
        for _ in 0..<count { digits.unicodeScalars.append(try take()) }
        guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw fault("expected \(count) hexadecimal digits", at: start)
        }
        return scalar
    }

    /// `\p{Lu}`, `\p{Alpha}`, `\pL`
    private mutating func property(from start: Int) throws(PatternError) -> ScalarSet {
        var name = ""
        if accept("{") {
            while !accept("}") { name.unicodeScalars.append(try take()) }
        } else {
            name.unicodeScalars.append(try take())
        }
        switch name {
        case "Lower": return .lower
        case "Upper": return .upper
        case "ASCII": return .wholeASCII
        case "Alpha": return .alpha
        case "Digit": return .digit
        case "Alnum": return .alphanumeric
        case "Punct": return .punctuation
        case "Graph": return .graph
        case "Print": return .printable
        case "Blank": return .blank
        case "Cntrl": return .control
        case "XDigit": return .hexadecimal
        case "Space": return .space
        default:
            guard let group = CategoryGroup(name) else {
                throw fault("unknown kind of character `\\p{\(name)}`", at: start)
            }
            return ScalarSet([.category(group)])
        }
    }

    /// What follows `[`, up to and with its `]`.
    mutating func characterClass(from start: Int, depth: Int) throws(PatternError) -> ScalarSet {
        guard depth <= Self.maxDepth else { throw fault("brackets nest deeper than \(Self.maxDepth) levels") }
        let isNegated = accept("^")
        var items: [ScalarSet.Item] = []
        var isFirst = true
        while isFirst || next != "]" {
            guard next != nil else { throw fault("the `[` that begins here is not closed", at: start) }
            isFirst = false
            if accept("&&") {
                let rest = try classAfterAnd(from: start, depth: depth)
                return ScalarSet(
                    [.both(ScalarSet(items, ignoresCase: flags.ignoresCase), rest)], isNegated: isNegated)
            }
            items.append(try classItem(depth: depth))
        }
        _ = accept("]")
        return ScalarSet(items, isNegated: isNegated, ignoresCase: flags.ignoresCase)
    }

    /// The right side of `[a-z&&[^x]]`, with the `]` that closes the whole.
    private mutating func classAfterAnd(from start: Int, depth: Int) throws(PatternError) -> ScalarSet {
        var items: [ScalarSet.Item] = []
        while next != "]" {
            guard next != nil else { throw fault("the `[` that begins here is not closed", at: start) }
            if accept("&&") {
                let rest = try classAfterAnd(from: start, depth: depth + 1)
                return ScalarSet([.both(ScalarSet(items), rest)])
            }
            items.append(try classItem(depth: depth))
        }
        _ = accept("]")
        return ScalarSet(items, ignoresCase: flags.ignoresCase)
    }

    private mutating func classItem(depth: Int) throws(PatternError) -> ScalarSet.Item {
        let start = place
        if accept("[") { return .set(try characterClass(from: start, depth: depth + 1)) }
        let first = try classMember()
        guard case .range(let low) = first, low.count == 1, next == "-", let after = peek(1), after != "]",
            after != "["
        else { return first }
        _ = accept("-")
        guard case .range(let high) = try classMember(), high.count == 1 else {
            throw fault("a range needs a character on both sides of `-`", at: start)
        }
        guard low.lowerBound <= high.upperBound else {
            throw fault("the range is the wrong way round", at: start)
        }
        return .range(low.lowerBound...high.upperBound)
    }

    private mutating func classMember() throws(PatternError) -> ScalarSet.Item {
        let start = place
        let scalar = try take()
        guard scalar == "\\" else { return .range(scalar.value...scalar.value) }
        let set = try escapedSet(from: start)
        if set.items.count == 1, !set.isNegated, case .range(let range) = set.items[0] {
            return .range(range)
        }
        return .set(set)
    }
}
