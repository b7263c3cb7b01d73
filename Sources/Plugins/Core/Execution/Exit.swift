import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.Exit`.
struct Exit: InlineTask {
    static let type = "io.kestra.plugin.core.execution.Exit"
    static let summary = "Ends the execution at once, in a state of the author's choice."
    static let outputs: [PropertySchema]? = []

    enum FinalState: String, Decodable, CaseIterable {
        case success = "SUCCESS"
        case warning = "WARNING"
        case killed = "KILLED"
        case failed = "FAILED"
        case cancelled = "CANCELLED"

        var state: State {
            switch self {
            case .success: .success
            case .warning: .warning
            case .killed: .killed
            case .failed: .failed
            case .cancelled: .cancelled
            }
        }
    }

    @Property(
        "The final state of the execution, this task and those around it. Only KILLED stops what runs beside it."
    )
    var state: FinalState = .success

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        InlineResult(effects: [.exit(state.state)])
    }
}
