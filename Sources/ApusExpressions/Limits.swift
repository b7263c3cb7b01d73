/// What one rendering may cost, so that a flow cannot take the service down.
public struct RenderLimits: Hashable, Sendable {
    /// Expressions evaluated, items produced and other work in one rendering. A step takes some tens of nanoseconds.
    public var steps: Int
    /// Bytes of text in one rendering, and of any text made on the way.
    public var textBytes: Int
    /// Seconds for one `jq` filter.
    public var jqSeconds: Double

    public init(steps: Int = 5_000_000, textBytes: Int = 64 << 20, jqSeconds: Double = 2) {
        self.steps = steps
        self.textBytes = textBytes
        self.jqSeconds = jqSeconds
    }
}

/// Bounds that are the same for all renderings.
enum Limits {
    /// Brackets, conditions and blocks inside each other in a template.
    static let syntaxDepth = 100
    /// Certain mistakes in a template, such as unknown filters; each is looked up in all names to suggest another.
    static let faults = 100
    /// Operators, filters and accessors in a row.
    static let chainLength = 200
    /// Expressions evaluated inside each other, through macros and `render()` too: what the stack of a thread holds.
    static let evaluationDepth = 500
    /// Lists and maps inside each other in a value that a template makes.
    static let valueDepth = 200
    /// Bytes of text that count as a step.
    static let bytesPerStep = 16
    /// Items of a range.
    static let rangeItems = 1_000_000
    /// What compiling a `jq` program counts for, and how many are kept for further calls.
    static let jqSteps = 5000
    static let jqPrograms = 16
    /// `render()` inside `render()`.
    static let renderDepth = 16
    /// Macros and blocks that call each other.
    static let callDepth = 32
    /// Passes of recursive rendering.
    static let renderPasses = 100
    /// Steps of a regular expression search that count as one.
    static let regexStepsPerStep = 4
    /// Steps of one regular expression search.
    static let regexSteps = 2_000_000
}
