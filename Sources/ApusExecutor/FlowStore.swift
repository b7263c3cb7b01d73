public import ApusDatabase
public import ApusEngine
public import ApusModel
import Synchronization

/// Why a flow was not stored.
public enum FlowRefused: Error {
    case faults([Fault])
    case exists(namespace: String, id: String)
    case notFound(namespace: String, id: String)
    /// The flow's own id or namespace is another than the one addressed.
    case mismatch(String)
}

/// A flow as stored.
public struct SavedFlow: Sendable {
    public var flow: CompiledFlow
    public var source: String
    public var revision: Int
    /// Whether this call made a new revision.
    public var isNew: Bool
    public var warnings: [Fault]
}

/// Flows, checked on their way in and compiled once per revision.
public final class FlowStore: Sendable {
    public enum SaveMode: Sendable { case create, update, upsert }

    /// Compiled flows kept in memory at most.
    private static let capacity = 2000

    private let database: any Database
    public let compiler: FlowCompiler
    private let isStrict: Bool
    private let parse: @Sendable (String) throws(Fault) -> (Value, PositionMap)
    private let now: @Sendable () -> Timestamp
    private let cache = Mutex<[FlowReference: CompiledFlow]>([:])
    /// Told when a new revision lets executions go on that waited; the executor's loop listens.
    let timers = TimerWakeup()
    /// Told when a trigger is due earlier than the scheduler knows; it listens.
    let triggerTimers = TimerWakeup()
    /// Told when it has changed which realtime triggers there are.
    let realtimeChanges = TimerWakeup()

    /// - Parameters:
    ///   - isStrict: Flows whose expressions read what cannot be there are refused, unless a caller says otherwise.
    ///   - parse: Reads YAML with positions.
    public init(
        database: any Database, compiler: FlowCompiler, isStrict: Bool = false,
        now: @escaping @Sendable () -> Timestamp,
        parse: @escaping @Sendable (String) throws(Fault) -> (Value, PositionMap)
    ) {
        self.database = database
        self.compiler = compiler
        self.isStrict = isStrict
        self.now = now
        self.parse = parse
    }

    /// Checks a flow without storing it.
    public func validate(_ source: String, isStrict: Bool? = nil) -> Compilation {
        compile(source, revision: 1, isStrict ?? self.isStrict ? .refuse : .warn)
    }

    private func compile(_ source: String, revision: Int, _ references: FlowCompiler.References)
        -> Compilation
    {
        do {
            let (root, positions) = try parse(source)
            return compiler.compile(root, positions: positions, revision: revision, references: references)
        } catch {
            var fault = error
            let line = fault.position.map { " (at line \($0.line))" } ?? ""
            fault.message = "Illegal flow source: YAML: \(fault.message)\(line)"
            return Compilation(flow: nil, faults: [fault], choice: compiler.editionOfNothing)
        }
    }

    /// Checks and stores a flow. The same source again makes no new revision.
    ///
    /// - Throws: `FlowRefused`.
    public func save(
        _ source: String, expecting: (namespace: String, id: String)? = nil, mode: SaveMode,
        isStrict: Bool? = nil
    ) async throws -> SavedFlow {
        let compilation = validate(source, isStrict: isStrict)
        guard let flow = compilation.flow else { throw FlowRefused.faults(compilation.faults) }
        let (namespace, id) = (flow.reference.namespace, flow.reference.id)
        if let expecting {
            if expecting.id != id { throw FlowRefused.mismatch("Illegal flow id update") }
            if expecting.namespace != namespace { throw FlowRefused.mismatch("Illegal namespace update") }
        }
        let now = self.now()
        let (revision, isNew) = try await database.write {
            [timers, triggerTimers, realtimeChanges] connection -> (Int, Bool) in
            let known = try Flows.latest(namespace: namespace, id: id, connection)
            switch mode {
            case .create where known != nil: throw FlowRefused.exists(namespace: namespace, id: id)
            case .update where known == nil: throw FlowRefused.notFound(namespace: namespace, id: id)
            case .create, .update, .upsert: break
            }
            if let known, known.source == source { return (known.revision, false) }
            let revision = try Flows.insertRevision(
                namespace: namespace, id: id, source: source, isDisabled: flow.isDisabled,
                description: flow.definition["description"]?.stringValue ?? "", labels: flow.labels, now: now,
                connection)
            try Slots.setLimit(flow.concurrency, namespace: namespace, flowID: id, connection)
            try Admission.fill(namespace: namespace, flowID: id, at: now, waking: timers, connection)
            // A draft is not the revision that runs.
            if !flow.isDraft {
                try TriggerRecords.follow(
                    flow, namespace: namespace, flowID: id, at: now, waking: triggerTimers,
                    realtime: realtimeChanges, connection)
            }
            return (revision, true)
        }
        let warnings = compilation.faults.filter { $0.severity != .error }
        var numbered = flow
        numbered.reference.revision = revision
        keep(numbered)
        return SavedFlow(flow: numbered, source: source, revision: revision, isNew: isNew, warnings: warnings)
    }

    private func keep(_ flow: CompiledFlow) {
        cache.withLock { cache in
            if cache.count >= Self.capacity { cache.removeAll(keepingCapacity: true) }
            cache[flow.reference] = flow
        }
    }

    /// A revision of a flow, the latest that is no draft when `revision` is nil; `nil` when missing, deleted or no
    /// longer valid.
    public func compiled(namespace: String, id: String, revision: Int? = nil) async throws -> CompiledFlow? {
        if let revision, let known = cached(FlowReference(namespace: namespace, id: id, revision: revision)) {
            return known
        }
        if let revision {
            let row = try await database.read { connection in
                try Flows.revision(namespace: namespace, id: id, revision, connection)
            }
            return row.flatMap(compiled)
        }
        var next = try await database.read { try Flows.latest(namespace: namespace, id: id, $0) }
        // Compiled outside of the transaction: a flow may be large.
        while let row = next, !row.isDeleted {
            guard let flow = compiled(row) else { return nil }
            if !flow.isDraft { return flow }
            next = try await database.read {
                try Flows.revision(namespace: namespace, id: id, row.revision - 1, $0)
            }
        }
        return nil
    }

    /// The revision that runs: the latest but for drafts.
    private func running(
        namespace: String, id: String, _ connection: any Connection
    ) throws -> (row: FlowRow, flow: CompiledFlow)? {
        var next = try Flows.latest(namespace: namespace, id: id, connection)
        while let row = next, !row.isDeleted {
            // One that is no longer valid hides those before it: what ran was the later one.
            guard let flow = compiled(row) else { return nil }
            if !flow.isDraft { return (row, flow) }
            next = try Flows.revision(namespace: namespace, id: id, row.revision - 1, connection)
        }
        return nil
    }

    /// The same inside an open transaction, for an execution's own revision.
    func compiled(_ reference: FlowReference, _ connection: any Connection) throws -> CompiledFlow? {
        if let known = cached(reference) { return known }
        let row = try Flows.revision(
            namespace: reference.namespace, id: reference.id, reference.revision, connection)
        return row.flatMap(compiled)
    }

    /// A revision of a flow that another one names, the latest that is no draft when `revision` is nil,
    /// inside an open transaction.
    func compiled(namespace: String, id: String, revision: Int?, _ connection: any Connection) throws
        -> CompiledFlow?
    {
        guard let revision else {
            return try running(namespace: namespace, id: id, connection)?.flow
        }
        return try Flows.revision(namespace: namespace, id: id, revision, connection).flatMap(compiled)
    }

    private func cached(_ reference: FlowReference) -> CompiledFlow? { cache.withLock { $0[reference] } }

    private func compiled(_ row: FlowRow) -> CompiledFlow? {
        let reference = FlowReference(namespace: row.namespace, id: row.id, revision: row.revision)
        if let known = cached(reference) { return known }
        guard var flow = compile(row.source, revision: row.revision, .unchecked).flow else { return nil }
        flow.isDisabled = row.isDisabled
        keep(flow)
        return flow
    }

    /// Switches a flow off or on by a new revision of the same source; answers whether there is such a flow.
    public func setDisabled(namespace: String, id: String, _ isDisabled: Bool) async throws -> Bool {
        guard let flow = try await compiled(namespace: namespace, id: id) else { return false }
        guard flow.isDisabled != isDisabled else { return true }
        let now = self.now()
        return try await database.write { [triggerTimers, realtimeChanges] connection in
            guard let last = try self.running(namespace: namespace, id: id, connection)?.row else {
                return false
            }
            var switched = flow
            switched.isDisabled = isDisabled
            try TriggerRecords.follow(
                switched, namespace: namespace, flowID: id, at: now, waking: triggerTimers,
                realtime: realtimeChanges, connection)
            try Flows.insertRevision(
                namespace: namespace, id: id, source: last.source, isDisabled: isDisabled,
                description: flow.definition["description"]?.stringValue ?? "", labels: flow.labels, now: now,
                connection)
            return true
        }
    }

    /// Answers whether there was such a flow. Its revisions stay readable.
    public func delete(namespace: String, id: String) async throws -> Bool {
        let now = self.now()
        return try await database.write { [triggerTimers, realtimeChanges] connection in
            try TriggerRecords.follow(
                nil, namespace: namespace, flowID: id, at: now, waking: triggerTimers,
                realtime: realtimeChanges, connection)
            return try Flows.delete(namespace: namespace, id: id, now: now, connection)
        }
    }
}
