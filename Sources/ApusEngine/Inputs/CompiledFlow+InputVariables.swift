public import ApusModel

extension CompiledFlow {
    /// What expressions of inputs see before there is an execution.
    public func inputVariables(labels given: [Label], surroundings: OrderedMap<Value>) -> OrderedMap<Value> {
        var variables = surroundings
        variables["flow"] = [
            "id": .string(reference.id), "namespace": .string(reference.namespace),
            "revision": .int(Int64(reference.revision)), "tenantId": "main",
        ]
        variables["vars"] = self.variables
        var labels: Value = .map([:])
        for label in self.labels + given { labels.set(.string(label.value), atDotted: label.key) }
        variables["labels"] = labels
        return variables
    }
}
