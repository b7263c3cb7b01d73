import ApusDatabase
import ApusModel

/// Executions that task runs started, and what holds across executions.
extension Simulation {
    /// Takes up children that were created since the last look.
    mutating func discoverChildren() async throws {
        for row in try await world.sight.children() where !children.contains(row.childID) {
            guard let auditor = calledAuditor else { return }
            children.insert(row.childID)
            auditors.append((row.childID, auditor))
        }
        guard mayBeReplaced else { return }
        try await discoverSuccessors()
    }

    /// Takes up executions that were made in place of others.
    private mutating func discoverSuccessors() async throws {
        let known = Set(auditors.map(\.id))
        var unknown: [Execution] = []
        for id in try await world.sight.executions() where !known.contains(id) {
            guard let (execution, _) = try await world.stored(id) else { continue }
            unknown.append(execution)
        }
        for execution in unknown.sorted(by: { $0.attemptNumber < $1.attemptNumber }) {
            if execution.parentID == nil, !execution.callers.isEmpty, let calledAuditor {
                // Another execution took its place before anyone looked.
                children.insert(execution.id)
                auditors.append((execution.id, calledAuditor))
                continue
            }
            guard let parent = execution.parentID,
                let source = auditors.first(where: { $0.id == parent })?.auditor
            else {
                throw Violation(invariant: "S2", message: "nobody knows where \(execution.id) is from")
            }
            if children.contains(parent) { children.insert(execution.id) }
            auditors.append((execution.id, source.forSuccessor))
        }
    }

    /// The end of every child that is waited for was handed to its parent.
    func auditChildren() async throws {
        for row in try await world.sight.children() where row.waits {
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
        let rows = try await world.sight.children()
        while let row = rows.first(where: { family.contains($0.parentID) && !family.contains($0.childID) }) {
            family.insert(row.childID)
        }
        return family
    }
}
