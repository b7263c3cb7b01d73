/// The characters one step of a pattern accepts.
struct ScalarSet: Sendable {
    indirect enum Item: Sendable {
        case range(ClosedRange<UInt32>)
        case category(CategoryGroup)
        case set(ScalarSet)
        /// Accepted by both.
        case both(ScalarSet, ScalarSet)
    }

    var items: [Item]
    var isNegated = false
    /// Compares without regard to case.
    var ignoresCase = false

    init(_ items: [Item], isNegated: Bool = false, ignoresCase: Bool = false) {
        self.items = items
        self.isNegated = isNegated
        self.ignoresCase = ignoresCase
    }

    init(_ scalar: Unicode.Scalar, ignoresCase: Bool = false) {
        self.init([.range(scalar.value...scalar.value)], ignoresCase: ignoresCase)
    }

    private static func ascii(_ ranges: ClosedRange<Unicode.Scalar>...) -> ScalarSet {
        ScalarSet(ranges.map { .range($0.lowerBound.value...$0.upperBound.value) })
    }

    static let digit = ascii("0"..."9")
    static let word = ascii("a"..."z", "A"..."Z", "0"..."9", "_"..."_")
    static let space = ascii("\t"..."\r", " "..." ")
    static let horizontalSpace = ScalarSet(
        ascii("\t"..."\t", " "..." ", "\u{A0}"..."\u{A0}", "\u{1680}"..."\u{1680}", "\u{180E}"..."\u{180E}")
            .items
            + ascii(
                "\u{2000}"..."\u{200A}", "\u{202F}"..."\u{202F}", "\u{205F}"..."\u{205F}",
                "\u{3000}"..."\u{3000}"
            )
            .items)
    static let lineBreak = ascii("\n"..."\n", "\r"..."\r", "\u{85}"..."\u{85}", "\u{2028}"..."\u{2029}")
    static let any = ScalarSet([], isNegated: true)
    static let notLineBreak = lineBreak.negated
    static let lower = ascii("a"..."z")
    static let upper = ascii("A"..."Z")
    static let alpha = ascii("a"..."z", "A"..."Z")
    static let alphanumeric = ascii("a"..."z", "A"..."Z", "0"..."9")
    static let punctuation = ascii("!"..."/", ":"..."@", "["..."`", "{"..."~")
    static let hexadecimal = ascii("0"..."9", "a"..."f", "A"..."F")
    static let blank = ascii("\t"..."\t", " "..." ")
    static let control = ascii("\u{0}"..."\u{1F}", "\u{7F}"..."\u{7F}")
    static let graph = ascii("!"..."~")
    static let printable = ascii(" "..."~")
    static let wholeASCII = ascii("\u{0}"..."\u{7F}")

    var negated: ScalarSet { ScalarSet([.set(self)], isNegated: true) }

    func contains(_ scalar: Unicode.Scalar) -> Bool { holdsAnyCase(of: scalar) != isNegated }

    private func holdsAnyCase(of scalar: Unicode.Scalar) -> Bool {
        if holds(scalar) { return true }
        guard ignoresCase else { return false }
        let properties = scalar.properties
        return [properties.lowercaseMapping, properties.uppercaseMapping].contains { mapped in
            let scalars = mapped.unicodeScalars
            guard let other = scalars.first, scalars.count == 1, other != scalar else { return false }
            return holds(other)
        }
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        items.contains { item in
            switch item {
            case .range(let range): range.contains(scalar.value)
            case .category(let group): group.contains(scalar)
            case .set(let set): set.contains(scalar)
            case .both(let left, let right): left.contains(scalar) && right.contains(scalar)
            }
        }
    }
}

/// A general category of Unicode, `Lu`, or a group of them, `L`; or the letters as a whole, `IsAlphabetic`.
enum CategoryGroup: Hashable, Sendable {
    case named(String)
    case alphabetic, uppercase, lowercase, whitespace

    private static let codes: Set<String> = [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd",
        "Ps",
        "Pe", "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Cs",
        "Co", "Cn",
    ]

    /// `nil` for a name that is not known.
    init?(_ name: String) {
        switch name {
        case "IsAlphabetic", "Alphabetic": self = .alphabetic
        case "IsUppercase", "Uppercase": self = .uppercase
        case "IsLowercase", "Lowercase": self = .lowercase
        case "IsWhite_Space", "White_Space": self = .whitespace
        default:
            let code = name.hasPrefix("Is") ? String(name.dropFirst(2)) : name
            guard Self.codes.contains(code) else { return nil }
            self = .named(code)
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch self {
        case .alphabetic: scalar.properties.isAlphabetic
        case .uppercase: scalar.properties.isUppercase
        case .lowercase: scalar.properties.isLowercase
        case .whitespace: scalar.properties.isWhitespace
        case .named(let code): Self.code(of: scalar.properties.generalCategory).hasPrefix(code)
        }
    }

    private static func code(of category: Unicode.GeneralCategory) -> String {
        switch category {
        case .uppercaseLetter: "Lu"
        case .lowercaseLetter: "Ll"
        case .titlecaseLetter: "Lt"
        case .modifierLetter: "Lm"
        case .otherLetter: "Lo"
        case .nonspacingMark: "Mn"
        case .spacingMark: "Mc"
        case .enclosingMark: "Me"
        case .decimalNumber: "Nd"
        case .letterNumber: "Nl"
        case .otherNumber: "No"
        case .connectorPunctuation: "Pc"
        case .dashPunctuation: "Pd"
        case .openPunctuation: "Ps"
        case .closePunctuation: "Pe"
        case .initialPunctuation: "Pi"
        case .finalPunctuation: "Pf"
        case .otherPunctuation: "Po"
        case .mathSymbol: "Sm"
        case .currencySymbol: "Sc"
        case .modifierSymbol: "Sk"
        case .otherSymbol: "So"
        case .spaceSeparator: "Zs"
        case .lineSeparator: "Zl"
        case .paragraphSeparator: "Zp"
        case .control: "Cc"
        case .format: "Cf"
        case .surrogate: "Cs"
        case .privateUse: "Co"
        case .unassigned: "Cn"
        @unknown default: "Cn"
        }
    }
}
