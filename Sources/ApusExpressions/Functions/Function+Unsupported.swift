extension Function {
    /// Functions of Kestra that need what Apus does not have. A template that calls one has a fault from the start.
    static let unsupported: [Function] = [
        unsupported(
            "subflow", ["namespace*", "id*", "inputs", "revision", "labels", "timeout"],
            because:
                "a template cannot start an execution; use a task of type io.kestra.plugin.core.flow.Subflow"
        ),
        unsupported(
            "credential", ["name*"],
            because:
                "there are no managed credentials; keep the token as a secret and read it with `secret()`"),
        unsupported("appLink", ["appId", "baseUrl"], because: "there are no apps to link to"),
        unsupported("parent", because: "no template extends another, the tag `extends` is not available"),
        unsupported("i18n", ["..."], because: "there are no bundles of translations"),
    ]

    private static func unsupported(_ name: String, _ parameters: [String] = [], because reason: String)
        -> Function
    {
        let refusal = "the function `\(name)` is not supported: \(reason)"
        return Function(name, parameters, refusal: refusal) { (_) throws(ExpressionError) in
            throw .failed(refusal)
        }
    }
}
