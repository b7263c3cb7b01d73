import ApusEngine
import ApusModel
import Synchronization

/// Machines of running executions, so that an event costs what it changes and not a reload.
///
/// Used on the database's writer thread only while a transaction is open: `take` removes the machine, `keep` puts
/// back the one the transaction wrote. A rolled-back transaction forgets it, and the next event reads the store.
final class MachineCache: Sendable {
    /// Executions kept at most; the one used longest ago goes first.
    private static let capacity = 4096

    private struct Entry {
        var machine: ExecutionMachine
        var used: UInt64
    }

    private struct Content {
        var entries: [Execution.ID: Entry] = [:]
        var uses: UInt64 = 0
    }

    private let content = Mutex(Content())

    func take(_ id: Execution.ID) -> ExecutionMachine? {
        content.withLock { $0.entries.removeValue(forKey: id)?.machine }
    }

    func keep(_ machine: ExecutionMachine) {
        content.withLock { content in
            content.uses += 1
            content.entries[machine.execution.id] = Entry(machine: machine, used: content.uses)
            guard content.entries.count > Self.capacity else { return }
            let uses = content.entries.values.map(\.used).sorted()
            let limit = uses[Self.capacity / 4]
            content.entries = content.entries.filter { $0.value.used > limit }
        }
    }

    func forget(_ id: Execution.ID) {
        content.withLock { _ = $0.entries.removeValue(forKey: id) }
    }

    /// Looks without taking; for readers outside the writer thread.
    func snapshot(_ id: Execution.ID) -> ExecutionSnapshot? {
        content.withLock { content in
            content.entries[id].map { ExecutionSnapshot($0.machine) }
        }
    }
}
