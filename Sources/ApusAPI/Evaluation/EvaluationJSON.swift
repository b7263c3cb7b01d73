import ApusExpressions
import ApusModel

/// What the API answers to an expression: `{result}`, or `{error, stackTrace}`; `steps` when they were asked for.
enum EvaluationJSON {
    static func value(_ result: Result<String, ExpressionError>) -> OrderedMap<Value> {
        switch result {
        case .success(let text): ["result": .string(text)]
        case .failure(let error):
            ["error": .string(error.message), "stackTrace": .string(error.description)]
        }
    }

    static func value(_ explanation: Explanation) -> OrderedMap<Value> {
        var answer = value(explanation.result)
        answer["steps"] = .list(explanation.steps.map(step))
        if explanation.omitted > 0 { answer["omittedSteps"] = .int(Int64(explanation.omitted)) }
        return answer
    }

    /// `{line, column, level, source, outcome}` and what belongs to the outcome.
    private static func step(_ step: Explanation.Step) -> Value {
        var fields: OrderedMap<Value> = [
            "line": .int(Int64(step.position.line)), "column": .int(Int64(step.position.column)),
            "level": .int(Int64(step.level)), "source": .string(step.source),
        ]
        switch step.outcome {
        case .value(let preview):
            fields["outcome"] = "VALUE"
            add(preview, to: &fields)
        case .undefined: fields["outcome"] = "UNDEFINED"
        case .notEvaluated: fields["outcome"] = "NOT_EVALUATED"
        case .taken: fields["outcome"] = "TAKEN"
        case .iteration(let number, let item):
            fields["outcome"] = "ITERATION"
            fields["iteration"] = .int(Int64(number))
            add(item, to: &fields)
        case .furtherIterations(let count):
            fields["outcome"] = "FURTHER_ITERATIONS"
            fields["count"] = .int(Int64(count))
        case .failed(let message):
            fields["outcome"] = "FAILED"
            fields["message"] = .string(message)
        }
        return .map(fields)
    }

    /// The value as JSON text; `size` only when the text is cut.
    private static func add(_ preview: Explanation.Preview, to fields: inout OrderedMap<Value>) {
        fields["value"] = .string(preview.text)
        if let size = preview.size { fields["size"] = .string(size) }
    }
}
