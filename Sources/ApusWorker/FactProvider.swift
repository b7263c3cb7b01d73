public import ApusExpressions
public import ApusModel

/// Where a worker looks up what templates need from outside their variables: secrets, entries, files.
public protocol FactProvider: Sendable {
    /// Looks up all requests of a rendering.
    ///
    /// - Returns: An answer for each (`.success(nil)` for what is known to be missing); what is left out counts
    ///   as missing.
    func facts(for requests: [FactRequest], of job: Job) async -> [FactRequest: Result<Value?, FactFailure>]
}

/// Knows nothing: every fact is missing.
public struct NoFacts: FactProvider {
    public init() {}

    public func facts(
        for requests: [FactRequest], of job: Job
    ) async -> [FactRequest: Result<Value?, FactFailure>] { [:] }
}
