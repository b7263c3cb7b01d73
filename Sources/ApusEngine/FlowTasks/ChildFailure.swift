public import ApusExpressions
import ApusModel
import ApusSchema

/// What the failure of one child means for its running siblings.
public struct ChildFailure: Sendable {
    public enum Answer: String, Sendable, CaseIterable {
        /// They go on to their end; nothing new begins.
        case proceed = "CONTINUE"
        case cancel = "CANCEL"
        case fail = "FAIL"
    }

    /// As written; `nil` for the default.
    public var written: Template?
    public var fallback: Answer
}

extension FlowTaskType {
    static func onChildFailure(_ fallback: ChildFailure.Answer) -> PropertySchema {
        property(
            "onChildFailure", "What the failure of one task means for those that run beside it.",
            .enumeration(ChildFailure.Answer.allCases.map(\.rawValue)), default: .string(fallback.rawValue))
    }

    static func childFailure(_ compiling: inout Compiling, _ fallback: ChildFailure.Answer) -> ChildFailure {
        ChildFailure(written: compiling.reader.template("onChildFailure"), fallback: fallback)
    }
}
