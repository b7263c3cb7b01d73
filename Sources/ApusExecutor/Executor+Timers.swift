import ApusDatabase
import ApusEngine
public import ApusModel

extension Executor {
    /// Rows of the inbox handled in one transaction.
    private static let batch = 200

    /// Carries out what is due, again and again, until the surrounding task is cancelled.
    public func run() async throws {
        while !Task.isCancelled {
            _ = timers.takeEarliest()
            let next = try await turnOfTimers()
            let now = surroundings.now()
            guard let next else {
                await timers.wait(atMost: .seconds(3600))
                continue
            }
            let microseconds = next.since(now).microseconds
            if microseconds > 0 { await timers.wait(atMost: .microseconds(min(microseconds, 3_600_000_000))) }
        }
    }

    /// Ends `run` promptly once its task is cancelled.
    public func interrupt() { timers.interrupt() }

    /// One bounded piece of work: the rows of the inbox that are due. Answers when the next one is due.
    public func turnOfTimers() async throws -> Timestamp? {
        let rows = try await database.read { [surroundings] connection in
            try Inbox.due(at: surroundings.now(), limit: Self.batch, connection)
        }
        for row in rows {
            try await database.write { [self] connection in
                guard try Inbox.remove(row.sequence, connection) else { return }
                guard let json = try? JSONParser.parse(row.body), let stored = StoredEvent(json: json) else {
                    // A row this version cannot read would come back for ever; it is taken out and reported.
                    throw RequestRefused.invalid("the inbox row \(row.sequence) cannot be read: \(row.body)")
                }
                switch stored {
                case .goOn: try turn(row.executionID, [], goesOn: true, connection)
                case .event(let event): try turn(row.executionID, [event], connection)
                }
            }
        }
        if rows.count == Self.batch { return surroundings.now() }
        return try await database.read { try Inbox.next($0) }
    }

    /// Says that the jobs of this process are still worked on.
    public func renewLeases() async throws {
        try await database.write { [surroundings] connection in
            _ = try Jobs.renew(
                worker: surroundings.worker, until: surroundings.now().advanced(by: Self.lease), connection)
        }
    }

    /// Takes up what a process that is gone left behind: its jobs are lost attempts, and begin again.
    ///
    /// - Returns: How many jobs were taken up.
    public func recover() async throws -> Int {
        var count = 0
        while true {
            let lost = try await database.write { [self] connection in
                let rows = try Jobs.leasedByOthers(than: surroundings.worker, limit: Self.batch, connection)
                for row in rows {
                    guard try Jobs.remove(taskRunID: row.taskRunID, attempt: row.attempt, connection) else { continue }
                    try turn(
                        row.executionID, [.workerLost(row.taskRunID, attempt: row.attempt)], connection)
                }
                return rows.count
            }
            count += lost
            if lost < Self.batch { return count }
        }
    }
}
