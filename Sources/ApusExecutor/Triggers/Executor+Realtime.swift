public import ApusDatabase
import ApusEngine
public import ApusModel

/// A trigger that was switched off, changed or deleted while a worker still listened.
public struct TriggerGone: Error, Hashable, CustomStringConvertible {
    public var key: TriggerKey

    public var description: String { "the trigger is switched off" }
}

/// Realtime triggers: a worker listens, and each event is one transaction.
extension Executor {
    /// How long to wait after the database refused.
    private static let subscriptionPause = Duration.seconds(1)

    /// Tells the worker which triggers to listen to, now and whenever that changes, until the surrounding task is
    /// cancelled.
    public func runSubscriptions(report: @Sendable (any Error) -> Void) async {
        let wakeup = flows.realtimeChanges
        while !Task.isCancelled {
            _ = wakeup.takeEarliest()
            do {
                surroundings.subscribe(try await subscriptions())
            } catch {
                report(error)
                await wakeup.wait(atMost: Self.subscriptionPause)
                continue
            }
            await wakeup.wait(atMost: .seconds(3600))
        }
    }

    /// Ends `runSubscriptions` promptly once its task is cancelled.
    public func interruptSubscriptions() { flows.realtimeChanges.interrupt() }

    /// The realtime triggers that are switched on.
    public func subscriptions() async throws -> [TriggerDescription] {
        try await read { [self] connection in
            try Triggers.realtime(connection).compactMap { row in
                guard
                    let flow = try flows.compiled(
                        namespace: row.key.namespace, id: row.key.flowID, revision: nil, connection),
                    let trigger = flow.trigger(row.key.triggerID),
                    case .realtime(let properties) = trigger.kind
                else { return nil }
                return description(of: trigger, row.key, properties, flow)
            }
        }
    }

    /// Starts the execution of an event; returns once it is durable, or its conditions do not hold.
    ///
    /// - Parameters:
    ///   - variables: What the execution sees as `trigger`.
    ///   - id: Of the execution; the same when the call is tried again.
    /// - Throws: `TriggerGone` when nobody wants events any more.
    public func emit(_ variables: OrderedMap<Value>, of key: TriggerKey, id: Execution.ID) async throws {
        try await write { [self] connection in
            guard var row = try Triggers.load(key, connection), row.isActive, row.kind == .realtime,
                let flow = try flows.compiled(
                    namespace: key.namespace, id: key.flowID, revision: nil, connection),
                let trigger = flow.trigger(key.triggerID), case .realtime = trigger.kind
            else { throw TriggerGone(key: key) }
            // An earlier try may have come through although it seemed not to.
            guard try Executions.state(of: id, connection) == nil else { return }
            let firing = Firing(flow: flow, trigger: trigger, variables: variables)
            guard let snapshot = try fireOrFail(firing, id: id, connection) else { return }
            row.last = surroundings.now()
            row.updated = surroundings.now()
            try stop(
                &row, trigger, after: id, isOpen: !snapshot.execution.state.current.isTerminal, connection)
            try Triggers.put(row, connection)
            if !row.isActive { wakeSubscriptions(row, connection) }
        }
    }

    /// A realtime trigger was switched: the worker is told after the commit.
    func wakeSubscriptions(_ row: TriggerRow, _ connection: any Connection) {
        guard row.kind == .realtime else { return }
        connection.afterCommit { [wakeup = flows.realtimeChanges, surroundings] in
            wakeup.wake(by: surroundings.now())
        }
    }
}
