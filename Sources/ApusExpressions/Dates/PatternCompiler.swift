/// Makes the elements of a date pattern from its text.
///
/// Source: the letters and counts of `java.time.format.DateTimeFormatterBuilder.appendPattern`.
struct PatternCompiler {
    private let source: String
    private var rest: Substring
    private var stack: [[DatePattern.Element]] = [[]]

    init(_ source: String) {
        self.source = source
        rest = Substring(source)
    }

    mutating func elements() throws(ExpressionError) -> [DatePattern.Element] {
        guard source.utf8.count <= 1000 else { throw .argument("a date pattern has at most 1000 characters") }
        while let first = rest.first {
            if first.isASCII, first.isLetter {
                try add(letters())
                continue
            }
            rest.removeFirst()
            switch first {
            case "'": try quoted()
            case "[":
                guard stack.count < 20 else { throw fault("it has too many brackets") }
                stack.append([])
            case "]":
                guard stack.count > 1 else { throw fault("`]` closes nothing") }
                close()
            case "{", "}", "#": throw fault("`\(first)` is reserved")
            default: literal(String(first))
            }
        }
        while stack.count > 1 { close() }
        return stack[0]
    }

    private func fault(_ reason: String) -> ExpressionError {
        .argument("`\(source)` is not a date pattern: \(reason)")
    }

    private mutating func add(_ element: DatePattern.Element) { stack[stack.count - 1].append(element) }

    private mutating func close() {
        guard let inner = stack.popLast() else { return }
        add(.optional(inner))
    }

    private mutating func literal(_ text: String) {
        if case .literal(let known)? = stack[stack.count - 1].last {
            stack[stack.count - 1].removeLast()
            add(.literal(known + text))
        } else {
            add(.literal(text))
        }
    }

    private mutating func quoted() throws(ExpressionError) {
        if rest.first == "'" {
            rest.removeFirst()
            return literal("'")
        }
        while let character = rest.popFirst() {
            guard character == "'" else {
                literal(String(character))
                continue
            }
            guard rest.first == "'" else { return }
            rest.removeFirst()
            literal("'")
        }
        throw fault("a quote is not closed")
    }

    /// A letter and how often it stands there.
    private mutating func run() -> (letter: Character, count: Int)? {
        guard let letter = rest.first else { return nil }
        let run = rest.prefix { $0 == letter }
        rest.removeFirst(run.count)
        return (letter, run.count)
    }

    private mutating func letters() throws(ExpressionError) -> DatePattern.Element {
        guard let (letter, count) = run() else { throw fault("it ends too early") }
        if letter == "p" {
            guard let next = rest.first, next.isASCII, next.isLetter, next != "p", let (letter, other) = run()
            else {
                throw fault("`p` pads the letter that follows, and none does")
            }
            return .padded(count, try element(letter, other))
        }
        return try element(letter, count)
    }

    private func element(_ letter: Character, _ count: Int) throws(ExpressionError) -> DatePattern.Element {
        guard let kind = PatternLetters.known[letter] else { throw fault("unknown letter `\(letter)`") }
        guard let element = kind.element(letter, count) else {
            throw fault("`\(letter)` cannot stand there \(count) times")
        }
        return element
    }
}
