import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema
import ApusYAML

/// Source: core-plugins, `core.templating.TemplatedTask`.
struct TemplatedTask: RunnableTask {
    static let type = "io.kestra.plugin.core.templating.TemplatedTask"
    static let aliases = ["io.kestra.core.tasks.templating.TemplatedTask"]
    static let summary = "Runs a task whose definition is rendered when it runs."
    static let readsAllVariables = true

    /// What only a task of a flow has: for the task inside it counts where it is given to this one.
    private static let outer = [
        "timeout", "retry", "runIf", "when", "allowFailure", "allowWarning", "logLevel", "logToFile",
        "disabled",
        "taskCache", "workerGroup", "workerSelector", "assets", "pluginDefaultsRef",
    ]

    struct Output: TaskOutput {
        var values: OrderedMap<Value>
        var finalState: State?
    }

    @Property("The definition of the task, as YAML. It must not hold other tasks.")
    var spec: String

    func run(_ context: TaskContext) async throws -> Output {
        var properties = try definition()
        guard let type = properties["type"]?.stringValue else {
            throw TaskFailure("`spec` must be a task with a `type`")
        }
        guard type != Self.type, !Self.aliases.contains(type) else {
            throw TaskFailure("The templated task cannot be of type '\(Self.type)'")
        }
        for key in ["id", "type", "description", "version"] { properties[key] = nil }
        for key in Self.outer where properties[key] != nil {
            context.log("`\(key)` has no effect within `spec`; give it to the task itself", at: .warn)
            properties[key] = nil
        }
        let result = try await context.run(type, properties)
        return Output(values: result.values, finalState: result.state)
    }

    private func definition() throws(TaskFailure) -> OrderedMap<Value> {
        let root: Value
        do throws(Fault) {
            root = try YAML.parse(spec).root
        } catch {
            throw TaskFailure("`spec` is not YAML: \(error.line)")
        }
        guard let properties = root.mapValue else {
            throw TaskFailure("`spec` must be a task, found \(root.kind)")
        }
        return properties
    }
}
