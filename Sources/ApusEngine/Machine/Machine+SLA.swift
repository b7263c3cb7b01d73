import ApusExpressions
import ApusModel

/// The flow's `sla`: how long the execution may take, and what must hold all the time.
extension ExecutionMachine {
    /// Starts the timers of the longest durations. They count from the creation of the execution, or from the date
    /// it was to begin; the time it waits or is paused counts too.
    mutating func startServiceLevels() {
        let begin = max(execution.scheduleDate ?? execution.createdDate, execution.createdDate)
        for (place, level) in flow.serviceLevels.enumerated() {
            guard case .maxDuration(let duration) = level.rule else { continue }
            commands.append(.startTimer(.serviceLevel(place), at: begin.advanced(by: duration)))
        }
    }

    /// Takes what follows from an event. Assertions are looked at before, so that nothing begins once one is
    /// violated, and again when the state of the execution became another.
    mutating func settleWatched(_ moment: Moment) throws(MissingFacts) {
        guard flow.hasAssertions else { return try settle(moment) }
        try checkAssertions(moment)
        let state = execution.state.current
        try settle(moment)
        guard execution.state.current != state else { return }
        try checkAssertions(moment)
        try settle(moment)
    }

    private mutating func checkAssertions(_ moment: Moment) throws(MissingFacts) {
        for (place, level) in flow.serviceLevels.enumerated() where isWatched(place) {
            guard case .assertion(let template) = level.rule else { continue }
            do {
                let text = try template.render(context(for: nil as Int?, moment))
                guard !isTruthy(rendered: text) else { continue }
                violated(place, because: "its assertion gave `\(text)`", moment)
            } catch {
                if case .missingFacts(let requests) = error.reason { throw MissingFacts(requests: requests) }
                violated(place, because: "its assertion cannot be rendered: \(error.message)", moment)
            }
        }
    }

    /// The time of a longest duration is over.
    mutating func lastedTooLong(_ place: Int, _ moment: Moment) {
        guard flow.serviceLevels.indices.contains(place), isWatched(place),
            case .maxDuration(let duration) = flow.serviceLevels[place].rule
        else { return }
        violated(place, because: "the execution has lasted longer than \(duration.iso)", moment)
    }

    private func isWatched(_ place: Int) -> Bool {
        let state = execution.state.current
        return !state.isTerminal && state != .killing && !execution.violated.contains(place)
    }

    private mutating func violated(_ place: Int, because reason: String, _ moment: Moment) {
        let level = flow.serviceLevels[place]
        execution.violated.append(place)
        execution.labels.merge(level.labels)
        changes.execution = true
        let severity: LogLevel = level.behavior == .none ? .warn : .error
        log(nil, severity, "The SLA `\(level.id)` is violated: \(reason)", moment)
        switch level.behavior {
        case .fail: kill(moment, endingAs: .failed)
        case .cancel: kill(moment, endingAs: .cancelled)
        case .none: break
        }
    }
}
