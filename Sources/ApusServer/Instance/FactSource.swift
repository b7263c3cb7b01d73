import ApusDatabase
import ApusDatabaseSQLite
import ApusExecutor
import ApusExpressions
import ApusModel
import ApusWorker
import Foundation

/// Answers what expressions need from outside: secrets of the environment, key-value entries, files, error lines.
struct FactSource: FactProvider {
    let database: any Database
    let logs: SQLiteLogStore
    let files: ExecutionFiles
    let now: @Sendable () -> Timestamp

    func facts(for requests: [FactRequest], of job: Job) async -> [FactRequest: Result<Value?, FactFailure>] {
        var answers: [FactRequest: Result<Value?, FactFailure>] = [:]
        for request in requests {
            answers[request] = await answer(request, flow: job.flow, execution: job.executionID)
        }
        return answers
    }

    /// Outside of any transaction, where waiting is allowed.
    ///
    /// - Parameter execution: `nil` while there is none: for the defaults of inputs.
    func answer(_ request: FactRequest, flow: FlowReference, execution: Execution.ID?) async
        -> Result<Value?, FactFailure>
    {
        do {
            switch request {
            case .errorLogs:
                guard let execution else { return .success([]) }
                return .success(.list(try await errorLines(of: execution)))
            case .readFile, .fileSize, .fileExists:
                return await files.answer(request, flow: flow, execution: execution)
            case .http(let arguments):
                return await HTTPFact.answer(arguments)
            case .freePort:
                return FreePort.fact
            case .secret, .kv, .fileURI:
                break
            }
            return try await database.read { connection in
                answer(request, flow: flow, execution: execution ?? "", connection)
            }
        } catch {
            return .failure(FactFailure("the server could not look it up: \(error)"))
        }
    }

    private func errorLines(of execution: Execution.ID) async throws -> [Value] {
        var filter = LogFilter(executionID: execution)
        filter.minLevel = .error
        let wanted = filter
        return try await logs.read { try Logs.lines(wanted, limit: 1000, $0) }.map(ErrorLog.value)
    }

    /// The same inside a transaction. Lines of the log that belong to it are the caller's to add.
    func answer(
        _ request: FactRequest, flow: FlowReference, execution: Execution.ID, _ connection: any Connection
    ) -> Result<Value?, FactFailure> {
        switch request {
        case .secret(let key, _, let subkey):
            return secret(key, subkey: subkey)
        case .kv(let key, let namespace):
            return entry(key, namespace: namespace, flow: flow, connection)
        case .readFile, .fileSize, .fileExists, .freePort, .http:
            return .failure(FactFailure("this cannot be looked up while the database is being written"))
        case .errorLogs:
            // Lines kept by earlier turns and by workers are read beside this transaction.
            return storedErrorLines(of: execution)
        case .fileURI:
            return .failure(FactFailure("namespace files are not part of this version of Apus"))
        }
    }

    private func storedErrorLines(of execution: Execution.ID) -> Result<Value?, FactFailure> {
        var filter = LogFilter(executionID: execution)
        filter.minLevel = .error
        do {
            return .success(
                .list(
                    try logs.readBlocking { [filter] in try Logs.lines(filter, limit: 1000, $0) }.map(
                        ErrorLog.value)))
        } catch {
            return .failure(FactFailure("the log could not be read: \(error)"))
        }
    }

    /// `SECRET_<KEY>` of the environment holds a secret in base64.
    private func secret(_ key: String, subkey: String?) -> Result<Value?, FactFailure> {
        let name = "SECRET_" + key.uppercased()
        guard let encoded = ProcessInfo.processInfo.environment[name] else { return .success(nil) }
        guard let data = Data(base64Encoded: encoded, options: .ignoreUnknownCharacters) else {
            return .failure(FactFailure("the environment variable \(name) is not base64"))
        }
        let text = String(decoding: data, as: UTF8.self)
        guard let subkey else { return .success(.string(text)) }
        guard let value = (try? JSONParser.parse(text))?[subkey] else {
            return .failure(FactFailure("the secret `\(key)` has no part `\(subkey)`"))
        }
        if case .string = value { return .success(value) }
        return .success(.string(value.json))
    }

    /// Without a namespace: the flow's, then each one above it.
    private func entry(_ key: String, namespace: String?, flow: FlowReference, _ connection: any Connection)
        -> Result<Value?, FactFailure>
    {
        var candidates = [namespace ?? flow.namespace]
        if namespace == nil {
            while let dot = candidates[candidates.count - 1].lastIndex(of: ".") {
                candidates.append(String(candidates[candidates.count - 1][..<dot]))
            }
        }
        do {
            for candidate in candidates {
                if let row = try KeyValues.get(namespace: candidate, key: key, now: now(), connection) {
                    return .success(row.value.asRead)
                }
            }
            return .success(nil)
        } catch {
            return .failure(FactFailure("the entry could not be read: \(error)"))
        }
    }
}
