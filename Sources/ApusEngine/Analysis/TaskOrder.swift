/// When tasks of a flow run, seen from each other.
struct TaskOrder {
    /// Whether what a task gives can be there when an expression of another one is rendered.
    enum Answer: Hashable {
        /// It runs before, or may have run.
        case before
        /// They run at the same time: it is there or not.
        case beside
        case after
        /// Only one of the two runs: they stand in different branches of this flow task.
        case otherBranch(of: Int)
        /// The expression is of a flow task, and the other task stands inside it.
        case inside
        case itself
        /// It is disabled.
        case never
    }

    /// The list a task stands in.
    private enum List: Hashable {
        case tasks
        /// A branch of an `If` or a `Switch`.
        case branch(Int)
        case errors
        case finally
        case afterExecution

        var rank: Int {
            switch self {
            case .tasks, .branch: 0
            case .errors: 1
            case .finally: 2
            case .afterExecution: 3
            }
        }
    }

    private struct Place {
        var parent: Int?
        var list: List
        var position: Int
    }

    private let tasks: [CompiledTask]
    private var places: [Int: Place] = [:]

    init(_ tasks: [CompiledTask], main: TaskLists, afterExecution: [Int]) {
        self.tasks = tasks
        note(main, parent: nil)
        note(afterExecution, .afterExecution, parent: nil)
        for (index, task) in tasks.enumerated() {
            note(task.lists, parent: index)
            switch task.kind {
            case .flow(.pause(let pause)):
                note(pause.onPause.map { [$0] } ?? [], .tasks, parent: index)
            case .flow(.ifElse(_, let then, let otherwise)):
                note(then, .branch(0), parent: index)
                note(otherwise, .branch(1), parent: index)
            case .flow(.switchOn(_, let cases, let defaults)):
                for (number, branch) in (cases.map(\.tasks) + [defaults ?? []]).enumerated() {
                    note(branch, .branch(number), parent: index)
                }
            case .flow, .inline, .runnable, .subflow: break
            }
        }
    }

    private mutating func note(_ lists: TaskLists, parent: Int?) {
        note(lists.tasks, .tasks, parent: parent)
        note(lists.errors, .errors, parent: parent)
        note(lists.finally, .finally, parent: parent)
    }

    private mutating func note(_ list: [Int], _ kind: List, parent: Int?) {
        for (position, task) in list.enumerated() {
            places[task] = Place(parent: parent, list: kind, position: position)
        }
    }

    /// The loops around a task, the nearest first.
    func loops(around task: Int) -> [Int] { ancestors(of: task).filter(isLoop) }

    /// Whether a task runs in an iteration of a `Loop`, which gives it an `item`.
    func hasItem(_ task: Int) -> Bool {
        ([task] + ancestors(of: task)).contains { index in
            if case .flow(.iteration) = tasks[index].kind { true } else { false }
        }
    }

    /// Whether a task stands directly among the tasks of a loop, and thus runs with the item as its value.
    func runsForItem(_ task: Int) -> Bool {
        guard let place = places[task], let parent = place.parent, place.list == .tasks else { return false }
        if case .flow(.workingDirectory) = tasks[parent].kind { return runsForItem(parent) }
        return isLoop(parent)
    }

    /// The flow tasks around a task, the nearest first.
    func ancestors(of task: Int) -> [Int] {
        var result: [Int] = []
        var current = places[task]?.parent
        while let index = current {
            result.append(index)
            current = places[index]?.parent
        }
        return result
    }

    /// - Parameters:
    ///   - reader: The task whose expression is rendered; `nil` for the outputs of the flow.
    ///   - task: The task whose outputs it reads.
    func answer(for reader: Int?, reading task: Int) -> Answer {
        guard isReached(task) else { return .never }
        let path = [task] + ancestors(of: task)
        guard let reader else {
            return path.last.flatMap { places[$0]?.list } == .afterExecution ? .after : .before
        }
        if task == reader { return loops(around: task).isEmpty ? .itself : .before }
        let readerPath = [reader] + ancestors(of: reader)
        // A flow task gives what it decided before its children run.
        if readerPath.contains(task) { return .before }
        if path.contains(reader) {
            // A loop with a condition looks at it after its tasks have run.
            switch tasks[reader].kind {
            case .flow(.loopUntil), .flow(.iteration): return .before
            case .flow, .inline, .runnable, .subflow: return .inside
            }
        }
        // Where their ways part.
        let common = path.first(where: readerPath.contains)
        if let common, ([common] + ancestors(of: common)).contains(where: isLoop) { return .before }
        guard let branch = path.prefix(while: { $0 != common }).last.flatMap({ places[$0] }),
            let readerBranch = readerPath.prefix(while: { $0 != common }).last.flatMap({ places[$0] })
        else { return .never }
        if branch.list.rank != readerBranch.list.rank {
            return branch.list.rank < readerBranch.list.rank ? .before : .after
        }
        if branch.list != readerBranch.list { return common.map { .otherBranch(of: $0) } ?? .after }
        return order(of: branch.position, before: readerBranch.position, in: branch.list, of: common)
    }

    /// Whether a task stands in a list that runs: nothing around it is disabled.
    func isReached(_ task: Int) -> Bool {
        guard let place = places[task], !tasks[task].isDisabled else { return false }
        return place.parent.map(isReached) ?? true
    }

    private func isLoop(_ task: Int) -> Bool {
        if case .flow(.forEach) = tasks[task].kind { true } else { false }
    }

    private func order(of position: Int, before reader: Int, in list: List, of owner: Int?) -> Answer {
        let inTurn: Answer = position < reader ? .before : .after
        guard list == .tasks, let owner, case .flow(let task) = tasks[owner].kind else { return inTurn }
        switch task {
        case .parallel(.literal(1), _): return inTurn
        case .parallel: return .beside
        case .dag(let waitsFor, _, _):
            if Self.waits(reader, for: position, waitsFor) { return .before }
            return Self.waits(position, for: reader, waitsFor) ? .after : .beside
        case .sequential, .allowFailure, .ifElse, .switchOn, .forEach, .pause, .loopUntil,
            .workingDirectory, .loop, .iteration:
            return inTurn
        }
    }

    private static func waits(_ task: Int, for other: Int, _ waitsFor: [[Int]]) -> Bool {
        var open = [task]
        var seen: Set<Int> = []
        while let next = open.popLast() {
            guard next < waitsFor.count, seen.insert(next).inserted else { continue }
            if waitsFor[next].contains(other) { return true }
            open += waitsFor[next]
        }
        return false
    }
}
