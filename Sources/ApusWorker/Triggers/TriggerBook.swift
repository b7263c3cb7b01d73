import ApusDatabase

/// Which triggers a worker evaluates and listens to. Values only; the worker acts.
struct TriggerBook {
    /// A trigger to begin with.
    struct Start {
        var trigger: TriggerJob
        var stop: StopSignal
    }

    /// What is to be done now.
    struct Turn {
        var evaluations: [Start] = []
        var subscriptions: [Start] = []
        /// Stopped: nothing is begun any more.
        var isOver = false
    }

    let maxEvaluations: Int
    private var waiting: [TriggerJob] = []
    private var evaluations: [TriggerKey: Start] = [:]
    private var wanted: [TriggerKey: TriggerJob] = [:]
    private var subscriptions: [TriggerKey: Start] = [:]
    private var isStopped = false

    init(maxEvaluations: Int) { self.maxEvaluations = maxEvaluations }

    /// An evaluation of the same trigger that is under way is of no use any more.
    mutating func evaluate(_ trigger: TriggerJob) {
        waiting.removeAll { $0.key == trigger.key }
        waiting.append(trigger)
        evaluations[trigger.key]?.stop.stop(.killed)
    }

    /// Those that are not wanted any more, or in another revision of their flow, are stopped.
    mutating func subscribe(_ triggers: [TriggerJob]) {
        wanted = Dictionary(triggers.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        for (key, running) in subscriptions where wanted[key]?.flow != running.trigger.flow {
            running.stop.stop(.killed)
        }
    }

    var isIdle: Bool { evaluations.isEmpty && subscriptions.isEmpty && waiting.isEmpty }

    mutating func stop() { isStopped = true }

    mutating func endEvaluation(_ key: TriggerKey) { evaluations[key] = nil }
    mutating func endSubscription(_ key: TriggerKey) { subscriptions[key] = nil }

    mutating func turn() -> Turn {
        var turn = Turn()
        guard !isStopped else {
            turn.isOver = true
            return turn
        }
        var held: [TriggerJob] = []
        for trigger in waiting {
            guard evaluations.count < maxEvaluations, evaluations[trigger.key] == nil else {
                held.append(trigger)
                continue
            }
            let start = Start(trigger: trigger, stop: StopSignal())
            evaluations[trigger.key] = start
            turn.evaluations.append(start)
        }
        waiting = held
        // The one before has to have let go of its connections first.
        for (key, trigger) in wanted where subscriptions[key] == nil {
            let start = Start(trigger: trigger, stop: StopSignal())
            subscriptions[key] = start
            turn.subscriptions.append(start)
        }
        return turn
    }
}
