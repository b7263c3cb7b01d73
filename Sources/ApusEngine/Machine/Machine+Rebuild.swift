public import ApusModel

extension ExecutionMachine {
    /// An execution read back from the store.
    ///
    /// - Parameter stored: Its task runs with the numbers they are stored under, in that order. A run whose task
    ///   the flow no longer has is left out.
    public init(
        execution: Execution, flow: CompiledFlow, stored: [(sequence: Int, run: TaskRun)],
        surroundings: ExpressionSurroundings = ExpressionSurroundings()
    ) {
        self.init(execution: execution, flow: flow, surroundings: surroundings)
        append(stored)
        rebuild()
    }

    /// An execution read back a part at a time; what is over in loops is let go of in between.
    ///
    /// - Parameters:
    ///   - count: Iterations over that are kept at least.
    ///   - next: The next part of its task runs, as above; empty at the end.
    public init(
        execution: Execution, flow: CompiledFlow,
        surroundings: ExpressionSurroundings = ExpressionSurroundings(), keeping count: Int,
        reading next: () throws -> [(sequence: Int, run: TaskRun)]
    ) rethrows {
        self.init(execution: execution, flow: flow, surroundings: surroundings)
        while true {
            let part = try next()
            append(part)
            rebuild()
            if part.isEmpty { return }
            // What ran in a lane comes in more than one part; with its outputs, its place would be needed.
            guard flow.loopMemory.keepsNoOutputs else { continue }
            // Every lane may be over by now.
            lanesOver = runs.count
            letGo(beyond: count)
        }
    }

    private mutating func append(_ stored: [(sequence: Int, run: TaskRun)]) {
        for (sequence, run) in stored {
            nextSequence = max(nextSequence, sequence + 1)
            guard let task = flow.place(of: run.taskID) else { continue }
            if let parent = run.parentID, placeOf[parent] == nil, !isWhole {
                // What it ran in is over and was let go of, and so is this.
                letGoRuns += 1
                continue
            }
            placeOf[run.id] = runs.count
            runs.append(run)
            details.append(
                RunDetails(
                    task: task, sequence: sequence, frame: Self.top, lane: 0, position: 0,
                    storedPlan: run.plan))
        }
    }

    /// Derives frames, lanes and the steps still to take from the task runs.
    mutating func rebuild() {
        frames = [:]
        steps.clear()
        if isWhole {
            outputs = .map([:])
            scopes = [:]
            outputSecrets = []
        }
        pausedRuns = runs.count { $0.state.current == .paused }
        for place in runs.indices {
            details[place].frame = runs[place].parentID.flatMap { placeOf[$0] } ?? Self.top
            if let values = runs[place].outputs { index(values, of: place) }
        }
        guard execution.state.current != .created, execution.state.current != .queued else { return }
        var children: [Int: [Int]] = [:]
        for place in runs.indices { children[details[place].frame, default: []].append(place) }
        if isOpen {
            frames[Self.top] = restoredFrame(owner: nil, children[Self.top] ?? [])
            for place in runs.indices where holdsFrame(place) {
                frames[place] = restoredFrame(owner: place, children[place] ?? [])
            }
            for place in runs.indices where runs[place].state.current == .paused {
                guard let task = openAside(place, children[place] ?? []) else { continue }
                var frame = asideFrame(task, place)
                restoreLanes(&frame, children[place] ?? [])
                frames[place] = frame
            }
            if !isHeld { takeUp(children) }
        }
    }

    /// Whether anything of the execution may still run.
    private var isOpen: Bool {
        guard execution.state.current.isTerminal else { return true }
        guard execution.state.current != .retried, execution.endsAs == nil, !flow.afterExecution.isEmpty
        else { return false }
        guard let last = lastAfterExecution else { return false }
        return !runs.indices.contains { details[$0].task == last && runs[$0].state.current.isTerminal }
    }

    /// A flow task run that has begun and not ended; a pause, and what stopped at a breakpoint, have a frame only once
    /// they are resumed.
    private func holdsFrame(_ place: Int) -> Bool {
        guard case .flow = flow.tasks[details[place].task].kind, !isInDirectoryWork(place), !isLoading(place),
            !isStoring(place)
        else { return false }
        let state = runs[place].state.current
        return !state.isTerminal && state != .paused && state != .breakpoint
    }

    private mutating func restoredFrame(owner: Int?, _ children: [Int]) -> Frame {
        var frame = Frame(owner: owner, plan: .chain([]))
        if let owner {
            if runs[owner].plan == Self.undecided {
                frame.note(.failed)
            } else {
                (frame.plan, frame.values, frame.waiting) = storedPlan(of: owner)
            }
            frame.round = round(of: owner)
            if let loop = loop(owner) {
                frame.toleratesFailures = !loop.transmitsFailure
                frame.members = children
            }
        } else {
            frame.plan = .chain(flow.main)
        }
        let lists = self.lists(of: owner)
        let mainList = Set(frame.plan.list)
        for child in children where mainList.contains(details[child].task) {
            frame.note(runs[child].state.current)
        }
        let past = owner.flatMap { pastLanes[runs[$0].id] }
        for state in past?.states ?? [] { frame.note(state) }
        let later: [(Frame.Phase, [Int])] = [
            (.afterExecution, owner == nil ? flow.afterExecution : []), (.finally, lists.finally),
            (.errors, lists.errors),
        ]
        for (phase, list) in later {
            let members = Set(list)
            let isReached = owner == nil && phase == .afterExecution && execution.state.current.isTerminal
            guard isReached || children.contains(where: { members.contains(details[$0].task) }) else {
                continue
            }
            frame.phase = phase
            frame.plan = .chain(list)
            frame.waiting = nil
            break
        }
        restoreLanes(&frame, children)
        if frame.phase == .tasks, let past { frame.begun = max(frame.begun, past.end) }
        return frame
    }

    private mutating func restoreLanes(_ frame: inout Frame, _ children: [Int]) {
        var positions: [Int: Int] = [:]
        for (position, task) in frame.plan.list.enumerated() { positions[task] = position }
        var lanes: Set<Int> = []
        for child in children {
            guard let position = positions[details[child].task] else { continue }
            switch frame.plan.shape {
            case .spread:
                details[child].lane = position
                details[child].position = 0
            case .chain:
                let isLoop = frame.phase == .tasks && frame.round == nil
                details[child].lane = isLoop ? runs[child].iteration ?? 0 : 0
                details[child].position = position
            }
            if lanes.insert(details[child].lane).inserted { frame.waiting?.take(details[child].lane) }
        }
        frame.begun = frame.waiting == nil ? (lanes.max().map { $0 + 1 } ?? 0) : lanes.count
        frame.active = lanes.count
    }

    /// Takes the steps that the last turn before the stop did not: for lanes none of whose runs is open.
    private mutating func takeUp(_ children: [Int: [Int]]) {
        for key in frames.keys.sorted(by: >) {
            guard let frame = frames[key] else { continue }
            let list = Set(frame.plan.list)
            var lastOfLane: [Int: Int] = [:]
            var open: [Int: Set<Int>] = [:]
            for child in children[key] ?? [] where list.contains(details[child].task) {
                let lane = details[child].lane
                lastOfLane[lane] = child
                if !runs[child].state.current.isTerminal { open[lane, default: []].insert(child) }
            }
            for (lane, last) in lastOfLane.sorted(by: { $0.key < $1.key }) {
                if let open = open[lane] {
                    if open != [last] { frames[key]?.crowded[lane] = CrowdedLane(open: open, last: last) }
                } else {
                    steps.add(.ended(last))
                }
            }
            if frame.waiting == nil {
                let past = frame.phase == .tasks ? frame.owner.flatMap { pastLanes[runs[$0].id] } : nil
                for lane in (past ?? PastLanes()).missing(below: frame.begun) where lastOfLane[lane] == nil {
                    steps.add(.begin(frame: key, lane: lane))
                }
            }
            if lastOfLane.isEmpty { steps.add(.advance(key)) }
        }
    }
}
