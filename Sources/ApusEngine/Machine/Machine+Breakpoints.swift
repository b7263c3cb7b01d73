import ApusModel

extension ExecutionMachine {
    /// Whether something waits at a breakpoint. One in `afterExecution` does so in an execution that has ended.
    public var isAtBreakpoint: Bool {
        execution.state.current == .breakpoint || runs.contains { $0.state.current == .breakpoint }
    }

    /// Stops a task run that has a breakpoint; what runs beside it goes on.
    mutating func stopsAtBreakpoint(_ place: Int, _ moment: Moment) -> Bool {
        guard !execution.breakpoints.isEmpty, execution.state.current != .killing, hasBreakpoint(place) else {
            return false
        }
        runs[place].state.enter(.breakpoint, at: moment.now)
        changes.note(place)
        if !execution.state.current.isTerminal { enter(.breakpoint, moment) }
        return true
    }

    private func hasBreakpoint(_ place: Int) -> Bool {
        execution.breakpoints.contains { breakpoint in
            breakpoint.taskID == runs[place].taskID
                && (breakpoint.value == nil || breakpoint.value == item(of: place))
        }
    }

    /// The item of the nearest loop around a run.
    private func item(of place: Int) -> String? {
        var current: Int? = place
        while let here = current {
            if let value = runs[here].value { return value }
            current = runs[here].parentID.flatMap { placeOf[$0] }
        }
        return nil
    }

    /// Goes on with every task run that stopped.
    ///
    /// - Parameter breakpoints: In place of those there are; `nil` keeps them.
    mutating func passBreakpoints(_ breakpoints: [Breakpoint]?, _ moment: Moment) throws(MissingFacts) {
        guard isAtBreakpoint else { return }
        if let breakpoints {
            execution.breakpoints = breakpoints
            changes.execution = true
        }
        if execution.state.current == .breakpoint { enter(.running, moment) }
        for place in runs.indices where runs[place].state.current == .breakpoint {
            try beginAgain(place, moment)
        }
    }
}
