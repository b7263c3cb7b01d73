import ApusModel

extension Function {
    /// Functions that render, and that show what there is to render with.
    static let rendering: [Function] = [
        Function("render", ["toRender*", "recursive"], reads: ["*"]) { (call) throws(ExpressionError) in
            try refuseInRecursion(call, "render")
            let repeatedly = try call.flag(1, default: true)
            return try call.evaluator.renderNested(call[0] ?? .null, repeatedly: repeatedly)
        },
        Function("renderOnce", ["toRender*"], reads: ["*"]) { (call) throws(ExpressionError) in
            try refuseInRecursion(call, "renderOnce")
            return try call.evaluator.renderNested(call[0] ?? .null, repeatedly: false)
        },
        Function("printContext", reads: ["*"]) { (call) throws(ExpressionError) in
            try call.evaluator.everything()
        },
        Function("fetchContext", reads: ["*"]) { (call) throws(ExpressionError) in
            try call.evaluator.everything()
        },
    ]

    /// Where every result is rendered again anyway there are no such functions.
    private static func refuseInRecursion(_ call: Arguments, _ name: String) throws(ExpressionError) {
        guard call.context.recursive else { return }
        throw ExpressionError(
            .unknownName(name, suggestion: nil),
            "\(call.subject) does not exist where all texts are rendered recursively")
    }
}
