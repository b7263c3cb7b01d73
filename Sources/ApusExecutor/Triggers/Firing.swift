import ApusDatabase
public import ApusEngine
import ApusExpressions
public import ApusModel

/// Something happened that a trigger waits for.
public struct Firing: Sendable {
    public var flow: CompiledFlow
    public var trigger: CompiledTrigger
    /// What the execution sees as `trigger`.
    public var variables: OrderedMap<Value>
    /// Inputs besides those of the trigger; they win.
    public var inputs: OrderedMap<Value> = [:]
    /// Labels besides those of the flow and the trigger; they win.
    public var labels: [Label] = []
    /// The flows whose executions led to this one, the first of them first.
    public var callers: [String] = []
    /// Whether a trigger that gives no inputs starts a flow that requires some.
    var mayLeaveOutInputs = false

    public init(flow: CompiledFlow, trigger: CompiledTrigger, variables: OrderedMap<Value>) {
        self.flow = flow
        self.trigger = trigger
        self.variables = variables
    }

    /// `trigger` of the execution.
    var value: Value {
        ["id": .string(trigger.id), "type": .string(trigger.type), "variables": .map(variables)]
    }
}

/// What came of a firing.
public enum Fired: Sendable {
    /// An execution that is durable together with everything else of the transaction.
    case started(ExecutionSnapshot)
    /// The trigger's conditions do not hold.
    case notMet
    /// The trigger's expressions cannot be read.
    case unreadable(String)
    /// An execution cannot begin like this: its inputs, or a check of the flow.
    case refused([String])
}

extension Executor {
    /// Starts an execution, with its first turn, when the conditions of its trigger hold.
    ///
    /// - Parameters:
    ///   - id: Of the execution; the same when the transaction is taken again.
    ///   - variables: What conditions and inputs see besides the flow and `trigger`.
    func fire(
        _ firing: Firing, id: Execution.ID, seeing variables: OrderedMap<Value> = [:],
        _ connection: any Connection
    ) throws -> Fired {
        let trigger = firing.trigger
        let scope = scope(of: firing, id: id, seeing: variables, connection)
        if case .all(let parts) = trigger.condition, parts.isEmpty {
        } else {
            switch try scope.holds(trigger.condition) {
            case .success(true): break
            case .success(false): return .notMet
            case .failure(let error): return .unreadable("its conditions: \(error.message)")
            }
        }
        return try start(firing, id: id, in: scope, connection)
    }

    /// Starts an execution whose conditions hold.
    ///
    /// - Parameter scope: Where the inputs and labels of the trigger are rendered.
    func start(_ firing: Firing, id: Execution.ID, in scope: TriggerScope, _ connection: any Connection)
        throws
        -> Fired
    {
        let (flow, trigger) = (firing.flow, firing.trigger)
        var given: OrderedMap<Value> = [:]
        if let inputs = trigger.inputs {
            switch try scope.render({ (context) throws(ExpressionError) in try inputs.render(context) }) {
            case .success(let value): given = value.mapValue ?? [:]
            case .failure(let error): return .unreadable("its inputs: \(error.message)")
            }
        }
        for (key, value) in firing.inputs { given[key] = value }
        var labels: [Label] = []
        for label in trigger.labels {
            switch try scope.render({ (context) throws(ExpressionError) in try label.value.render(context) })
            {
            case .success(let text) where !text.isEmpty: labels.append(Label(label.key, text))
            case .success: return .unreadable("the label `\(label.key)` is empty")
            case .failure(let error): return .unreadable("the label `\(label.key)`: \(error.message)")
            }
        }
        labels += firing.labels
        if !labels.contains(where: { $0.key == "system.from" }) {
            labels.append(Label("system.from", "trigger"))
        }
        var resolving = scope
        resolving.variables = Variables(
            flow.inputVariables(labels: labels, surroundings: surroundings.variables))
        let resolver = InputResolver(definitions: flow.inputs, edition: flow.edition)
        let values = given.map { (id: $0, value: GivenInput.value($1)) }
        let resolved = try resolving.render { (context) throws(ExpressionError) in
            try resolver.resolve(values, context: context, encrypt: surroundings.conceal)
        }
        switch resolved {
        case .failure(let error): return .refused([error.message])
        case .success(let resolution):
            let isLeftOut = firing.mayLeaveOutInputs && given.isEmpty
            guard resolution.faults.isEmpty || isLeftOut else {
                return .refused(resolution.faults.map(\.message))
            }
            var new = NewExecution(
                flow: flow, inputs: resolution.values, labels: labels, trigger: firing.value, id: id)
            new.callers = firing.callers
            do {
                return .started(try start(new, id: id, connection))
            } catch RequestRefused.invalid(let message) {
                return .refused([message])
            }
        }
    }

    /// An execution that has failed before it began, so that a person sees why nothing ran.
    func startFailed(
        _ firing: Firing, id: Execution.ID, _ reason: String, _ connection: any Connection
    ) throws -> ExecutionSnapshot {
        var new = NewExecution(
            flow: firing.flow, labels: firing.labels + [Label("system.from", "trigger")],
            trigger: firing.value, id: id)
        new.callers = firing.callers
        let now = surroundings.now()
        var machine = machine(of: new, id: id, at: now)
        return try begin(&machine, .startRefused(reason), at: now, connection)
    }

    /// Where the expressions of a firing trigger are rendered.
    func scope(
        of firing: Firing, id: Execution.ID, seeing variables: OrderedMap<Value> = [:],
        _ connection: any Connection
    ) -> TriggerScope {
        var known = firing.flow.inputVariables(labels: [], surroundings: surroundings.variables)
        for (name, value) in variables { known[name] = value }
        var own = firing.variables
        if own["id"] == nil { own["id"] = .string(firing.trigger.id) }
        if own["type"] == nil { own["type"] = .string(firing.trigger.type) }
        known["trigger"] = .map(own)
        if case .schedule = firing.trigger.kind { known["schedule"] = .map(firing.variables) }
        return TriggerScope(
            surroundings: surroundings, outside: outside, connection: connection, flow: firing.flow,
            execution: id, now: surroundings.now(), variables: Variables(known))
    }
}
