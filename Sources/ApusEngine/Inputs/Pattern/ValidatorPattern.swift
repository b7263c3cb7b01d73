/// The regular expression of a `validator`, in the dialect flows are written in (Java's), without backtracking.
///
/// The time of a match grows with the length of the pattern times the length of the text, never beyond: a
/// pattern that makes other engines run for ever is only slow to refuse here. Possessive quantifiers and
/// atomic groups match like greedy ones. Back references and look-behind are refused when the pattern is read.
public struct ValidatorPattern: Sendable {
    /// The text of the pattern, as it was written.
    public let source: String
    private let program: PatternProgram

    /// - Throws: `PatternError` for a broken, unsupported or too large pattern.
    public init(_ source: String) throws(PatternError) {
        self.source = source
        var parser = PatternParser(source)
        program = try PatternProgram(try parser.parse())
    }

    /// Whether the pattern matches the text from its first to its last character; `nil` when the text is too
    /// long to be checked against this pattern.
    public func matchesWhole(_ text: String) -> Bool? {
        var matcher = PatternMatcher(text)
        let matches = matcher.matches(program, from: 0, wholly: true)
        return matcher.isExhausted ? nil : matches
    }
}

extension ValidatorPattern: Hashable {
    public static func == (left: Self, right: Self) -> Bool { left.source == right.source }
    public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// Why a text is not a pattern that can be used.
public struct PatternError: Error, Hashable, Sendable {
    /// In plain words, such as ``the group that begins here is not closed``.
    public var message: String
    /// The place in the pattern, in characters from 1.
    public var column: Int

    public init(message: String, column: Int) {
        self.message = message
        self.column = column
    }
}

/// The parts of a pattern.
indirect enum PatternNode: Sendable {
    case empty
    case one(ScalarSet)
    case row([PatternNode])
    case choice([PatternNode])
    /// `atMost` is `nil` where there is no limit.
    case repeated(PatternNode, atLeast: Int, atMost: Int?)
    case at(PatternPlace)
    case ahead(PatternNode, isNegated: Bool)
}

/// Conditions on a place between two characters.
enum PatternPlace: Hashable, Sendable {
    case start, end, lineStart, lineEnd, wordBoundary, noWordBoundary
    /// The end, or before a line break that ends the text.
    case endOrFinalBreak
}
