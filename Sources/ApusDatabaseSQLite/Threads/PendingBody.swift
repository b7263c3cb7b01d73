import ApusDatabase

/// A body on its way through a database thread.
protocol PendingBody: AnyObject, Sendable {
    /// Runs the body and keeps its answer. Throws what the body throws.
    func run(_ connection: SQLiteConnection) throws
    /// Gives the answer, or the failure in its place, to whoever waits. Called once.
    func finish(_ failure: (any Error)?)
}

/// A body with the way back to its caller.
///
/// `@unchecked Sendable`: `answer` is touched only by the one thread that took the body out of the queue.
final class Body<Answer: Sendable>: PendingBody, @unchecked Sendable {
    private let body: @Sendable (any Connection) throws -> Answer
    private let resume: @Sendable (Result<Answer, any Error>) -> Void
    private var answer: Answer?

    init(
        _ body: @escaping @Sendable (any Connection) throws -> Answer,
        resume: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        self.body = body
        self.resume = resume
    }

    func run(_ connection: SQLiteConnection) throws { answer = try body(connection) }

    func finish(_ failure: (any Error)?) {
        if let failure {
            resume(.failure(failure))
        } else if let answer {
            resume(.success(answer))
        } else {
            resume(.failure(DatabaseError(.gone, "the database was closed")))
        }
    }
}
