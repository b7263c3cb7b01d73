import ApusModel

/// A word of an expression.
struct Token {
    indirect enum Kind {
        case name(String)
        case number(Value)
        case string(String)
        /// A double-quoted text with `#{…}` in it.
        case interpolated([Part])
        /// An operator or a bracket.
        case symbol(String)
        case end
    }

    enum Part {
        case text(String)
        case expression([Token])
    }

    var kind: Kind
    /// First byte in the template.
    var start: Int
    /// The byte after the last.
    var end: Int

    func isSymbol(_ text: String) -> Bool {
        if case .symbol(let symbol) = kind { symbol == text } else { false }
    }

    func isName(_ text: String) -> Bool {
        if case .name(let name) = kind { name == text } else { false }
    }

    /// How the token is named in messages.
    var description: String {
        switch kind {
        case .name(let name): "`\(name)`"
        case .number(let number): "`\(number.json)`"
        case .string: "a text"
        case .interpolated: "a text"
        case .symbol(let symbol): "`\(symbol)`"
        case .end: "the end of the expression"
        }
    }
}

/// A piece of a template.
enum Segment {
    case text(String)
    /// Between `raw` or `verbatim` tags; not looked at again.
    case raw(String)
    case print([Token], start: Int)
    case tag([Token], start: Int)
}
