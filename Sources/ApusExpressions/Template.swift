public import ApusModel

/// A text with expressions, compiled once and rendered as often as needed.
///
/// Rendering is pure: the same context gives the same result.
public struct Template: Sendable {
    public let source: String
    public let edition: Edition
    /// `nil` when the text holds no expressions.
    let program: Program?

    /// - Throws: An error of syntax, with its place.
    public init(_ source: String, edition: Edition = .one) throws(ExpressionError) {
        self.source = source
        self.edition = edition
        program = Self.hasSyntax(source) ? try TemplateParser.parse(source, edition: edition) : nil
    }

    /// The text holds no `{{`, `{%` or `{#`: it renders to itself.
    public var isLiteral: Bool { program == nil }

    /// Mistakes that are certain already but fail a rendering only when they are reached: unknown filters,
    /// arguments that do not fit.
    public var faults: [ExpressionError] { program?.faults ?? [] }

    private static func hasSyntax(_ source: String) -> Bool {
        var previous: UInt8 = 0
        for byte in source.utf8 {
            if previous == UInt8(ascii: "{"),
                byte == UInt8(ascii: "{") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "#")
            {
                return true
            }
            previous = byte
        }
        return false
    }

    /// The text of the template; `""` when nothing was printed.
    public func render(_ context: RenderContext) throws(ExpressionError) -> String {
        try renderIfPrinted(context) ?? ""
    }

    /// The text of the template; `nil` when nothing was printed at all, not even an empty text.
    public func renderIfPrinted(_ context: RenderContext) throws(ExpressionError) -> String? {
        guard let program else { return source }
        if let value = try Self.lookUp(program, context) { return value.isNull ? nil : value.printed }
        let evaluator = Evaluator(program, context: context)
        if context.recursive {
            let value = try evaluator.renderUntilStable(self)
            return value.isNull ? nil : value.printed
        }
        return try evaluator.text(of: program)
    }

    /// The value of a template that is only a path, the most frequent kind; `nil` when the evaluator has to decide.
    private static func lookUp(_ program: Program, _ context: RenderContext) throws(ExpressionError) -> Value?
    {
        guard case .path(let path)? = program.onlyExpression, !context.recursive else { return nil }
        if let map = context.map { return map.find(path.words, 0, path.words.count)?.pointee }
        return try context.variables.variable(path.root)?.descendant(path)
    }

    /// The value of the template: of a single expression with its type, of several pieces their text.
    public func evaluate(_ context: RenderContext) throws(ExpressionError) -> Value {
        guard let program else { return .string(source) }
        if let value = try Self.lookUp(program, context) { return value }
        let evaluator = Evaluator(program, context: context)
        if context.recursive { return try evaluator.renderUntilStable(self) }
        if let only = program.onlyExpression { return try evaluator.evaluate(only) }
        let output = Output(isTyped: true, limit: context.limits.textBytes)
        try evaluator.run(program.body, into: output)
        return output.value
    }
}

extension Template: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.source == right.source && left.edition == right.edition
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(source)
        hasher.combine(edition)
    }
}

extension Evaluator {
    /// The text a program prints; `nil` when it prints nothing at all.
    func text(of program: Program) throws(ExpressionError) -> String? {
        if let only = program.onlyExpression {
            let value = try evaluate(only)
            return value.isNull ? nil : value.printed
        }
        let output = Output(limit: context.limits.textBytes, expected: 2 * program.body.text.count + 64)
        try run(program.body, into: output)
        return output.isTouched ? output.text : nil
    }
}
