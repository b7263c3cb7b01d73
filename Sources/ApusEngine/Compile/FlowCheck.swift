public import ApusExpressions
import ApusModel

/// What must hold before an execution of a flow begins: an entry of its `checks`.
public struct FlowCheck: Sendable {
    /// What becomes of the execution when the check fails, the mildest first.
    public enum Behavior: String, Hashable, Sendable, CaseIterable, Comparable {
        /// It begins all the same.
        case createExecution = "CREATE_EXECUTION"
        /// It is created and FAILED, and nothing of it runs.
        case failExecution = "FAIL_EXECUTION"
        /// There is none.
        case blockExecution = "BLOCK_EXECUTION"

        private var rank: Int {
            switch self {
            case .createExecution: 0
            case .failExecution: 1
            case .blockExecution: 2
            }
        }

        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    }

    /// How clients show the message.
    public enum Style: String, Hashable, Sendable, CaseIterable {
        case error = "ERROR"
        case success = "SUCCESS"
        case warning = "WARNING"
        case info = "INFO"
    }

    /// Must give the boolean true; a text, even `true`, does not.
    public var condition: Template
    /// What a person is told when it fails.
    public var message: String
    public var style: Style
    public var behavior: Behavior
}

/// Reads a flow's `checks`.
struct FlowCheckReader {
    private(set) var checks: [FlowCheck] = []
    private(set) var faults: [Fault] = []
    private(set) var templates: [PlacedTemplate] = []

    init(_ value: Value?, positions: PositionMap, edition: Edition) {
        let list = PropertyList(value, at: "checks", positions: positions, edition: edition)
        faults = list.faults
        for var reader in list.readers {
            reader.refuseUnknown(
                besides: ["condition", "when", "message", "style", "behavior"],
                of: "io.kestra.core.models.flows.check.Check")
            let condition = Self.condition(&reader)
            let message = reader.required("message") { $0.text("message") }
            let style = reader.choice("style", FlowCheck.Style.self) ?? .info
            let behavior = reader.choice("behavior", FlowCheck.Behavior.self) ?? .blockExecution
            if let condition, condition.isLiteral {
                let place = reader.path.key(reader.given("when") != nil ? "when" : "condition")
                faults.append(
                    Fault(
                        .warning,
                        "`\(condition.source)` is a text, and only the boolean true lets an execution begin",
                        at: place, position: positions.position(of: place),
                        remedy: "write an expression such as {{ inputs.name == 'x' }}"))
            }
            if let condition, let message {
                checks.append(
                    FlowCheck(condition: condition, message: message, style: style, behavior: behavior))
            }
            faults += reader.faults
            templates += reader.placedTemplates
        }
    }

    /// `condition`, or `when` as the second edition writes it.
    private static func condition(_ reader: inout PropertyReader) -> Template? {
        if reader.given("condition") != nil, reader.given("when") != nil {
            reader.fault("`condition` and `when` mean the same", at: "condition", remedy: "keep one of them")
            return nil
        }
        let usual = reader.edition == .two ? "when" : "condition"
        let key = ["when", "condition"].first { reader.given($0) != nil } ?? usual
        guard let value = reader.given(key), value != "" else {
            reader.fault(
                "must not be null", at: key, remedy: "add `condition`, or `when` as edition 2 calls it")
            return nil
        }
        return reader.template(key)
    }
}
