import ApusModel

/// What runs inside one flow task run, or at the top of the execution: counters, so that the end of one of ten
/// thousand children costs the same as that of one of ten.
///
/// A frame is derived from the task runs and can be rebuilt from them; it is never stored.
struct Frame {
    enum Phase: Hashable {
        case tasks
        case errors
        case finally
        case afterExecution
    }

    /// The place of the flow task's run in `runs`; `nil` for the top of the execution.
    var owner: Int?
    var phase: Phase = .tasks
    var plan: LanePlan
    /// Items of a loop; empty otherwise.
    var values: [Value] = []
    /// The round of a loop that runs until a condition holds, from 1; `nil` for other frames.
    var round: Int?
    /// The places of a loop's iterations, in the order they began; empty for other frames.
    var members: [Int] = []
    /// What runs beside a pause: the task run around it does not wait for it.
    var isAside = false
    /// A failure of a child is none of the frame.
    var toleratesFailures = false
    /// Lanes begun so far.
    var begun = 0
    /// Lanes begun and not over.
    var active = 0
    /// The worst state of the main list's children.
    var worst: State = .success
    /// For a `Dag`: how many tasks each lane still waits for, and which lanes are ready.
    var waiting: DagWaits?
    /// Lanes in which a restart reopened a run that others had already followed; empty otherwise.
    var crowded: [Int: CrowdedLane] = [:]

    init(owner: Int?, plan: LanePlan) {
        self.owner = owner
        self.plan = plan
    }

    /// Whether a failure keeps further children of the same list from starting.
    var stopsOnFailure: Bool { phase == .tasks && !toleratesFailures }

    mutating func note(_ state: State) {
        guard phase == .tasks, Self.rank(state) > Self.rank(worst) else { return }
        if toleratesFailures, state == .failed || state == .cancelled { return }
        worst = state
    }

    /// Ranking of final states: any KILLED, else any FAILED, else any WARNING, else SUCCESS.
    /// Source: flow-language reference, "Final state of an execution".
    static func rank(_ state: State) -> Int {
        switch state {
        case .killed: 4
        case .failed: 3
        case .cancelled: 2
        case .warning: 1
        case .created, .submitted, .running, .paused, .restarted, .killing, .success, .queued, .retrying,
            .retried, .skipped, .breakpoint, .resubmitted:
            0
        }
    }
}

/// A lane that goes on from its last run once none of its runs is open any more.
struct CrowdedLane {
    /// Places of the runs that have not ended.
    var open: Set<Int>
    /// The place of the run begun last.
    var last: Int
}

/// Which tasks of a `Dag` may start.
struct DagWaits {
    private var left: [Int]
    private let followers: [[Int]]
    /// Lanes that may start, in the order they became ready.
    private(set) var ready: [Int]
    /// Lanes that have begun; they do not begin again when, after a reload, what they waited for is counted anew.
    private var begun: Set<Int> = []

    init(waitsFor: [[Int]]) {
        left = waitsFor.map(\.count)
        var followers = [[Int]](repeating: [], count: waitsFor.count)
        for (lane, needed) in waitsFor.enumerated() {
            for other in needed where other < followers.count { followers[other].append(lane) }
        }
        self.followers = followers
        ready = left.indices.filter { waitsFor[$0].isEmpty }
    }

    mutating func take() -> Int? {
        guard !ready.isEmpty else { return nil }
        let lane = ready.removeFirst()
        begun.insert(lane)
        return lane
    }

    mutating func take(_ lane: Int) {
        begun.insert(lane)
        ready.removeAll { $0 == lane }
    }

    mutating func done(_ lane: Int) {
        guard lane < followers.count else { return }
        for follower in followers[lane] {
            left[follower] -= 1
            if left[follower] == 0, !begun.contains(follower) { ready.append(follower) }
        }
    }
}
