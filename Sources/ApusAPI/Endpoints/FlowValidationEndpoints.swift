import ApusEngine
import ApusHTTP
import ApusModel
import ApusYAML

/// Checking flows, tasks and triggers without storing them.
enum FlowValidationEndpoints {
    static let all = [
        Endpoint(
            "POST", "flows/validate", "Checks one or several flows, separated by `---`.",
            query: [FlowEndpoints.strict], body: .yaml, handler: validate),
        Endpoint(
            "POST", "flows/validate/task", "Checks a task.",
            query: [.init("section", "The list it stands in: tasks, errors, triggers …")], body: .json,
            handler: validateTask),
        Endpoint(
            "POST", "flows/validate/trigger", "Checks a trigger.", body: .json, handler: validateTrigger),
    ]

    private static func validate(_ call: Call) async throws -> Response {
        let isStrict = try FlowEndpoints.isStrict(call)
        let documents = SourceDocuments.split(try call.request.text())
        var writer = JSONWriter(capacity: 512)
        var results: [ValidationResult] = []
        for (index, document) in documents.enumerated() {
            let compilation = call.services.flows.validate(document, isStrict: isStrict)
            var result = ValidationResult(index: index, faults: compilation.faults)
            result.choice = compilation.choice
            let root = (try? YAML.parse(document))?.root  // when it cannot be read, the faults say so
            result.flow = root?["id"]?.stringValue
            result.namespace = root?["namespace"]?.stringValue
            if let namespace = result.namespace, let id = result.flow,
                let written = root?["revision"]?.intValue
            {
                let latest = try await call.services.listing.flow(
                    namespace: namespace, id: id, revision: nil, allowDeleted: false)
                result.isOutdated = latest.map { $0.revision > Int(clamping: written) } ?? false
            }
            results.append(result)
        }
        writer.list(results) { $0.write(to: &$1) }
        return .json(bytes: writer.bytes)
    }

    private static func validateTask(_ call: Call) async throws -> Response {
        let section = call.text("section")?.lowercased() ?? "tasks"
        if section == "triggers" { return try await validateTrigger(call) }
        let document: YAMLDocument
        do {
            document = try YAML.parse(try call.request.text())
        } catch let fault as Fault {
            return ValidationResult(index: 0, faults: [fault]).response
        }
        let place = ValuePath().key("tasks").index(0)
        let flow: Value = ["id": "validation", "namespace": "validation", "tasks": .list([document.root])]
        let compilation = call.services.flows.compiler
            .compile(
                flow, positions: document.positions.moved(below: place), references: .unchecked)
        let faults = compilation.faults.map { $0.moved(from: place) }
        return ValidationResult(index: 0, faults: faults).response
    }

    private static func validateTrigger(_ call: Call) async throws -> Response {
        let document: YAMLDocument
        do {
            document = try YAML.parse(try call.request.text())
        } catch let fault as Fault {
            return ValidationResult(index: 0, faults: [fault]).response
        }
        let place = ValuePath().key("triggers").index(0)
        let flow: Value = ["id": "validation", "namespace": "validation", "triggers": .list([document.root])]
        let compilation = call.services.flows.compiler.compile(
            flow, positions: document.positions.moved(below: place), references: .unchecked)
        // The flow around it has no tasks, which is not the trigger's fault.
        let faults = compilation.faults.filter { $0.path.steps.starts(with: place.steps) }
            .map { $0.moved(from: place) }
        return ValidationResult(index: 0, faults: faults).response
    }
}

extension PositionMap {
    /// The same places for a document that stands below `prefix` in a larger one.
    func moved(below prefix: ValuePath) -> PositionMap {
        var moved = PositionMap()
        for (path, position) in values { moved.values[ValuePath(prefix.steps + path.steps)] = position }
        for (path, place) in texts { moved.texts[ValuePath(prefix.steps + path.steps)] = place }
        for (path, position) in keys { moved.keys[ValuePath(prefix.steps + path.steps)] = position }
        return moved
    }
}

extension Fault {
    /// The same fault with its path counted from `prefix`.
    func moved(from prefix: ValuePath) -> Fault {
        guard path.steps.starts(with: prefix.steps) else { return self }
        var moved = self
        moved.path = ValuePath(Array(path.steps.dropFirst(prefix.steps.count)))
        return moved
    }
}
