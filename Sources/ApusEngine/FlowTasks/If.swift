import ApusExpressions

extension FlowTaskType {
    static let ifElse = FlowTaskType(
        "io.kestra.plugin.core.flow.If", "Runs `then` when a condition holds, else `else`.",
        properties: [
            property(
                "condition", "False for `false`, `0`, `-0`, an empty text and null; true for all else.", .any),
            list("then", "Tasks to run when the condition holds.", isRequired: true),
            list("else", "Tasks to run when it does not."),
        ],
        outputs: [.output("evaluationResult", "Whether the condition held.", .boolean)]
    ) { compiling in
        let condition = compiling.reader.template("condition")
        let then = compiling.children("then")
        let otherwise = compiling.children("else")
        return .flow(.ifElse(condition: condition, then: then, otherwise: otherwise))
    }
}
