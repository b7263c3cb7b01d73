import ApusModel

/// A flow as a picture: nodes, the arrows between them, and the boxes around what belongs together.
struct FlowGraph {
    /// What an arrow, or the place of a node, means.
    enum Relation: String {
        case sequential = "SEQUENTIAL"
        case choice = "CHOICE"
        case error = "ERROR"
        case finally = "FINALLY"
        case afterExecution = "AFTER_EXECUTION"
        case parallel = "PARALLEL"
        case dynamic = "DYNAMIC"

        /// Whether nodes below it stand apart from the tasks proper.
        var isBranch: Bool { self == .error || self == .finally || self == .afterExecution }
    }

    struct Node {
        enum Kind {
            case start, end
            case trigger(Value)
            case task(Value, isSubflow: Bool)
        }

        /// Path of ids from `root`.
        var uid: String
        var kind: Kind
        var relation: Relation?
        /// `errors`, `finally` or `afterExecution`, where it stands in one.
        var branch: Relation?
        /// In the graph of an execution, once the task has begun.
        var run: TaskRun?
        /// The items of the loops around the run, the outermost first.
        var values: [String] = []
    }

    struct Edge {
        var source: String
        var target: String
        var relation: Relation?
        /// The branch of a choice, or the item of a loop.
        var value: String?
    }

    struct Cluster {
        var uid: String
        /// The place of the node of the flow task; `nil` for the box of the triggers.
        var node: Int?
        var branch: Relation?
        /// Also the clusters inside it, each with its start and end.
        var nodes: [String]
        /// The clusters around it, the outermost first.
        var parents: [String]
        var start: String
        var end: String
    }

    var nodes: [Node] = []
    var edges: [Edge] = []
    var clusters: [Cluster] = []
}
