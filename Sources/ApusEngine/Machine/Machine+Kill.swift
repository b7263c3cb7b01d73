import ApusModel

extension ExecutionMachine {
    /// Ends the execution: what waits is KILLED at once, what runs is told to stop and reports its end.
    ///
    /// - Parameter state: The final state of the execution; KILLED unless it is given.
    mutating func kill(_ moment: Moment, endingAs state: State? = nil) {
        guard !execution.state.current.isTerminal, execution.state.current != .killing else { return }
        let wasHeld = isHeld
        enter(.killing, moment)
        execution.endsAs = state
        if wasHeld { rebuild() }
        guard frames[Self.top] != nil else {
            let state = state ?? .killed
            closeOpenRuns(as: .killed, moment)
            enter(state, moment)
            execution.endsAs = nil
            commands.append(.reached(state))
            commands.append(.ended(state))
            return
        }
        for place in runs.indices where !runs[place].state.current.isTerminal && frames[place] == nil {
            if runs[place].state.current == .running {
                if hasSubflows(place) {
                    killSubflows(place, moment)
                    continue
                }
                commands.append(.cancel(runs[place].id, attempt: runs[place].attempts.count))
            } else {
                if runs[place].state.current == .paused { pausedRuns -= 1 }
                end(place, .killed, moment)
            }
        }
        // Frames with no child left alive (a held execution) have nobody else to wake them.
        for key in frames.keys.sorted(by: >) where frames[key]?.active == 0 { steps.add(.advance(key)) }
    }
}
