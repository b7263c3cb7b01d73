import ApusExpressions
import ApusModel

/// What the expressions of a flow trigger see: the execution that may fire it, as it was in the state it entered,
/// and `trigger`.
struct UpstreamVariables: VariableSource {
    /// Of the execution.
    let base: any VariableSource
    let state: State
    /// In place of those of the execution.
    var own: OrderedMap<Value>

    func variable(_ name: String) throws(ExpressionError) -> Value? {
        if let value = own[name] { return value }
        guard name == "execution", var execution = try base.variable(name)?.mapValue else {
            return try base.variable(name)
        }
        execution["state"] = .string(state.rawValue)
        return .map(execution)
    }

    var names: [String] { base.names + own.keys.filter { !base.names.contains($0) } }
}
