import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema

/// Which state a task of the state store means.
///
/// A state is an entry of the key-value store of the flow's namespace that holds a map.
/// Source: core-plugins, `core.state`.
struct StateProperties: PropertyGroup {
    @Property("Name of the state.")
    var name: String = "default"
    @Property("Whether all flows of the namespace share it.")
    var namespace: Bool = false
    @Property("Whether each value of a loop has a state of its own.")
    var taskrunValue: Bool = true

    /// `flow_states_name`, `states_name` for a shared one, with a hash of the loop's value behind.
    func key(_ context: TaskContext) throws -> String {
        let parts = [
            namespace ? nil : try Self.plain(context.flow.id), "states", try Self.plain(name),
            try loopValue(context),
        ]
        let key = parts.compactMap { $0 }.joined(separator: "_")
        guard KeyValueKey.isValid(key) else {
            throw TaskFailure("`\(name.prefix(100))` cannot be the name of a state: it is too long")
        }
        return key
    }

    private func loopValue(_ context: TaskContext) throws -> String? {
        guard taskrunValue, let value = context.loopValue else { return nil }
        return String(try Fingerprint.text(of: .string(value)).prefix(16))
    }

    /// A name as part of a key; one with other signs gets a hash, so that no two names meet.
    private static func plain(_ name: String) throws -> String {
        guard !KeyValueKey.isValid(name) else { return name }
        let kept = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        return "\(kept)-\(try Fingerprint.text(of: .string(name)).prefix(16))"
    }

    /// The state; `nil` when there is none.
    func read(_ context: TaskContext) async throws -> OrderedMap<Value>? {
        let store = context.services.keyValues
        return try await store.value(of: try key(context), in: context.flow.namespace)?.mapValue
    }
}
