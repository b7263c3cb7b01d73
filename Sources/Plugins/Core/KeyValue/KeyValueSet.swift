import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.kv.Set`.
struct KeyValueSet: RunnableTask {
    static let type = "io.kestra.plugin.core.kv.Set"
    static let summary = "Writes an entry of the key-value store of a namespace."
    static let outputs: [PropertySchema]? = []

    @Property("The key: letters, digits, `.`, `_` and `-`.")
    var key: String
    @Property("The value; one that is a single expression keeps its type.", keepsType: true)
    var value: Value
    @Property("What the value is turned into before it is stored.")
    var kvType: KeyValueType?
    @Property("What the entry is for.")
    var kvDescription: String?
    @Property("Whose store; that of the flow's namespace when left out.")
    var namespace: String?
    @Property("Whether an entry that is there already is replaced; if not, the task fails.")
    var overwrite: Bool = true
    @Property("How long the entry lives, such as `P1D`; for ever when left out.")
    var ttl: ISODuration?

    func run(_ context: TaskContext) async throws -> NoOutput {
        if let ttl, ttl <= .zero { throw TaskFailure("`ttl` must be longer than no time, found \(ttl.iso)") }
        let stored = try kvType?.converted(value) ?? value
        let isSet = try await context.services.keyValues.set(
            KeyValueEntry(key, stored, timeToLive: ttl, description: kvDescription),
            in: namespace ?? context.flow.namespace, replacing: overwrite)
        guard isSet else {
            throw TaskFailure(
                "Cannot set value for key '\(key)'. Key already exists and `overwrite` is set to `false`.")
        }
        return NoOutput()
    }
}
