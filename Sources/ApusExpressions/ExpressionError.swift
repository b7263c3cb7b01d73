public import ApusModel

/// Why a template could not be compiled or rendered.
public struct ExpressionError: Error, Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The text is not a template.
        case syntax
        /// A variable or an attribute that does not exist; `suggestion` is a name near to it.
        case unknownVariable(String, suggestion: String?)
        /// A filter, function, macro or test that does not exist.
        case unknownName(String, suggestion: String?)
        /// A value of a kind that the operation does not take.
        case wrongType(expected: String, found: String)
        /// An argument is missing, unknown or not usable.
        case argument
        /// The operation was understood but could not be carried out.
        case failed
        /// A bound on steps, depth, output or time was reached.
        case limit
        /// Values from outside that the caller has to load before rendering again.
        case missingFacts([FactRequest])
    }

    public var reason: Reason
    /// What was found and what was expected, in plain words.
    public var message: String
    /// Where in the template the fault lies.
    public var position: SourcePosition
    /// False until the evaluator, which knows the template, has set the position.
    var isLocated: Bool

    public init(_ reason: Reason, _ message: String, at position: SourcePosition) {
        self.reason = reason
        self.message = message
        self.position = position
        isLocated = true
    }

    /// A fault whose place the caller fills in.
    init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
        position = SourcePosition(line: 1, column: 1)
        isLocated = false
    }
}

extension ExpressionError: CustomStringConvertible {
    /// The message with its place: `… (line 1, column 4)`.
    public var description: String { "\(message) (line \(position.line), column \(position.column))" }
}

extension ExpressionError {
    /// The fault says that something is not there, which `??`, `is defined` and `default` accept.
    var isUndefined: Bool {
        if case .unknownVariable = reason { true } else { false }
    }

    static func argument(_ message: String) -> ExpressionError { ExpressionError(.argument, message) }
    static func failed(_ message: String) -> ExpressionError { ExpressionError(.failed, message) }
    static func limit(_ message: String) -> ExpressionError { ExpressionError(.limit, message) }

    static func wrongType(_ subject: String, expected: String, found value: Value) -> ExpressionError {
        ExpressionError(
            .wrongType(expected: expected, found: value.kind),
            "\(subject) takes \(expected), found \(value.kind)")
    }

    /// The same fault with its place in the template, when it has none yet.
    func located(at offset: Int, in source: String) -> ExpressionError {
        guard !isLocated else { return self }
        return ExpressionError(reason, message, at: SourcePosition(utf8Offset: offset, in: source))
    }
}

extension SourcePosition {
    /// The place of a byte; columns count characters as Unicode scalars.
    init(utf8Offset: Int, in source: String) {
        var line = 1
        var column = 1
        var source = source
        source.withUTF8 { bytes in
            for byte in bytes.prefix(utf8Offset) {
                if byte == 0x0A {
                    line += 1
                    column = 1
                } else if byte & 0xC0 != 0x80 {
                    column += 1
                }
            }
        }
        self.init(line: line, column: column)
    }
}
