internal import ApusExpressions
internal import ApusModel

/// The variables of the flow with the inputs resolved so far.
struct InputScope: VariableSource {
    let base: any VariableSource
    let inputs: Value

    func variable(_ name: String) throws(ExpressionError) -> Value? {
        name == "inputs" ? inputs : try base.variable(name)
    }

    var names: [String] { base.names.contains("inputs") ? base.names : base.names + ["inputs"] }
}

extension InputGraph.Node {
    /// Whether the default comes from a secret.
    var hidesDefault: Bool { definition.defaults?.calls.contains("secret") ?? false }
}

extension GivenInput {
    /// How it stands in messages.
    var shownText: String {
        switch self {
        case .text(let text): text
        case .value(let value): value.plainText
        case .file(_, let name): name
        }
    }
}

extension Value {
    /// Takes out what stands at a dotted path; nothing happens when there is nothing.
    mutating func remove(atDotted path: String) {
        remove(at: path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)[...])
    }

    private mutating func remove(at path: ArraySlice<String>) {
        guard let first = path.first, case .map(var entries) = self, var inner = entries[first] else {
            return
        }
        if path.count == 1 {
            entries[first] = nil
        } else {
            inner.remove(at: path.dropFirst())
            entries[first] = inner
        }
        self = .map(entries)
    }
}
