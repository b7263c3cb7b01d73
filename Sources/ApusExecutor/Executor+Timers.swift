import ApusDatabase
import ApusEngine
public import ApusModel

extension Executor {
    /// Rows of the inbox handled in one transaction.
    private static let batch = 200

    /// How long to wait after the database refused; nothing is lost meanwhile, what is due stays due.
    private static let pause = Duration.seconds(1)

    /// Carries out what is due, again and again, until the surrounding task is cancelled. A fault of the database
    /// is reported and tried again.
    public func run(report: @Sendable (any Error) -> Void) async {
        while !Task.isCancelled {
            _ = timers.takeEarliest()
            let next: Timestamp?
            do {
                next = try await turnOfTimers()
            } catch {
                report(error)
                await timers.wait(atMost: Self.pause)
                continue
            }
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
        try await handle(rows)
        if rows.count == Self.batch { return surroundings.now() }
        return try await database.read { try Inbox.next($0) }
    }

    /// Handles rows of several executions at once, so that they share a commit, and those of one execution in order.
    ///
    /// After an error nothing more is begun; what is not handled stays due.
    private func handle(_ rows: [InboxRow]) async throws {
        var waiting = Self.byExecution(rows)[...]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<concurrentTurns {
                guard let rows = waiting.popFirst() else { break }
                group.addTask { try await self.handle(inOrder: rows) }
            }
            while try await group.next() != nil {
                guard let rows = waiting.popFirst() else { continue }
                group.addTask { try await self.handle(inOrder: rows) }
            }
        }
    }

    /// The rows of each execution, in the order in which the first of each came.
    private static func byExecution(_ rows: [InboxRow]) -> [[InboxRow]] {
        var result: [[InboxRow]] = []
        var places: [Execution.ID: Int] = [:]
        for row in rows {
            if let place = places[row.executionID] {
                result[place].append(row)
            } else {
                places[row.executionID] = result.count
                result.append([row])
            }
        }
        return result
    }

    private func handle(inOrder rows: [InboxRow]) async throws {
        for row in rows { try await write { try self.handle(row, $0) } }
    }

    private func handle(_ row: InboxRow, _ connection: any Connection) throws {
        guard try Inbox.remove(row.sequence, connection) else { return }
        guard let json = try? JSONParser.parse(row.body), let stored = StoredEvent(json: json) else {
            // A row this version cannot read would come back for ever: it is taken out, and told of where
            // the execution's owner looks.
            return try quarantine(row, connection)
        }
        switch stored {
        case .goOn: try turn(row.executionID, [], goesOn: true, connection)
        case .event(let event):
            let flow = try turn(row.executionID, [event], connection)?.execution.flow
            guard case .admitted = event, let flow else { return }
            // More may wait than one transaction let in.
            try Admission.fill(
                namespace: flow.namespace, flowID: flow.id, at: surroundings.now(), waking: timers,
                connection)
        }
    }

    private func quarantine(_ row: InboxRow, _ connection: any Connection) throws {
        guard let execution = try Executions.load(row.executionID, connection) else { return }
        let line = LogLine(
            executionID: execution.id, flow: execution.flow, level: .error, date: surroundings.now(),
            message: "An event of this execution cannot be read and was set aside: \(row.body)")
        try surroundings.log(
            [KeyedLine(key: "\(execution.id)/inbox/\(row.sequence)", line: line)], connection)
    }

    /// Says that the jobs of this process are still worked on.
    public func renewLeases() async throws {
        try await write { [surroundings] connection in
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
            let lost = try await write { [self] connection in
                let rows = try Jobs.leasedByOthers(than: surroundings.worker, limit: Self.batch, connection)
                for row in rows {
                    guard try Jobs.remove(taskRunID: row.taskRunID, attempt: row.attempt, connection) else {
                        continue
                    }
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
