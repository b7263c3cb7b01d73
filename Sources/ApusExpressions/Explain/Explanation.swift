public import ApusModel

/// How a template came to its result: each step of every expression with its value, in the order of evaluation.
///
/// The steps are those of the evaluator itself, which tells of them on the way; nothing is evaluated twice.
public struct Explanation: Hashable, Sendable {
    /// At most this many steps are kept; `omitted` counts the rest.
    public static let maxSteps = 1000
    /// So many rounds of a loop are shown.
    public static let shownIterations = 5

    public var steps: [Step]
    /// How many steps were left out after `maxSteps`.
    public var omitted: Int
    /// The text the template renders to, or why it does not.
    public var result: Result<String, ExpressionError>
}

extension Explanation {
    /// What happened at one place of the template.
    public struct Step: Hashable, Sendable {
        /// Where it begins.
        public var position: SourcePosition
        /// The text of the template at this place, in one line, cut after 120 characters: `inputs.n + 1`.
        public var source: String
        /// How many loops are around it.
        public var level: Int
        public var outcome: Outcome
    }

    public enum Outcome: Hashable, Sendable {
        case value(Preview)
        /// There is no such variable or attribute, where the template allows for that.
        case undefined
        /// A branch or operand that was not needed.
        case notEvaluated
        /// The branch of a condition that was chosen.
        case taken
        /// A round of a loop, from 1, and the item it is about.
        case iteration(Int, Preview)
        /// Rounds of a loop that are not shown; 0 when the loop had none at all.
        case furtherIterations(Int)
        /// What went wrong here.
        case failed(String)
    }

    /// A value as JSON, cut to a bound.
    public struct Preview: Hashable, Sendable {
        /// Unicode scalars of `text`, at most.
        public static let maxCharacters = 200

        /// JSON, or the beginning of it.
        public var text: String
        /// How large the whole value is (`1200 items`, `70000 bytes`) when `text` is only its beginning.
        public var size: String?
    }
}
