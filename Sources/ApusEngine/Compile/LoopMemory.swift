import ApusExpressions

/// What of a flow's loops need not stay in memory once it is over: nothing of the flow asks for it again.
struct LoopMemory: Sendable {
    /// Places of loops whose iterations leave memory when they are over.
    private(set) var loops: Set<Int> = []
    /// Tasks inside them whose outputs no expression reads.
    private(set) var unread: Set<Int> = []
    /// Whether those are all tasks inside them.
    private(set) var keepsNoOutputs = false

    /// Keeps everything.
    init() {}

    /// - Parameter reads: What all expressions of the flow may read.
    init(_ tasks: [CompiledTask], reads: [ReadPath]) {
        // `tasks` are the states of all task runs.
        guard !reads.contains(where: { $0.root == "*" || $0.root == "tasks" }) else { return }
        let outputs = reads.filter { $0.root == "outputs" }
        let readsAll = outputs.contains { $0.keys.isEmpty }
        var named = Set(outputs.compactMap(\.keys.first))
        for task in tasks {
            // The machine itself looks up how many batches there are.
            if case .subflow(let call) = task.kind, let batches = call.batches { named.insert(batches) }
        }
        for (place, task) in tasks.enumerated() {
            guard case .flow(let kind) = task.kind, kind.isLoop else { continue }
            // A round, and a directory that is lost, are forgotten with all that ran in them.
            if !Self.ancestors(of: place, tasks).contains(where: { Self.isForgotten(tasks[$0]) }) {
                loops.insert(place)
            }
        }
        guard !readsAll else { return }
        let inside = tasks.indices.filter { Self.ancestors(of: $0, tasks).contains(where: loops.contains) }
        unread = Set(inside.filter { !named.contains(tasks[$0].id) })
        keepsNoOutputs = unread.count == inside.count
    }

    private static func ancestors(of place: Int, _ tasks: [CompiledTask]) -> [Int] {
        var result: [Int] = []
        var current = tasks[place].parent
        while let here = current {
            result.append(here)
            current = tasks[here].parent
        }
        return result
    }

    private static func isForgotten(_ task: CompiledTask) -> Bool {
        switch task.kind {
        case .flow(.loopUntil), .flow(.workingDirectory): true
        case .flow, .inline, .runnable, .subflow: false
        }
    }
}

extension FlowTask {
    /// Whether it runs its tasks for each of many values.
    fileprivate var isLoop: Bool {
        switch self {
        case .forEach, .loop: true
        case .sequential, .allowFailure, .parallel, .dag, .ifElse, .switchOn, .pause, .loopUntil,
            .workingDirectory, .iteration:
            false
        }
    }
}
