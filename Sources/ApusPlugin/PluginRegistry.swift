public import ApusModel
public import ApusSchema

/// The task types of this process: how each is described and how it is run.
public struct PluginRegistry: Sendable {
    /// What a finished task gave, and the state it asks for (`nil` for success).
    public typealias Result = (values: OrderedMap<Value>, state: State?)
    /// Decodes rendered properties and runs the task.
    public typealias Runnable = @Sendable (OrderedMap<Value>, TaskContext) async throws -> Result
    /// Decodes rendered properties and computes the task.
    public typealias Inline = @Sendable (OrderedMap<Value>, InlineContext) throws(TaskFailure) -> InlineResult

    /// Decodes rendered properties and looks once.
    public typealias Poll = @Sendable (OrderedMap<Value>, TriggerContext) async throws -> Evaluation
    /// Decodes rendered properties and listens until cancelled.
    public typealias Listen = @Sendable (OrderedMap<Value>, TriggerContext, @escaping Emit) async throws ->
        Void

    /// Every type that was added.
    public private(set) var catalogue = Catalogue()
    private var runnables: [String: Runnable] = [:]
    private var inlines: [String: Inline] = [:]
    private var polls: [String: Poll] = [:]
    private var listeners: [String: Listen] = [:]

    public init() {}

    public mutating func add<T: RunnableTask>(runnable type: T.Type) {
        catalogue.add(TypeSchema(type, kind: .runnable))
        runnables[T.type] = { properties, context in
            let output = try await Self.decoded(type, properties).run(context)
            return (output.values, output.finalState)
        }
    }

    public mutating func add<T: InlineTask>(inline type: T.Type) {
        catalogue.add(TypeSchema(type, kind: .inline))
        inlines[T.type] = { (properties, context) throws(TaskFailure) in
            try Self.decoded(type, properties).run(inline: context)
        }
    }

    public mutating func add<T: PollingTrigger>(polling type: T.Type) {
        catalogue.add(TypeSchema(type, triggering: .polling))
        polls[T.type] = { properties, context in
            try await Self.decoded(type, properties).evaluate(context)
        }
    }

    public mutating func add<T: RealtimeTrigger>(realtime type: T.Type) {
        catalogue.add(TypeSchema(type, triggering: .realtime))
        listeners[T.type] = { properties, context, emit in
            try await Self.decoded(type, properties).run(context, emit: emit)
        }
    }

    /// Adds a type that is only described here: a task runner, a condition, a flow task.
    public mutating func add(_ schema: TypeSchema) { catalogue.add(schema) }

    /// How a worker runs a type, by its name of today or before; `nil` when it is not runnable here.
    public func runnable(named name: String) -> Runnable? {
        guard let type = catalogue.canonicalName(name) else { return nil }
        return runnables[type]
    }

    /// How a type is computed within a turn, by its name of today or before; `nil` when it cannot be.
    public func inline(named name: String) -> Inline? {
        guard let type = catalogue.canonicalName(name) else { return nil }
        return inlines[type]
    }

    /// How a worker evaluates a polling trigger, by its name of today or before; `nil` when it is none.
    public func polling(named name: String) -> Poll? { catalogue.canonicalName(name).flatMap { polls[$0] } }

    /// How a worker runs a realtime trigger, by its name of today or before; `nil` when it is none.
    public func realtime(named name: String) -> Listen? {
        catalogue.canonicalName(name).flatMap { listeners[$0] }
    }

    private static func decoded<T: PluginType>(
        _ type: T.Type, _ properties: OrderedMap<Value>
    ) throws(TaskFailure) -> T {
        do {
            return try decode(type, from: properties)
        } catch {
            throw TaskFailure(error.description)
        }
    }
}
