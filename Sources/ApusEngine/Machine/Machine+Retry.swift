import ApusModel

extension ExecutionMachine {
    /// The task's own policy, else that of the nearest flow task around it, else the flow's.
    func retryPolicy(of place: Int) -> RetryPolicy? {
        var current: Int? = details[place].task
        while let task = current {
            if let retry = flow.tasks[task].retry { return retry }
            current = flow.tasks[task].parent
        }
        return flow.retry
    }

    /// The current attempt of a leaf failed: try again later, or let the failure stand.
    mutating func failed(_ place: Int, _ moment: Moment) {
        guard let policy = retryPolicy(of: place) else {
            return end(place, outcome(of: .failed, place), moment)
        }
        switch policy.behavior {
        case .createNewExecution where execution.state.current.isTerminal:
            // The final state stands, whatever becomes of `afterExecution`.
            end(place, outcome(of: .failed, place), moment)
        case .retryFailedTask:
            let attempts = runs[place].attempts.count
            let next = policy.nextAttempt(
                after: attempts, endedAt: moment.now,
                begunAt: runs[place].attempts.first?.state.startDate ?? moment.now, seed: seed(of: place))
            guard let next else { return end(place, outcome(of: .failed, place), moment) }
            runs[place].state.enter(.failed, at: moment.now)
            runs[place].state.enter(.retrying, at: moment.now)
            if execution.state.current == .running { enter(.retrying, moment) }
            commands.append(.startTimer(.retry(runs[place].id, attempt: attempts + 1), at: next))
        case .createNewExecution:
            let next = policy.nextAttempt(
                after: execution.attemptNumber, endedAt: moment.now, begunAt: execution.createdDate,
                seed: seed(of: place))
            guard let next else { return end(place, outcome(of: .failed, place), moment) }
            replace(at: next, place, moment)
        }
    }

    /// Hands over to a new execution: what still runs is stopped, and nothing more of this one will start.
    private mutating func replace(at date: Timestamp, _ failed: Int, _ moment: Moment) {
        runs[failed].state.enter(.failed, at: moment.now)
        for place in runs.indices where !runs[place].state.current.isTerminal || place == failed {
            if runs[place].state.current == .running, place != failed, frames[place] == nil {
                commands.append(
                    hasSubflows(place)
                        ? .killSubflows(runs[place].id)
                        : .cancel(runs[place].id, attempt: runs[place].attempts.count))
            }
            if stage(of: place) != nil { commands.append(.releaseDirectory(runs[place].id)) }
            let isAround = frames[place] != nil && runs[place].state.current == .running
            finishRun(place, place == failed || isAround ? .retried : .killed, moment)
        }
        frames = [:]
        steps.clear()
        enter(.retried, moment)
        commands.append(.replace(at: date))
        commands.append(.reached(.retried))
        commands.append(.ended(.retried))
    }

    func seed(of place: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in runs[place].id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return mixed(hash &+ UInt64(runs[place].attempts.count))
    }
}
