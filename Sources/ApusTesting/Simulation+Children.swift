import ApusDatabase
import ApusModel

/// Executions that task runs started, and what holds across executions.
extension Simulation {
    /// Takes up children that were created since the last look.
    mutating func discoverChildren() async throws {
        for row in try await world.children() where !children.contains(row.childID) {
            guard let auditor = calledAuditor else { return }
            children.insert(row.childID)
            auditors.append((row.childID, auditor))
        }
    }

    /// The end of every child that is waited for was handed to its parent.
    func auditChildren() async throws {
        for row in try await world.children() where row.waits {
            guard let (child, runs) = try await world.stored(row.childID) else {
                throw Violation(invariant: "S1", message: "a child that is waited for is gone")
            }
            let isOver = child.state.current.isTerminal && runs.allSatisfy { $0.state.current.isTerminal }
            let owners = try await world.owners(of: row.childID)
            guard !isOver || owners > 0 else {
                throw Violation(
                    invariant: "S1",
                    message: "a child is \(child.state.current.rawValue) and nobody told its parent")
            }
        }
    }

    /// An execution and those that it started, at any depth.
    func family(of id: Execution.ID) async throws -> Set<Execution.ID> {
        var family: Set<Execution.ID> = [id]
        let rows = try await world.children()
        while let row = rows.first(where: { family.contains($0.parentID) && !family.contains($0.childID) }) {
            family.insert(row.childID)
        }
        return family
    }
}
