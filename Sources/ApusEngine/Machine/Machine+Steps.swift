import ApusModel

extension ExecutionMachine {
    /// Carries out what follows from an event, step by step, until nothing is left to decide.
    mutating func settle(_ moment: Moment) throws(MissingFacts) {
        while let step = steps.next() {
            guard !isHeld else {
                // Held by a person: on resume the frames are rebuilt from the task runs, and with them these steps.
                steps.clear()
                return
            }
            switch step {
            case .ended(let place): try laneGoesOn(after: place, moment)
            case .begin(let frame, let lane): try beginLane(lane, frame, moment)
            case .advance(let frame): try advance(frame, moment)
            }
        }
    }

    /// A person paused the whole execution; no task run is paused itself.
    var isHeld: Bool {
        execution.state.current == .paused && pausedRuns == 0
    }

    private mutating func laneGoesOn(after place: Int, _ moment: Moment) throws(MissingFacts) {
        guard !isLeftOver(place), let before = frames[details[place].frame] else { return }
        frames[details[place].frame]?.note(runs[place].state.current)
        guard let last = lastOfLane(ended: place) else { return }
        let detail = details[last]
        let failed = Self.stops(runs[last].state.current)
        if !failed || !before.stopsOnFailure, mayBegin(in: detail.frame),
            let (position, next) = try task(
                of: before.plan, lane: detail.lane, from: detail.position + 1, detail.frame, moment)
        {
            return try begin(
                task: next, frame: detail.frame, lane: detail.lane, position: position, moment)
        }
        frames[detail.frame]?.active -= 1
        if detail.frame != Self.top, letsGo(detail.frame) { lanesOver += 1 }
        if !failed { frames[detail.frame]?.waiting?.done(detail.lane) }
        if isIteration(place) {
            try iterationEnded(place, moment)
        } else if failed {
            try childFailed(in: detail.frame, moment)
        }
        steps.add(.advance(detail.frame))
    }

    /// The run from which the lane of an ended run goes on; `nil` while another run of the lane is open.
    private mutating func lastOfLane(ended place: Int) -> Int? {
        let detail = details[place]
        guard var lane = frames[detail.frame]?.crowded[detail.lane] else { return place }
        lane.open.remove(place)
        frames[detail.frame]?.crowded[detail.lane] = lane.open.isEmpty ? nil : lane
        return lane.open.isEmpty ? lane.last : nil
    }

    static func stops(_ state: State) -> Bool {
        state == .failed || state == .killed || state == .cancelled
    }

    /// Whether the frame may begin more children in its present list.
    private func mayBegin(in frame: Int) -> Bool {
        guard let frame = frames[frame] else { return false }
        if execution.state.current == .killing { return false }
        return !frame.stopsOnFailure || !Self.stops(frame.worst)
    }

    private mutating func advance(_ key: Int, _ moment: Moment) throws(MissingFacts) {
        while let lane = nextLane(in: key) {
            try beginLane(lane, key, moment)
        }
        guard let frame = frames[key], frame.active == 0 else { return }
        try listIsOver(key, frame, moment)
    }

    private mutating func beginLane(_ lane: Int, _ key: Int, _ moment: Moment) throws(MissingFacts) {
        guard mayBegin(in: key), let plan = frames[key]?.plan,
            let (position, task) = try task(of: plan, lane: lane, from: 0, key, moment)
        else { return }
        frames[key]?.active += 1
        try begin(task: task, frame: key, lane: lane, position: position, moment)
    }

    /// The next task of a lane at or behind a place, with its place; `nil` at the end of the lane.
    private mutating func task(
        of plan: LanePlan, lane: Int, from position: Int, _ frame: Int, _ moment: Moment
    ) throws(MissingFacts) -> (Int, Int)? {
        let position = try opened(position, in: frame, moment)
        return plan.task(lane: lane, position: position).map { (position, $0) }
    }

    /// Takes the next lane that may begin now.
    private mutating func nextLane(in key: Int) -> Int? {
        guard mayBegin(in: key), let frame = frames[key], frame.active < frame.plan.limit else { return nil }
        if frame.waiting != nil, frame.phase == .tasks {
            guard let lane = frames[key]?.waiting?.take() else { return nil }
            frames[key]?.begun += 1
            return lane
        }
        guard frame.begun < frame.plan.lanes else { return nil }
        frames[key]?.begun += 1
        return frame.begun
    }

    /// The order of lists: tasks, then errors when they failed, then finally; at the top afterExecution comes last.
    private mutating func listIsOver(_ key: Int, _ frame: Frame, _ moment: Moment) throws(MissingFacts) {
        if frame.isAside { return asideIsOver(key, moment) }
        let lists = self.lists(of: frame.owner)
        let isKilled = execution.state.current == .killing
        switch frame.phase {
        case .tasks where holdsDirectory(key):
            leaveDirectory(key, frame)
        case .tasks where isKilled:
            try finish(key, moment)
        case .tasks where frame.round != nil && !Self.stops(frame.worst):
            try roundIsOver(key, frame, moment)
        case .tasks where frame.worst == .failed && !lists.errors.isEmpty:
            enter(.errors, lists.errors, key)
        case .tasks where frame.worst != .cancelled && !lists.finally.isEmpty,
            .errors where !isKilled && !lists.finally.isEmpty && !(key == Self.top && isExiting):
            enter(.finally, lists.finally, key)
        case .tasks, .errors, .finally:
            try finish(key, moment)
        case .afterExecution:
            frames = [:]
            commands.append(.ended(execution.state.current))
        }
    }

    func lists(of owner: Int?) -> TaskLists {
        guard let owner else {
            return TaskLists(tasks: flow.main, errors: flow.errors, finally: flow.finally)
        }
        return flow.tasks[details[owner].task].lists
    }

    mutating func enter(_ phase: Frame.Phase, _ list: [Int], _ key: Int) {
        guard var frame = frames[key] else { return }
        frame.phase = phase
        frame.plan = .chain(list)
        frame.begun = 0
        frame.active = 0
        frames[key] = frame
        steps.add(.advance(key))
    }
}
