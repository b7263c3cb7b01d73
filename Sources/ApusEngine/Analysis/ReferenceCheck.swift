import ApusExpressions
import ApusModel
import ApusSchema

/// Checks, before anything runs, that what the expressions of a flow read can be there.
///
/// What it finds fails only when it is reached, and a flow may mean to fail: the findings are warnings, unless a user
/// asks for errors.
struct ReferenceCheck {
    let tasks: [CompiledTask]
    let order: TaskOrder
    let inputs: [InputDefinition]
    let variables: Value
    let catalogue: Catalogue
    let positions: PositionMap
    let severity: Fault.Severity
    private(set) var faults: [Fault] = []
    private let placeOf: [String: Int]
    /// The tasks that set variables.
    let setters: [VariableSetter]

    /// Where an expression stands.
    enum Scope: Hashable {
        case task(Int)
        /// The outputs of the flow.
        case outputs
        /// Defaults and conditions of inputs: nothing has run.
        case inputs
        /// Assertions of the flow's `sla`.
        case serviceLevel
        /// Conditions of the flow's `checks`: nothing has run.
        case checks
    }

    init(
        tasks: [CompiledTask], order: TaskOrder, inputs: [InputDefinition], variables: Value,
        catalogue: Catalogue, positions: PositionMap, severity: Fault.Severity
    ) {
        self.tasks = tasks
        self.order = order
        self.inputs = inputs
        self.variables = variables
        self.catalogue = catalogue
        self.positions = positions
        self.severity = severity
        placeOf = Dictionary(
            tasks.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        setters = tasks.indices.compactMap { VariableSetter(tasks[$0], at: $0) }
    }

    mutating func check(_ placed: PlacedTemplate, in scope: Scope) {
        let references = placed.template.references { root, keys, key in hasKey(root, keys, key) }
        for reference in references where !reference.isGuarded {
            guard let finding = finding(for: reference, in: scope) ?? filterFinding(reference) else {
                continue
            }
            let fault = Fault(
                severity, finding.message, at: placed.path,
                position: positions.position(of: reference.position, in: placed.path), remedy: finding.remedy)
            if !faults.contains(fault) { faults.append(fault) }
        }
    }

    /// What is wrong with a reference, and how to mend it.
    struct Finding {
        var message: String
        var remedy: String?

        init(_ message: String, remedy: String? = nil) {
            self.message = message
            self.remedy = remedy
        }
    }

    /// Names with hyphens that are one name.
    private func hasKey(_ root: String, _ keys: [String], _ key: String) -> Bool {
        switch root {
        case "outputs", "tasks": keys.isEmpty && placeOf[key] != nil
        case "inputs": inputMatch(keys + [key]) != .none
        case "vars": knows(variable: keys + [key])
        default: false
        }
    }

    private func finding(for reference: Reference, in scope: Scope) -> Finding? {
        let keys = reference.keys
        switch reference.root {
        case "inputs": return inputFinding(reference)
        case "vars": return variableFinding(reference, scope)
        case "flow": return unknownKey(reference, among: ["id", "namespace", "revision", "tenantId"])
        case "labels", "envs", "globals", "kestra", "namespace", "files", "schedule", "*": return nil
        default: break
        }
        guard scope != .inputs, scope != .checks else { return unknownRoot(reference, scope) }
        switch reference.root {
        case "execution":
            return unknownKey(
                reference, among: ["id", "state", "startDate", "endDate", "originalId", "outputs"])
        case "outputs": return outputFinding(reference, scope)
        case "tasks": return keys.first.flatMap { placeOf[$0] == nil ? noTask($0, reference) : nil }
        case "trigger": return triggerFinding(reference)
        default: break
        }
        guard case .task(let task) = scope else { return unknownRoot(reference, scope) }
        switch reference.root {
        case "task": return unknownKey(reference, among: ["id", "type"])
        case "taskrun": return taskRunFinding(reference, task)
        case "item" where order.hasItem(task):
            return unknownKey(reference, among: ["value", "index", "key", "parent", "parents"])
        case "parent", "parents":
            guard order.ancestors(of: task).isEmpty else { return nil }
            return Finding("`\(reference.root)` is there only for tasks inside another task")
        default: return unknownRoot(reference, scope)
        }
    }

    // Names

    private func unknownKey(_ reference: Reference, among known: [String]) -> Finding? {
        guard let key = reference.keys.first, !known.contains(key) else { return nil }
        return Finding(
            "`\(reference.root)` has no `\(key)`",
            remedy: NearestName.of(key, among: known).map { "did you mean `\($0)`?" }
                ?? "it has \(known.joined(separator: ", "))")
    }

    private func unknownRoot(_ reference: Reference, _ scope: Scope) -> Finding {
        var known = ["inputs", "vars", "flow", "labels", "envs", "globals", "kestra"]
        if scope != .inputs, scope != .checks { known += ["outputs", "execution", "tasks", "trigger"] }
        if case .task = scope { known += ["task", "taskrun"] }
        let name = reference.root
        if let place = placeOf[name] {
            return Finding(
                "there is no variable `\(name)`",
                remedy: "the outputs of the task are `outputs.\(tasks[place].id)`")
        }
        let reader =
            switch scope {
            case .inputs: " for inputs"
            case .checks: " for checks"
            case .outputs: " for the outputs of a flow"
            case .serviceLevel: " for an SLA"
            case .task: ""
            }
        return Finding(
            "there is no variable `\(name)`\(reader)",
            remedy: NearestName.of(name, among: known).map { "did you mean `\($0)`?" })
    }

    private func taskRunFinding(_ reference: Reference, _ task: Int) -> Finding? {
        let known = ["id", "startDate", "attemptsCount", "parentId", "value", "iteration", "items"]
        if let finding = unknownKey(reference, among: known) { return finding }
        guard let key = reference.keys.first, ["value", "iteration"].contains(key) else { return nil }
        guard !order.runsForItem(task) else { return nil }
        guard let loop = order.loops(around: task).first else {
            return Finding("`taskrun.\(key)` is there only for tasks inside a loop")
        }
        return Finding(
            "`taskrun.\(key)` is there only for tasks directly inside the loop `\(tasks[loop].id)`",
            remedy: "write `parent.taskrun.\(key)`, or look further out in `parents`")
    }

    /// Set for an execution that another one started; the flow's own triggers are not run yet.
    private func triggerFinding(_ reference: Reference) -> Finding? {
        let ofParent = [
            "executionId", "namespace", "flowId", "flowRevision", "taskRunId", "taskId", "taskRunValue",
            "taskRunIteration", "taskRunOutputs",
        ]
        guard let key = reference.keys.first, !ofParent.contains(key) else { return nil }
        return Finding(
            "`trigger.\(key)` is missing when the flow is not started by a trigger",
            remedy: "write `trigger.\(key) ?? …`")
    }

    func noTask(_ id: String, _ reference: Reference) -> Finding {
        Finding(
            "the flow has no task `\(id)`",
            remedy: NearestName.of(id, among: tasks.map(\.id)).map { "did you mean `\($0)`?" })
    }

    func task(named id: String) -> Int? { placeOf[id] }
}
