import ApusExpressions
import ApusModel

/// `LoopUntil`: rounds of tasks with a wait between them.
///
/// While it waits, its task run is PAUSED like a `Pause`; the task runs of a round are forgotten when the next one
/// begins, so that a loop of a thousand rounds is as small as one of two.
extension ExecutionMachine {
    /// The round a loop is in, from 1; `nil` for other task runs.
    func round(of place: Int) -> Int? {
        guard case .flow(.loopUntil) = flow.tasks[details[place].task].kind else { return nil }
        return runs[place].outputs?["iterationCount"]?.intValue.map { Int(clamping: $0) }
    }

    static func rounds(_ number: Int) -> Value { ["iterationCount": .int(Int64(number))] }

    /// The tasks of a round have run: the loop ends, fails, or waits for the next round.
    mutating func roundIsOver(_ key: Int, _ frame: Frame, _ moment: Moment) throws(MissingFacts) {
        guard let place = frame.owner, let round = frame.round,
            case .flow(.loopUntil(let properties)) = flow.tasks[details[place].task].kind
        else { return }
        switch try wait(after: round, properties, place, moment) {
        case .success(let date?):
            frames[key] = nil
            index(Self.rounds(round + 1), of: place)
            runs[place].outputs = Self.rounds(round + 1)
            runs[place].state.enter(.paused, at: moment.now)
            changes.note(place)
            pausedRuns += 1
            if execution.state.current == .running { enter(.paused, moment) }
            commands.append(.startTimer(.nextRound(runs[place].id, round: round + 1), at: date))
        case .success(nil):
            endRounds(key, nil, moment)
        case .failure(let failure):
            endRounds(key, failure, moment)
        }
    }

    /// No other round: the frame goes on to its `errors` or `finally`.
    private mutating func endRounds(_ key: Int, _ failure: RuleFailure?, _ moment: Moment) {
        frames[key]?.round = nil
        if let failure {
            log(key, .error, failure.message, moment)
            runs[key].plan = Self.undecided
            changes.note(key)
            frames[key]?.note(.failed)
        }
        steps.add(.advance(key))
    }

    /// When the next round begins; `nil` when the loop is over, a failure when it may go no further and must not end.
    private mutating func wait(
        after round: Int, _ properties: RoundProperties, _ place: Int, _ moment: Moment
    )
        throws(MissingFacts) -> Result<Timestamp?, RuleFailure>
    {
        if let condition = properties.condition {
            switch try render(condition, for: place, moment) {
            case .failure(let failure): return .failure(failure)
            case .success(let text): if isTruthy(rendered: text) { return .success(nil) }
            }
        }
        let bounds: RoundBounds
        switch try self.bounds(properties, place, moment) {
        case .failure(let failure): return .failure(failure)
        case .success(let rendered): bounds = rendered
        }
        if let iterations = bounds.iterations, round >= iterations {
            return try reached("\(iterations) rounds", properties, place, moment)
        }
        let next = moment.now.advanced(by: bounds.interval)
        guard let duration = bounds.duration else { return .success(next) }
        let last = runs[place].state.startDate.advanced(by: duration)
        if last <= moment.now { return try reached(duration.iso, properties, place, moment) }
        return .success(min(next, last))
    }

    private struct RoundBounds {
        var interval: ISODuration
        var iterations: Int?
        var duration: ISODuration?
    }

    private func bounds(_ properties: RoundProperties, _ place: Int, _ moment: Moment) throws(MissingFacts)
        -> Result<RoundBounds, RuleFailure>
    {
        let interval = try span(properties.interval, place, moment)
        var iterations: Result<Int?, RuleFailure> = .success(nil)
        if let bound = properties.maxIterations { iterations = try integer(bound, place, moment).map { $0 } }
        var duration: Result<ISODuration?, RuleFailure> = .success(nil)
        if let bound = properties.maxDuration { duration = try span(bound, place, moment).map { $0 } }
        return interval.flatMap { interval in
            iterations.flatMap { iterations in
                duration.map { RoundBounds(interval: interval, iterations: iterations, duration: $0) }
            }
        }
    }

    /// The condition does not hold, and there may be no other round.
    private mutating func reached(
        _ bound: String, _ properties: RoundProperties, _ place: Int, _ moment: Moment
    ) throws(MissingFacts) -> Result<Timestamp?, RuleFailure> {
        log(
            place, .warn, "The condition does not hold after \(bound), and the loop may go no further.",
            moment)
        guard let fails = properties.failsOnMaxReached else { return .success(nil) }
        return try render(fails, for: place, moment).flatMap { text in
            switch text.lowercased() {
            case "true": .failure(RuleFailure("The loop reached \(bound) and its condition does not hold."))
            case "false", "": .success(nil)
            default: .failure(RuleFailure("`failOnMaxReached` is `\(text)`, neither true nor false"))
            }
        }
    }

    func span(_ property: SpanProperty, _ place: Int, _ moment: Moment) throws(MissingFacts)
        -> Result<ISODuration, RuleFailure>
    {
        switch property {
        case .literal(let span): return .success(span)
        case .template(let template):
            return try render(template, for: place, moment).flatMap { text in
                guard let span = ISODuration(iso: text) else {
                    return .failure(RuleFailure("`\(text)` is not a duration such as PT30S"))
                }
                return .success(span)
            }
        }
    }

    /// The wait is over, by itself or because a person ended it.
    mutating func beginRound(_ place: Int, _ moment: Moment) throws(MissingFacts) {
        guard case .flow(.loopUntil(let properties)) = flow.tasks[details[place].task].kind,
            let round = round(of: place)
        else { return }
        leavePause(moment)
        runs[place].state.enter(.running, at: moment.now)
        changes.note(place)
        if let duration = try longest(properties, place, moment),
            runs[place].state.startDate.advanced(by: duration) <= moment.now
        {
            frames[place] = Frame(owner: place, plan: .chain([]))
            switch try reached(duration.iso, properties, place, moment) {
            case .success: endRounds(place, nil, moment)
            case .failure(let failure): endRounds(place, failure, moment)
            }
            return
        }
        let id = runs[place].id
        if !forget(descendants(of: [place])) { rebuild() }
        guard let place = placeOf[id] else { return }
        var frame = Frame(owner: place, plan: storedPlan(of: place).0)
        frame.round = round
        frames[place] = frame
        steps.add(.advance(place))
    }

    /// How long the loop may go on; it could be rendered before its first wait.
    private func longest(_ properties: RoundProperties, _ place: Int, _ moment: Moment) throws(MissingFacts)
        -> ISODuration?
    {
        guard let bound = properties.maxDuration, case .success(let span) = try span(bound, place, moment)
        else {
            return nil
        }
        return span
    }
}
