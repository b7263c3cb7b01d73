import ApusDatabase
import ApusModel

/// Checks what a flow's `concurrency` promises, looking only at what is stored: no slot too many, none lost, none
/// for an execution that is over, and nobody overtakes those that wait.
struct SlotAuditor {
    /// The limit in force; `nil` once a new revision took it away.
    var limit: Int?
    /// Executions that a person let run out of turn.
    var forced: Set<Execution.ID> = []
    /// Executions that began while there was no limit hold no slot.
    private var unlimited: Set<Execution.ID> = []
    private var waiting: [Execution.ID] = []

    init(limit: Int) { self.limit = limit }

    /// - Parameter executions: Every execution there is, and whether it is over.
    mutating func check(_ executions: [(execution: Execution, isOver: Bool)], _ slots: [World.Slot])
        throws(Violation)
    {
        let standings = Dictionary(uniqueKeysWithValues: slots.map { ($0.execution, $0.standing) })
        for (execution, isOver) in executions {
            try check(execution, isOver: isOver, standings[execution.id])
        }
        try count(slots)
        try order(slots)
        waiting = slots.filter { $0.standing == .waits }.map(\.execution)
    }

    private mutating func check(_ execution: Execution, isOver: Bool, _ standing: Slots.Standing?)
        throws(Violation)
    {
        let state = execution.state.current
        func broken(_ why: String) -> Violation {
            Violation(invariant: "I7", message: "\(execution.id) is \(state.rawValue) and \(why)")
        }
        if standing == nil, limit == nil, state != .queued { unlimited.insert(execution.id) }
        switch state {
        case .created:
            if standing != nil { throw broken("has a slot before it begins") }
        case .queued:
            if standing == nil { throw broken("has no place in the queue") }
        case _ where isOver:
            if standing != nil { throw broken("keeps its slot after its end") }
        case _ where state.isTerminal:
            if standing == .waits { throw broken("waits for a slot") }
        default:
            if standing == .waits { throw broken("runs without a slot") }
            if standing == nil, !unlimited.contains(execution.id) { throw broken("runs without a slot") }
        }
        if isOver { unlimited.remove(execution.id) }
    }

    private func count(_ slots: [World.Slot]) throws(Violation) {
        guard let limit else {
            guard slots.allSatisfy({ $0.standing != .waits }) else {
                throw Violation(
                    invariant: "I8", message: "an execution waits for a slot of a flow without a limit")
            }
            return
        }
        let held = slots.filter { $0.standing != .waits }
        let ordinary = held.filter { $0.standing == .holds }
        guard ordinary.count <= limit else {
            throw Violation(invariant: "I7", message: "\(ordinary.count) slots of \(limit) are taken")
        }
        guard held.count >= limit || slots.count == held.count else {
            throw Violation(
                invariant: "I8", message: "an execution waits while \(held.count) slots of \(limit) are taken"
            )
        }
        for slot in held where slot.standing == .holdsByForce && !forced.contains(slot.execution) {
            throw Violation(invariant: "I7", message: "\(slot.execution) was let in by force, by nobody")
        }
    }

    /// Of those that waited before, the ones let in came before the ones that still wait.
    private func order(_ slots: [World.Slot]) throws(Violation) {
        var stillWaits: Execution.ID?
        for slot in slots {
            if slot.standing == .waits { stillWaits = stillWaits ?? slot.execution }
            if slot.standing == .holds, waiting.contains(slot.execution), let stillWaits {
                throw Violation(invariant: "I7", message: "\(slot.execution) overtook \(stillWaits)")
            }
        }
    }
}
