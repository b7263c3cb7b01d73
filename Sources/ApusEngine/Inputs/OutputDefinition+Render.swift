public import ApusExpressions
public import ApusModel

extension OutputDefinition {
    /// Computes the outputs of a flow.
    ///
    /// - Parameter encrypt: Turns a secret into its stored form; `nil` when encryption is not configured.
    /// - Returns: A map nested by the dots of ids, optional outputs without a value being null; or the first
    ///   thing that is wrong.
    /// - Throws: Only `.missingFacts`, with everything that is missing.
    public static func render(
        _ definitions: [OutputDefinition], _ context: RenderContext,
        encrypt: ((String) throws -> Value)? = nil
    ) throws(ExpressionError) -> Result<Value, OutputFault> {
        var values = Value.map(OrderedMap())
        var missing: [FactRequest] = []
        var first: OutputFault?
        for (place, definition) in definitions.enumerated() {
            var context = context
            context.seed ^= UInt64(truncatingIfNeeded: place + 1) &* 0x9E37_79B9_7F4A_7C15
            do {
                values.set(
                    try definition.read(try definition.evaluate(context), context.edition, encrypt),
                    atDotted: definition.id)
            } catch let error as ExpressionError {
                if case .missingFacts(let requests) = error.reason {
                    missing += requests.filter { !missing.contains($0) }
                } else if first == nil {
                    first = definition.fault(error.description)
                }
            } catch let fault as OutputFault {
                if first == nil { first = fault }
            } catch {
                if first == nil { first = definition.fault("\(error)") }
            }
        }
        guard missing.isEmpty else {
            throw ExpressionError(
                .missingFacts(missing), "the outputs need values from outside",
                at: SourcePosition(line: 1, column: 1))
        }
        if let first { return .failure(first) }
        return .success(values)
    }

    /// A single expression keeps the type of its value.
    private func evaluate(_ context: RenderContext) throws(ExpressionError) -> Value {
        if case .template(let template) = value { return try template.evaluate(context) }
        return try value.render(context)
    }

    private func read(
        _ value: Value, _ edition: Edition, _ encrypt: ((String) throws -> Value)?
    ) throws(OutputFault) -> Value {
        var reader = InputReader(edition: edition)
        let typed: Value?
        do {
            typed = try reader.read(.value(value), as: type)
        } catch {
            let shown = type.isSecret ? "" : ", but received `\(InputRefusal.shortened(value.plainText))`"
            throw fault(error.cause + shown)
        }
        guard let typed else {
            guard !isRequired else { throw fault("it is required, but there is no value") }
            return .null
        }
        guard type.isSecret, let text = typed.stringValue else { return typed }
        guard let encrypt else {
            throw fault("Unable to use a `SECRET` input/output as encryption is not configured")
        }
        do {
            return try encrypt(text)
        } catch {
            // The error may quote what it was given.
            throw fault("the value cannot be encrypted")
        }
    }

    private func fault(_ cause: String) -> OutputFault {
        OutputFault(id: id, message: "Failed to render output values: output `\(id)`: \(cause)")
    }
}
