import ApusModel

extension ExecutionMachine {
    /// A timer that no longer applies changes nothing.
    mutating func timerFired(_ timer: Timer, _ moment: Moment) throws(MissingFacts) {
        switch timer {
        case .retry(let id, let attempt):
            guard let place = placeOf[id], runs[place].state.current == .retrying,
                runs[place].attempts.count + 1 == attempt
            else { return }
            runs[place].state.enter(.created, at: moment.now)
            if execution.state.current == .retrying { enter(.running, moment) }
            dispatch(place, moment)
        case .pauseEnds(let id):
            guard let place = placeOf[id], runs[place].state.current == .paused,
                case .flow(.pause(let pause)) = flow.tasks[details[place].task].kind
            else { return }
            switch pause.behavior {
            case .resume: resumeRun(place, inputs: .map([:]), moment)
            case .warn: endPause(place, .warning, moment)
            case .fail: endPause(place, .failed, moment)
            case .cancel: endPause(place, .cancelled, moment)
            }
        case .nextRound(let id, let round):
            guard let place = placeOf[id], runs[place].state.current == .paused,
                self.round(of: place) == round
            else { return }
            try beginRound(place, moment)
        case .pauseTimesOut(let id):
            guard let place = placeOf[id], runs[place].state.current == .paused else { return }
            log(place, .error, "The pause lasted longer than its timeout.", moment)
            endPause(place, .failed, moment)
        case .serviceLevel(let place):
            lastedTooLong(place, moment)
        }
    }
}
