import ApusModel

/// A variable that a template may read: `outputs.load.uri`.
public struct ReadPath: Hashable, Sendable {
    /// The name of the variable; `*` when any variable may be read (`render()`, `fetchContext()`).
    public var root: String
    /// The static keys that follow.
    public var keys: [String]
    /// False where a key follows that is known only when rendering; anything below `keys` may be read then.
    public var isExact: Bool

    public init(root: String, keys: [String] = [], isExact: Bool = true) {
        self.root = root
        self.keys = keys
        self.isExact = isExact
    }
}

extension Template {
    /// The variable paths that rendering may read, each once, in order of appearance.
    public var reads: [ReadPath] { Dependencies(of: [self]).reads }

    /// The functions that rendering may call, macros included, each once, in order of appearance.
    public var calls: [String] { Dependencies(of: [self]).calls }
}

/// What templates depend on.
struct Dependencies {
    private(set) var reads: [ReadPath] = []
    private(set) var calls: [String] = []

    init(of templates: [Template]) {
        var knownReads: Set<ReadPath> = []
        var knownCalls: Set<String> = []
        for program in templates.compactMap(\.program) {
            var walk = TemplateWalk(program)
            walk.run()
            for reference in walk.references {
                let path = ReadPath(
                    root: reference.root, keys: reference.keys, isExact: reference.isExact)
                if knownReads.insert(path).inserted { reads.append(path) }
            }
            for call in walk.calls where knownCalls.insert(call).inserted { calls.append(call) }
        }
    }
}
