import ApusDatabase
import CSQLite
import Synchronization

/// The loop of the one thread that writes: takes bodies, runs them in one transaction, commits once.
///
/// A commit waits for the disk and costs many times what a body costs, so bodies that wait at the same time share
/// it. A body that fails is undone alone.
final class Writer {
    private let connection: SQLiteConnection
    private let queue: BoundedQueue<any PendingBody>
    private let settings: SQLiteDatabase.Configuration
    private let counts: WriteCounts
    private var checkpoints: Checkpoints
    /// Set once the disk failed; nothing is written after that.
    private var ended: DatabaseError?

    init(
        _ connection: SQLiteConnection, _ queue: BoundedQueue<any PendingBody>,
        _ settings: SQLiteDatabase.Configuration, _ counts: WriteCounts
    ) {
        self.connection = connection
        self.queue = queue
        self.settings = settings
        self.counts = counts
        checkpoints = Checkpoints(connection, everyPages: settings.checkpointPages)
    }

    /// Works until the queue is closed and empty.
    func run() {
        while let first = queue.popWaiting() {
            if let ended {
                first.finish(
                    DatabaseError(.gone, "the database ended by an earlier failure: \(ended.message)"))
            } else {
                turn(first)
            }
        }
    }

    /// One batch: everything that waits, up to the bounds.
    private func turn(_ first: any PendingBody) {
        var done: [any PendingBody] = []
        var failed: [(body: any PendingBody, error: any Error)] = []
        var failure: (any Error)?
        do {
            try connection.begin("BEGIN IMMEDIATE")
            try runBodies(first, &done, &failed)
            if !done.isEmpty { try commit() } else { connection.rollback() }
        } catch {
            connection.rollback()
            failure = error
        }
        settle(failure)
        if let error = failure as? DatabaseError, error.reason == .disk || error.reason == .corrupt {
            end(error)
        }
        // `first` is in neither list when the transaction could not begin.
        if done.isEmpty, failed.isEmpty { first.finish(failure) }
        for body in done { body.finish(failure) }
        for (body, error) in failed { body.finish(error) }
        if failure == nil, ended == nil { checkpoint() }
    }

    private func runBodies(
        _ first: any PendingBody, _ done: inout [any PendingBody],
        _ failed: inout [(body: any PendingBody, error: any Error)]
    ) throws {
        let clock = ContinuousClock()
        let end = clock.now + settings.maxBatchTime
        var next: (any PendingBody)? = first
        while let body = next {
            if let error = runAlone(body, keepsOthers: !done.isEmpty) {
                failed.append((body, error))
                // SQLite undid everything, the bodies before this one too.
                if let lost = connection.lostTransaction, !done.isEmpty { throw lost }
                if done.isEmpty {
                    connection.rollback()
                    try connection.begin("BEGIN IMMEDIATE")
                }
            } else {
                done.append(body)
            }
            let isFull = done.count + failed.count >= settings.maxBatch || clock.now >= end
            next = isFull ? nil : queue.pop()
        }
    }

    /// Runs a body so that its failure leaves the bodies before it: the first needs no savepoint for that.
    private func runAlone(_ body: any PendingBody, keepsOthers: Bool) -> (any Error)? {
        let mark = connection.effects.mark
        do {
            if keepsOthers { try connection.execute("SAVEPOINT body") }
            try body.run(connection)
            // A body that swallowed the error which ended the transaction has not succeeded.
            if let lost = connection.lostTransaction { throw lost }
            if keepsOthers { try connection.execute("RELEASE body") }
            return nil
        } catch {
            if keepsOthers, connection.lostTransaction == nil {
                do {
                    try connection.execute("ROLLBACK TO body")
                    try connection.execute("RELEASE body")
                } catch let second {
                    connection.markLost(second)
                }
            }
            for effect in connection.effects.drop(to: mark) { effect() }
            return error
        }
    }

    private func commit() throws {
        for effect in connection.effects.beforeCommit { try effect() }
        try settings.beforeCommit?()
        if let error = settings.failCommit?() { throw error }
        try connection.commit()
        counts.commits.add(1, ordering: .relaxed)
    }

    private func settle(_ failure: (any Error)?) {
        let effects = connection.effects
        connection.effects = Effects()
        if failure == nil {
            for effect in effects.afterCommit { effect() }
        } else {
            for effect in effects.afterRollback { effect() }
        }
    }

    private func checkpoint() {
        do {
            try checkpoints.runIfDue()
        } catch let error as DatabaseError where error.reason == .disk || error.reason == .corrupt {
            end(error)
        } catch {
            // A reader was in the way, or space is short: the log of changes stays and is tried again later.
        }
    }

    /// After a failed sync the system may have dropped what it could not write, and a second try would report a
    /// success that is none. So nothing is tried again; the next start recovers from what the disk holds.
    private func end(_ error: DatabaseError) {
        ended = error
        settings.fatal?(error)
    }
}

/// Numbers for measurements.
final class WriteCounts: Sendable {
    let commits = Atomic<Int>(0)
}
