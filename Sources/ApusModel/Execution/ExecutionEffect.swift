/// A change of its execution that a task asks for. It is made in the transaction that records the task's result, and
/// only when that result counts.
public enum ExecutionEffect: Hashable, Sendable {
    /// Adds labels; one whose key is there already takes the new value.
    case addLabels([Label])
    /// Adds variables, maps merged at every depth. Without `overwrite` none of the names may be there already.
    case setVariables(OrderedMap<Value>, overwrite: Bool)
    /// Removes variables: names, or dotted paths into them. Unless `ignoreMissing`, each must be there.
    case unsetVariables([String], ignoreMissing: Bool)
    /// Ends the execution now, in this final state: SUCCESS, WARNING, FAILED, CANCELLED or KILLED.
    case exit(State)
}
