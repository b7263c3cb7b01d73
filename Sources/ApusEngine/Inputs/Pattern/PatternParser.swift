/// Reads a pattern from left to right.
struct PatternParser {
    static let maxLength = 4096
    static let maxDepth = 64
    static let maxCount = 1000

    struct Flags {
        var ignoresCase = false
        var dotMatchesAll = false
        var isMultiline = false
        /// White space and `#` comments in the pattern are skipped.
        var skipsSpace = false
    }

    private let scalars: [Unicode.Scalar]
    private(set) var place = 0
    private var depth = 0
    private(set) var flags = Flags()

    init(_ source: String) { scalars = Array(source.unicodeScalars.prefix(Self.maxLength + 1)) }

    mutating func parse() throws(PatternError) -> PatternNode {
        guard scalars.count <= Self.maxLength else {
            throw fault("a pattern has at most \(Self.maxLength) characters")
        }
        let node = try alternatives()
        guard place == scalars.count else { throw fault("`)` without a `(` before it") }
        return node
    }

    var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        place + distance < scalars.count ? scalars[place + distance] : nil
    }

    mutating func take() throws(PatternError) -> Unicode.Scalar {
        guard let scalar = next else { throw fault("the pattern ends too early") }
        place += 1
        return scalar
    }

    mutating func accept(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard place + wanted.count <= scalars.count, Array(scalars[place..<(place + wanted.count)]) == wanted
        else { return false }
        place += wanted.count
        return true
    }

    func fault(_ message: String, at start: Int? = nil) -> PatternError {
        PatternError(message: message, column: (start ?? place) + 1)
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { throw fault("groups nest deeper than \(Self.maxDepth) levels") }
        let outer = flags
        var choices = [try row()]
        while accept("|") { choices.append(try row()) }
        flags = outer
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    private mutating func row() throws(PatternError) -> PatternNode {
        var parts: [PatternNode] = []
        while true {
            if accept("\\Q") {
                try quotation(into: &parts)
                continue
            }
            skipIgnored()
            guard let scalar = next, scalar != "|", scalar != ")" else { break }
            parts.append(try quantified(try atom()))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .row(parts)
    }

    /// `\Q…\E`; a quantifier after it is for the last character.
    private mutating func quotation(into parts: inout [PatternNode]) throws(PatternError) {
        while next != nil, !accept("\\E") {
            let one = PatternNode.one(ScalarSet(try take(), ignoresCase: flags.ignoresCase))
            guard accept("\\E") else {
                parts.append(one)
                continue
            }
            parts.append(try quantified(one))
            return
        }
    }

    private mutating func skipIgnored() {
        guard flags.skipsSpace else { return }
        while let scalar = next {
            if scalar == "#" {
                while place < scalars.count, scalars[place] != "\n" { place += 1 }
            } else if ScalarSet.space.contains(scalar) {
                place += 1
            } else {
                return
            }
        }
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        let start = place
        let scalar = try take()
        switch scalar {
        case ".": return .one(flags.dotMatchesAll ? .any : .notLineBreak)
        case "^": return .at(flags.isMultiline ? .lineStart : .start)
        case "$": return .at(flags.isMultiline ? .lineEnd : .endOrFinalBreak)
        case "(": return try group(from: start)
        case "[": return .one(try characterClass(from: start, depth: 1))
        case "\\": return try escape(from: start)
        case "*", "+", "?": throw fault("`\(scalar)` has nothing before it to repeat", at: start)
        case "{": throw fault("`{` has nothing before it to repeat; write `\\{` for the character", at: start)
        default: return .one(ScalarSet(scalar, ignoresCase: flags.ignoresCase))
        }
    }

    /// The part with the quantifier that follows it, if there is one.
    private mutating func quantified(_ node: PatternNode) throws(PatternError) -> PatternNode {
        skipIgnored()
        let start = place
        let atLeast: Int
        var atMost: Int?
        if accept("*") {
            atLeast = 0
        } else if accept("+") {
            atLeast = 1
        } else if accept("?") {
            atLeast = 0
            atMost = 1
        } else if accept("{") {
            atLeast = try count()
            atMost = atLeast
            if accept(",") { atMost = next == "}" ? nil : try count() }
            guard accept("}") else { throw fault("the `{` that begins here is not closed", at: start) }
            guard atMost ?? atLeast >= atLeast else {
                throw fault("the counts are the wrong way round", at: start)
            }
        } else {
            return node
        }
        if !accept("?") { _ = accept("+") }
        return .repeated(node, atLeast: atLeast, atMost: atMost)
    }

    private mutating func count() throws(PatternError) -> Int {
        let start = place
        var number = 0
        while let scalar = next, ScalarSet.digit.contains(scalar) {
            number = number * 10 + Int(scalar.value - 48)
            guard number <= Self.maxCount else {
                throw fault("a count is at most \(Self.maxCount)", at: start)
            }
            place += 1
        }
        guard place > start else { throw fault("expected a count; write `\\{` for the character") }
        return number
    }

    private mutating func group(from start: Int) throws(PatternError) -> PatternNode {
        var wrap: (PatternNode) -> PatternNode = { $0 }
        let outer = flags
        if accept("?") {
            if accept("=") {
                wrap = { .ahead($0, isNegated: false) }
            } else if accept("!") {
                wrap = { .ahead($0, isNegated: true) }
            } else if accept("<=") || accept("<!") {
                throw fault("look-behind is not supported", at: start)
            } else if accept("<") {
                try groupName(from: start)
            } else if !accept(">"), !accept(":") {
                guard try flagLetters(from: start) else { return .empty }
            }
        }
        let body = try alternatives()
        flags = outer
        guard accept(")") else { throw fault("the group that begins here is not closed", at: start) }
        return wrap(body)
    }

    private mutating func groupName(from start: Int) throws(PatternError) {
        while let scalar = next, ScalarSet.alphanumeric.contains(scalar) { place += 1 }
        guard accept(">") else { throw fault("the name of the group is not closed by `>`", at: start) }
    }

    /// `(?i)` sets flags for the rest of the enclosing group and answers false; `(?i:` begins a group.
    private mutating func flagLetters(from start: Int) throws(PatternError) -> Bool {
        var turnsOn = true
        while true {
            switch try take() {
            case "i": flags.ignoresCase = turnsOn
            case "s": flags.dotMatchesAll = turnsOn
            case "m": flags.isMultiline = turnsOn
            case "x": flags.skipsSpace = turnsOn
            case "u", "d", "U": break
            case "-": turnsOn = false
            case ":": return true
            case ")": return false
            default: throw fault("unknown kind of group", at: start)
            }
        }
    }
}
