import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// What a person sets right on an execution that has ended: states and labels.
enum ExecutionStateEndpoints {
    static let all: [Endpoint] = actions.flatMap { $0 }

    private static let actions: [[Endpoint]] = [
        ExecutionAction.endpoints(
            "POST", "state", "Gives a task run another final state and goes on from there.", body: .json,
            handler: changeState),
        ExecutionAction.endpoints(
            "POST", "change-status", "Gives an ended execution another final state.",
            query: [.init("status", "The state", isRequired: true)], handler: changeStatus),
        ExecutionAction.endpoints(
            "POST", "labels", "Sets labels of an ended execution, beside those it has.", body: .json,
            handler: setLabels),
    ]

    private static func changeState(_ call: Call) async throws -> Response {
        let body = try call.request.json()
        guard let taskRun = body["taskRunId"]?.stringValue, let text = body["state"]?.stringValue else {
            throw APIError.illegalArgument("the body must be {\"taskRunId\": …, \"state\": …}")
        }
        let snapshot = try await call.services.executor.changeState(
            call.path("executionId"), of: taskRun, to: try StateText.parse(text))
        return ExecutionEndpoints.answer(snapshot, call)
    }

    private static func changeStatus(_ call: Call) async throws -> Response {
        let snapshot = try await call.services.executor.changeStatus(
            call.path("executionId"), to: try call.state("status"))
        return ExecutionEndpoints.answer(snapshot, call)
    }

    /// An error 400 while the execution has not ended.
    private static func setLabels(_ call: Call) async throws -> Response {
        let labels = try GivenLabels.list(try call.request.json())
        let execution = try await ExecutionEndpoints.execution(call)
        guard execution.state.current.isTerminal else {
            throw APIError.badRequest(
                "labels can be set once the execution has ended; it is \(execution.state.current.rawValue)")
        }
        try GivenLabels.check(labels, on: execution)
        try await call.services.executor.label(execution.id, labels)
        return ExecutionEndpoints.answer(try await ExecutionEndpoints.snapshot(call), call)
    }
}

extension Call {
    /// A state that the query must name; an error 400 without it, 422 for another word.
    func state(_ name: String) throws(APIError) -> State {
        guard let text = text(name) else {
            throw .badRequest("Required QueryValue [\(name)] not specified")
        }
        return try StateText.parse(text)
    }
}

/// Labels in the body of a request: `[{"key": …, "value": …}]`, or a map.
enum GivenLabels {
    /// An error 422 for another form, and for empty keys and values.
    static func list(_ body: Value) throws(APIError) -> [Label] {
        var labels: [Label] = []
        switch body {
        case .map(let entries):
            for (key, value) in entries { labels.append(try label(.string(key), value)) }
        case .list(let items):
            for item in items { labels.append(try label(item["key"], item["value"])) }
        case .null, .bool, .int, .double, .string, .extended:
            throw .illegalArgument(
                "labels are a list such as [{\"key\": \"team\", \"value\": \"data\"}], found a \(body.kind)")
        }
        var keys: Set<String> = []
        for label in labels where !keys.insert(label.key).inserted {
            throw .illegalArgument("the label `\(label.key)` is given twice")
        }
        return labels
    }

    private static func label(_ key: Value?, _ value: Value?) throws(APIError) -> Label {
        guard let key = key?.stringValue, let value = value?.stringValue, !key.isEmpty, !value.isEmpty else {
            throw .illegalArgument("a label needs a key and a value, both texts and neither empty")
        }
        return Label(key, value)
    }

    /// Labels of the product cannot be changed; clients that send back all that they read may send them as they are.
    static func check(_ labels: [Label], on execution: Execution) throws(APIError) {
        for label in labels {
            if label.key.hasPrefix("system.") {
                if execution.labels.contains(label) { continue }
                throw .illegalArgument(
                    "System labels can only be set by Kestra itself, offending label: \(label.key)=\(label.value)"
                )
            }
            try LabelKey.check(label.key)
        }
    }
}

/// How the key of a label looks.
enum LabelKey {
    /// An error 422 unless it begins with a lower-case letter and goes on with letters, digits, `.`, `_` and `-`.
    static func check(_ key: String) throws(APIError) {
        let isRight =
            key.first?.isLowercase == true
            && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" || $0 == "-" }
        guard isRight else {
            throw .illegalArgument(
                "the key of a label begins with a lower-case letter, followed by letters, digits, `.`, `_` or `-`; found `\(key)`"
            )
        }
    }
}
