import ApusModel

/// Where a task run stands among those of its frame, told from the flow and from what was decided.
struct RunOrder {
    private let machine: ExecutionMachine
    /// Places in order, by the place of the flow task run around them; -1 is the top.
    private let children: [Int: [Int]]

    /// Cost: one look at each task run.
    init(_ machine: ExecutionMachine) {
        self.machine = machine
        var children: [Int: [Int]] = [:]
        for place in machine.runs.indices { children[machine.frameKey(of: place), default: []].append(place) }
        self.children = children
    }

    /// The runs that follow from a run, or from a flow task run around it, with all that is inside them.
    ///
    /// - Parameter keepsList: What follows in the same list does not count, only later lists: a run whose state was
    ///   changed leaves what ran after it.
    func followers(of place: Int, keepsList: Bool = false) -> Set<Int> {
        var result: Set<Int> = []
        var current: Int? = place
        while let here = current {
            let frame = machine.frameKey(of: here)
            let lists = FrameLists(machine, owner: frame == ExecutionMachine.top ? nil : frame)
            for other in children[frame] ?? [] where other != here {
                if lists.follows(machine, other, here, keepsList: keepsList) { result.insert(other) }
            }
            current = frame == ExecutionMachine.top ? nil : frame
        }
        return result.union(inside(result))
    }

    /// Everything inside some runs, at any depth.
    func inside(_ places: Set<Int>) -> Set<Int> {
        var result: Set<Int> = []
        var open = places.flatMap { children[$0] ?? [] }
        while let place = open.popLast() {
            result.insert(place)
            open += children[place] ?? []
        }
        return result
    }
}

/// The lists of a frame: which one a task stands in, and where.
private struct FrameLists {
    private var spots: [Int: (phase: Int, position: Int)] = [:]
    private let plan: LanePlan
    private let isLoop: Bool
    /// For a `Dag`: the lanes that wait for a lane, directly or not.
    private let laterLanes: [Set<Int>]

    init(_ machine: ExecutionMachine, owner: Int?) {
        let lists = machine.lists(of: owner)
        var waits: [[Int]] = []
        if let owner {
            let stored = machine.storedPlan(of: owner)
            plan = stored.0
            isLoop = !stored.1.isEmpty
            if case .flow(.dag(let waitsFor, _, _)) = machine.flow.tasks[machine.details[owner].task].kind {
                waits = waitsFor
            }
        } else {
            plan = .chain(machine.flow.main)
            isLoop = false
        }
        laterLanes = Self.later(waits)
        let phases = [
            plan.list, lists.errors, lists.finally, owner == nil ? machine.flow.afterExecution : [],
        ]
        for (phase, list) in phases.enumerated() {
            for (position, task) in list.enumerated() { spots[task] = (phase, position) }
        }
    }

    /// The last phase is `afterExecution`.
    func follows(_ machine: ExecutionMachine, _ other: Int, _ here: Int, keepsList: Bool) -> Bool {
        guard let there = spots[machine.details[other].task], let mine = spots[machine.details[here].task]
        else { return false }
        if there.phase != mine.phase { return there.phase > mine.phase }
        if keepsList { return false }
        guard mine.phase == 0 else { return there.position > mine.position }
        if !laterLanes.isEmpty {
            return laterLanes.indices.contains(mine.position)
                && laterLanes[mine.position].contains(there.position)
        }
        switch plan.shape {
        case .spread:
            return plan.limit == 1 && there.position > mine.position
        case .chain:
            let (round, otherRound) = (
                machine.runs[here].iteration ?? 0, machine.runs[other].iteration ?? 0
            )
            if !isLoop || round == otherRound { return there.position > mine.position }
            return plan.limit == 1 && otherRound > round
        }
    }

    private static func later(_ waits: [[Int]]) -> [Set<Int>] {
        var direct = [Set<Int>](repeating: [], count: waits.count)
        for (lane, needed) in waits.enumerated() {
            for other in needed where direct.indices.contains(other) { direct[other].insert(lane) }
        }
        return direct.indices.map { start in
            var found: Set<Int> = []
            var open = Array(direct[start])
            while let lane = open.popLast() {
                guard found.insert(lane).inserted else { continue }
                open += direct[lane]
            }
            return found
        }
    }
}

extension ExecutionMachine {
    /// The key of the frame a run belongs to: the place of the flow task run around it, or the top.
    func frameKey(of place: Int) -> Int { runs[place].parentID.flatMap { placeOf[$0] } ?? Self.top }
}
