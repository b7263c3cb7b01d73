import ApusModel

extension ExecutionMachine {
    /// An attempt ended. Results of attempts other than the current one are late or doubled, and change nothing.
    mutating func taskRunEnded(_ id: TaskRun.ID, attempt: Int, _ result: TaskResult, _ moment: Moment) {
        if let place = placeOf[id], stage(of: place) != nil {
            return directoryWorkEnded(place, attempt: attempt, result, moment)
        }
        if let place = placeOf[id], isStoring(place) {
            return outputsStored(place, attempt: attempt, result, moment)
        }
        guard let place = placeOf[id], runs[place].attempts.count == attempt,
            runs[place].state.current == .running
        else { return }
        var result = result
        if let state = takeEffects(of: &result, place, moment) { return exit(place, as: state, moment) }
        runs[place].attempts[attempt - 1].state.enter(result.state, at: moment.now)
        runs[place].attempts[attempt - 1].logFile = result.logFile
        changes.note(place)
        if let outputs = result.outputs {
            runs[place].outputs = outputs
            index(outputs, of: place)
        }
        switch result.state {
        case .failed where execution.state.current == .killing:
            end(place, .killed, moment)
        case .failed where isLeftOver(place):
            end(place, outcome(of: .failed, place), moment)
        case .failed:
            failed(place, moment)
        case .success where attempt > 1 && retryPolicy(of: place)?.warningOnRetry == true:
            end(place, outcome(of: .warning, place), moment)
        case .warning:
            end(place, outcome(of: .warning, place), moment)
        case .success, .killed, .skipped, .cancelled:
            end(place, result.state, moment)
        case .created, .submitted, .running, .paused, .restarted, .killing, .queued, .retrying, .retried,
            .breakpoint, .resubmitted:
            end(place, .failed, moment)
        }
    }

    /// The attempt's process is gone: the attempt is closed and another one begins, unless nothing may start.
    mutating func workerLost(_ id: TaskRun.ID, attempt: Int, _ moment: Moment) throws(MissingFacts) {
        if let place = placeOf[id], stage(of: place) != nil {
            return directoryLost(place, attempt: attempt, moment)
        }
        guard let place = placeOf[id], runs[place].attempts.count == attempt,
            runs[place].state.current == .running
        else { return }
        if execution.state.current == .killing || isLeftOver(place) {
            return end(place, .killed, moment)
        }
        runs[place].attempts[attempt - 1].state.enter(.resubmitted, at: moment.now)
        log(place, .warn, "The worker of attempt \(attempt) is gone; the task is started again.", moment)
        dispatch(place, moment)
    }
}
