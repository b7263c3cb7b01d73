import ApusHTTP
import ApusModel

/// Trying out expressions in the context of an execution.
enum EvaluationEndpoints {
    private static let query: [Endpoint.QueryParameter] = [
        .init("explain", "true adds the steps of the evaluation")
    ]

    /// The place below `actions` is that of the newer clients.
    static let all = ["eval", "actions/eval"].flatMap { place in
        [
            Endpoint(
                "POST", "executions/{executionId}/\(place)/{taskRunId}",
                "Renders an expression as a task run sees it.", query: query, body: .text, handler: evaluate),
            Endpoint(
                "POST", "executions/{executionId}/\(place)", "Renders an expression as the flow sees it.",
                query: query, body: .text, handler: evaluate),
        ]
    }

    /// A wrong expression is no wrong request: the answer is 200 and says what is wrong with it.
    private static func evaluate(_ call: Call) async throws -> Response {
        let source = try expression(call)
        let trial = ExpressionTrial(
            services: call.services, execution: call.path("executionId"),
            taskRun: call.request.parameters["taskRunId"])
        guard try call.flag("explain", default: false) else {
            return .json(.map(EvaluationJSON.value(try await trial.render(source))))
        }
        switch try await trial.explain(source) {
        case .success(let explanation): return .json(.map(EvaluationJSON.value(explanation)))
        case .failure(let error):
            var answer = EvaluationJSON.value(.failure(error))
            answer["steps"] = []
            return .json(.map(answer))
        }
    }

    /// The body as text, or `expression` of a JSON body.
    private static func expression(_ call: Call) throws -> String {
        guard call.request.body.count <= ExpressionTrial.maxBytes else {
            throw APIError(
                status: 413, .tooLarge, "an expression has at most \(ExpressionTrial.maxBytes) bytes")
        }
        guard call.request.contentType == "application/json" else { return try call.request.text() }
        guard let text = try call.request.json()["expression"]?.stringValue else {
            throw APIError.illegalArgument("the JSON body must have the text `expression`")
        }
        return text
    }
}
