import ApusDatabase
import ApusEngine
import ApusModel

/// From changes of state to flow triggers.
///
/// The turn that changes a state only writes rows, one for each trigger that listens: what they cost, and what goes
/// wrong in them, is none of the execution's business, and nothing is lost when the process ends in between. The
/// scheduler's loop takes them up at once, each in a transaction of its own that removes the row.
extension Executor {
    /// Events taken up in one round.
    private static let eventBatch = 500

    /// Tells the triggers that listen to an execution which states it entered.
    ///
    /// - Parameter seen: How many of its states they have been told of.
    func tellListeners(of machine: ExecutionMachine, seen: Int, _ connection: any Connection) throws {
        let execution = machine.execution
        let entered = execution.state.entered(since: seen)
        // One that has not begun is told of with its first turn.
        guard !entered.isEmpty, execution.state.histories.count > 1, execution.kind == .normal else {
            return
        }
        let listeners = try FlowTriggerSources.listening(
            namespace: execution.flow.namespace, flowID: execution.flow.id, connection)
        var isAny = false
        for (key, states) in listeners {
            for entry in entered where states.contains(entry.state) {
                try FlowTriggerEvents.add(
                    key, execution: execution.id, state: entry.state, date: entry.date, connection)
                isAny = true
            }
        }
        guard isAny else { return }
        let now = surroundings.now()
        connection.afterCommit { [wakeup = flows.triggerTimers] in wakeup.wake(by: now) }
    }

    /// Looks at what executions did, for flow triggers. Answers whether there is more to look at.
    ///
    /// The events of one trigger are taken up one after the other.
    func takeFlowEvents() async throws -> Bool {
        let events = try await database.read { try FlowTriggerEvents.first(Self.eventBatch, $0) }
        guard !events.isEmpty else { return false }
        var places: [TriggerKey: Int] = [:]
        var rows: [[FlowTriggerEvent]] = []
        for event in events {
            if let place = places[event.key] {
                rows[place].append(event)
            } else {
                places[event.key] = rows.count
                rows.append([event])
            }
        }
        var waiting = rows[...]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<concurrentTurns {
                guard let row = waiting.popFirst() else { break }
                group.addTask { for event in row { try await self.look(at: event) } }
            }
            while try await group.next() != nil {
                guard let row = waiting.popFirst() else { continue }
                group.addTask { for event in row { try await self.look(at: event) } }
            }
        }
        return true
    }
}

extension ExecutionMachine {
    /// How many of its states flow triggers have been told of; those of one that has not begun, none.
    var toldStates: Int {
        let histories = execution.state.histories
        return histories.count == 1 && execution.state.current == .created ? 0 : histories.count
    }
}

extension StateHistory {
    /// The states it entered since it had so many; rounds of the same states may have been forgotten meanwhile.
    fileprivate func entered(since count: Int) -> ArraySlice<Entry> {
        histories.count < count ? histories.suffix(1) : histories[count...]
    }
}
