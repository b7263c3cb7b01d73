import ApusDatabase
import ApusExpressions
import ApusModel

extension Executor {
    /// Rounds of loading in one write: each may uncover the need for another file.
    private static let maxRounds = 50

    /// Writes in one transaction; one whose turn needs facts from outside is taken again when they are there.
    func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Answer
    ) async throws -> Answer {
        try await withFacts { [database] in try await database.write(body) }
    }

    /// The same for what is only read.
    func read<Answer: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> Answer
    ) async throws -> Answer {
        try await withFacts { [database] in try await database.read(body) }
    }

    private func withFacts<Answer: Sendable>(_ transaction: () async throws -> Answer) async throws -> Answer
    {
        var rounds = 0
        var waited: Set<Execution.ID> = []
        defer { for id in waited { outside.forget(id) } }
        while true {
            do {
                return try await transaction()
            } catch let missing as OutsideFactsMissing {
                rounds += 1
                waited.insert(missing.execution)
                for request in missing.requests {
                    let answer =
                        rounds < Self.maxRounds
                        ? await surroundings.load(request, missing.flow, missing.execution)
                        : .failure(FactFailure("the expressions of this execution ask for too many files"))
                    outside.keep(answer, to: request, of: missing.execution)
                }
            }
        }
    }
}
