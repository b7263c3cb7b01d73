/// A set of characters as a class of a regular expression describes it.
indirect enum CharacterClass: Sendable {
    case ranges([ClosedRange<UInt32>])
    case property(@Sendable (Unicode.Scalar) -> Bool)
    case not(CharacterClass)
    case union([CharacterClass])
    case intersection(CharacterClass, CharacterClass)

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .ranges(let ranges): ranges.contains { $0.contains(scalar.value) }
        case .property(let holds): holds(scalar)
        case .not(let inner): !inner.contains(scalar)
        case .union(let parts): parts.contains { $0.contains(scalar) }
        case .intersection(let left, let right): left.contains(scalar) && right.contains(scalar)
        }
    }

    /// Also in the other case of ASCII letters.
    func containsFolded(_ scalar: Unicode.Scalar) -> Bool {
        contains(scalar) || contains(scalar.otherCase)
    }

    static let digits = CharacterClass.ranges([48...57])
    static let word = CharacterClass.ranges([48...57, 65...90, 95...95, 97...122])
    static let space = CharacterClass.ranges([9...13, 32...32])
    static let horizontalSpace = CharacterClass.ranges([
        9...9, 32...32, 0xA0...0xA0, 0x1680...0x1680, 0x180E...0x180E, 0x2000...0x200A, 0x202F...0x202F,
        0x205F...0x205F, 0x3000...0x3000,
    ])
    static let verticalSpace = CharacterClass.ranges([10...13, 0x85...0x85, 0x2028...0x2029])

    /// A class named in `\p{…}`; `nil` for an unknown name.
    static func named(_ name: String) -> CharacterClass? {
        var name = name
        for prefix in ["java", "Is", "general_category=", "gc="]
        where name.hasPrefix(prefix) && name != prefix {
            name.removeFirst(prefix.count)
        }
        switch name {
        case "Lower": return .ranges([97...122])
        case "Upper": return .ranges([65...90])
        case "ASCII": return .ranges([0...127])
        case "Alpha": return .ranges([65...90, 97...122])
        case "Digit": return digits
        case "Alnum": return .ranges([48...57, 65...90, 97...122])
        case "Punct": return .ranges([33...47, 58...64, 91...96, 123...126])
        case "Graph": return .ranges([33...126])
        case "Print": return .ranges([32...126])
        case "Blank": return .ranges([9...9, 32...32])
        case "Cntrl": return .ranges([0...31, 127...127])
        case "XDigit": return .ranges([48...57, 65...70, 97...102])
        case "Space": return space
        case "Alphabetic": return .property { $0.properties.isAlphabetic }
        case "Lowercase", "LowerCase": return .property { $0.properties.isLowercase }
        case "Uppercase", "UpperCase": return .property { $0.properties.isUppercase }
        case "White_Space", "Whitespace": return .property { $0.properties.isWhitespace }
        case "Letter": return category(["L"])
        default: return category([name])
        }
    }

    private static func category(_ names: Set<String>) -> CharacterClass? {
        guard let name = names.first, categories.values.contains(where: { $0.hasPrefix(name) }) else {
            return nil
        }
        return .property { categories[$0.properties.generalCategory]?.hasPrefix(name) ?? false }
    }

    private static let categories: [Unicode.GeneralCategory: String] = [
        .uppercaseLetter: "Lu", .lowercaseLetter: "Ll", .titlecaseLetter: "Lt", .modifierLetter: "Lm",
        .otherLetter: "Lo", .nonspacingMark: "Mn", .spacingMark: "Mc", .enclosingMark: "Me",
        .decimalNumber: "Nd",
        .letterNumber: "Nl", .otherNumber: "No", .connectorPunctuation: "Pc", .dashPunctuation: "Pd",
        .openPunctuation: "Ps", .closePunctuation: "Pe", .initialPunctuation: "Pi", .finalPunctuation: "Pf",
        .otherPunctuation: "Po", .mathSymbol: "Sm", .currencySymbol: "Sc", .modifierSymbol: "Sk",
        .otherSymbol: "So",
        .spaceSeparator: "Zs", .lineSeparator: "Zl", .paragraphSeparator: "Zp", .control: "Cc", .format: "Cf",
        .surrogate: "Cs", .privateUse: "Co", .unassigned: "Cn",
    ]
}

extension Unicode.Scalar {
    /// The same ASCII letter in the other case.
    var otherCase: Unicode.Scalar {
        switch value {
        case 65...90, 97...122: Unicode.Scalar(UInt8(value ^ 0x20))
        default: self
        }
    }
}

/// A regular expression as a tree.
indirect enum PatternNode: Sendable {
    case empty
    case scalar(Unicode.Scalar, folds: Bool)
    case any(includesLineBreaks: Bool)
    case characters(CharacterClass, folds: Bool)
    case sequence([PatternNode])
    case choice([PatternNode])
    case group(PatternNode, number: Int)
    case atomic(PatternNode)
    case look(PatternNode, isAhead: Bool, isNegated: Bool)
    case repetition(PatternNode, minimum: Int, maximum: Int?, kind: Kind)
    case backReference(Int, folds: Bool)
    case assertion(Assertion)

    enum Kind: Sendable { case greedy, lazy, possessive }

    enum Assertion: Sendable {
        case textStart, textEnd, beforeLastBreak, lineStart, lineEnd, wordBoundary, noWordBoundary
    }
}

extension PatternNode {
    /// Whether it matches the empty text somewhere.
    var mayBeEmpty: Bool {
        switch self {
        case .empty, .look, .assertion, .backReference: true
        case .scalar, .any, .characters: false
        case .sequence(let items): items.allSatisfy(\.mayBeEmpty)
        case .choice(let options): options.contains(where: \.mayBeEmpty)
        case .group(let inner, _), .atomic(let inner): inner.mayBeEmpty
        case .repetition(let inner, let minimum, _, _): minimum == 0 || inner.mayBeEmpty
        }
    }
}
