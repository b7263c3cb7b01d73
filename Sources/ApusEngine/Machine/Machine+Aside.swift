import ApusModel

/// What runs beside a pause: `onPause`.
extension ExecutionMachine {
    mutating func beginAside(_ task: Int, _ place: Int) {
        frames[place] = asideFrame(task, place)
        steps.add(.advance(place))
    }

    func asideFrame(_ task: Int, _ place: Int) -> Frame {
        var frame = Frame(owner: place, plan: .chain([task]))
        frame.isAside = true
        return frame
    }

    /// The task that runs beside a pause, or is to begin since a restart; `nil` when there is none, or it has ended.
    func openAside(_ place: Int, _ children: [Int]) -> Int? {
        guard runs[place].state.current == .paused,
            case .flow(.pause(let pause)) = flow.tasks[details[place].task].kind, let task = pause.onPause
        else { return nil }
        let beside = children.last { details[$0].task == task }
        return beside.map { runs[$0].state.current.isTerminal } == true ? nil : task
    }

    /// The outermost pause that a task run runs beside; `nil` for other task runs.
    func pause(beside place: Int) -> Int? {
        var found: Int?
        var current = place
        while let owner = runs[current].parentID.flatMap({ placeOf[$0] }) {
            if case .flow(.pause(let pause)) = flow.tasks[details[owner].task].kind,
                pause.onPause == details[current].task
            {
                found = owner
            }
            current = owner
        }
        return found
    }

    /// It has ended; what became of it changes nothing. A pause that was killed meanwhile ends now.
    mutating func asideIsOver(_ key: Int, _ moment: Moment) {
        frames[key] = nil
        guard execution.state.current == .killing, runs[key].state.current == .paused else { return }
        pausedRuns -= 1
        end(key, .killed, moment)
    }

    /// The pause is over before what runs beside it.
    mutating func endAside(_ place: Int, _ moment: Moment) {
        guard frames[place]?.isAside == true else { return }
        endOpen(in: place, .killed, moment)
        frames[place] = nil
    }
}
