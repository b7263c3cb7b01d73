import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema

extension JobRun {
    /// Runs another task in the place of the job's, with properties as a flow writes them.
    func runInner(
        _ type: String, _ properties: OrderedMap<Value>, _ context: TaskContext, _ metrics: Metrics,
        _ rendering: JobRendering
    ) async throws -> PluginRegistry.Result {
        guard let schema = registry.catalogue.schema(named: type) else { throw unknownType(type) }
        guard [.runnable, .inline].contains(schema.kind) else {
            throw TaskFailure("The templated task must be a runnable task, `\(type)` is none")
        }
        guard schema.type != registry.catalogue.canonicalName(job.type) else {
            throw TaskFailure("The templated task cannot be of type '\(schema.type)'")
        }
        // What the task renders itself stays as it is.
        let own = schema.properties.filter { !$0.isDynamic }.map(\.name)
        var rendered = properties
        for name in own { rendered[name] = nil }
        let (tree, faults) = TemplateTree.compile(.map(rendered), edition: job.edition, at: ValuePath())
        let wrong =
            faults.map { "\($0.0): \($0.1.message)" }
            + schema.validate(
                properties, at: ValuePath(), positions: PositionMap(), catalogue: registry.catalogue
            )
            .filter { $0.severity == .error }.map(\.line)
        guard wrong.isEmpty else { throw TaskFailure(wrong.joined(separator: "\n")) }
        var given = try await rendering.value(tree).mapValue ?? [:]
        for name in own { given[name] = properties[name] }
        let result = try await run(type, given, context, metrics, now())
        return (result.values, result.state)
    }
}
