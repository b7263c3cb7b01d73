public import ApusExpressions

/// A task that holds other tasks and decides their order: a closed set.
///
/// Each answers one question when it begins: which lanes of children are there to run (`LanePlan`)? From then
/// on the machine only walks the lanes.
public enum FlowTask: Sendable {
    case sequential
    case allowFailure
    case parallel(concurrent: IntegerProperty, onFailure: ChildFailure)
    /// For each child the places, within the list of children, of those it waits for.
    case dag(waitsFor: [[Int]], concurrent: IntegerProperty, onFailure: ChildFailure)
    /// A missing condition does not hold.
    case ifElse(condition: Template?, then: [Int], otherwise: [Int])
    case switchOn(value: Template?, cases: [(name: String, tasks: [Int])], defaults: [Int]?)
    case forEach(values: TemplateTree, concurrencyLimit: IntegerProperty)
    case pause(PauseProperties)
    case loopUntil(RoundProperties)
    case workingDirectory(DirectoryProperties)
    case loop(LoopProperties)
    /// One iteration of a loop; made by it.
    case iteration
}

/// A whole number that may be written as a template.
public enum IntegerProperty: Sendable {
    case literal(Int)
    case template(Template)
}

/// What a `Pause` does besides waiting.
public struct PauseProperties: Sendable {
    public enum Behavior: String, Sendable, CaseIterable {
        case resume = "RESUME"
        case warn = "WARN"
        case fail = "FAIL"
        case cancel = "CANCEL"
    }

    /// Ends the pause by itself; `nil` waits for a person.
    public var duration: Template?
    /// What the end of `duration` means.
    public var behavior: Behavior
    /// A task to run while it waits.
    public var onPause: Int?
    /// Values to be given by the person who resumes.
    public var onResume: [InputDefinition]
}

/// The lanes of a flow task's main list: what runs one after another, and what side by side.
struct LanePlan {
    enum Shape {
        /// Every lane walks the whole list.
        case chain
        /// Lane i runs the i-th task of the list alone.
        case spread
    }

    var list: [Int]
    var shape: Shape
    var lanes: Int
    /// How many lanes may be active at once.
    var limit: Int

    static func chain(_ list: [Int]) -> LanePlan {
        LanePlan(list: list, shape: .chain, lanes: list.isEmpty ? 0 : 1, limit: 1)
    }

    /// The tasks of one lane, by position.
    func task(lane: Int, position: Int) -> Int? {
        switch shape {
        case .chain: position < list.count ? list[position] : nil
        case .spread: position == 0 && lane < list.count ? list[lane] : nil
        }
    }
}
