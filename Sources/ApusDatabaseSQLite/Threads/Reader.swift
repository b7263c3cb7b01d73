import ApusDatabase

/// The loop of a thread that reads: each body sees one state, that of the latest commit when it began.
final class Reader {
    private let connection: SQLiteConnection
    private let queue: BoundedQueue<any PendingBody>

    init(_ connection: SQLiteConnection, _ queue: BoundedQueue<any PendingBody>) {
        self.connection = connection
        self.queue = queue
    }

    /// Works until the queue is closed and empty.
    func run() {
        while let body = queue.popWaiting() {
            do {
                try connection.begin("BEGIN")
                try body.run(connection)
                try connection.commit()
                settle(isCommitted: true)
                body.finish(nil)
            } catch {
                connection.rollback()
                settle(isCommitted: false)
                body.finish(error)
            }
        }
    }

    private func settle(isCommitted: Bool) {
        let effects = connection.effects
        connection.effects = Effects()
        for effect in isCommitted ? effects.afterCommit : effects.afterRollback { effect() }
    }
}
