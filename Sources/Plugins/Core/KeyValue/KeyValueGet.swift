import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.kv.Get`.
struct KeyValueGet: RunnableTask {
    static let type = "io.kestra.plugin.core.kv.Get"
    static let summary = "Reads an entry of the key-value store of a namespace."
    static let outputs: [PropertySchema]? = [
        .output(
            "value", "The value with its type; nothing when the entry is missing.", .any, isRequired: false)
    ]

    @Property("The key.")
    var key: String
    @Property("Whose store; when left out that of the flow's namespace, then those above it.")
    var namespace: String?
    @Property("Whether a missing entry fails the task.")
    var errorOnMissing: Bool = false

    struct Output: TaskOutput {
        var value: Value?
        var values: OrderedMap<Value> { value.map { ["value": $0] } ?? [:] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let own = context.flow.namespace
        let place = namespace ?? own
        // A flow that names its own namespace means the same as one that names none.
        for candidate in place == own ? NamespaceName.withParents(own) : [place] {
            if let value = try await context.services.keyValues.value(of: key, in: candidate) {
                return Output(value: Self.withoutNulls(value))
            }
        }
        guard !errorOnMissing else {
            throw TaskFailure("No value found for key '\(key)' in namespace '\(place)'.")
        }
        return Output()
    }

    /// Outputs have no members that are null. Source: observed on Kestra 1.3.34.
    private static func withoutNulls(_ value: Value) -> Value {
        switch value {
        case .list(let items): .list(items.map(withoutNulls))
        case .map(let entries):
            .map(OrderedMap(entries.filter { !$0.1.isNull }.map { ($0.0, withoutNulls($0.1)) }))
        case .null, .bool, .int, .double, .string, .extended: value
        }
    }
}
