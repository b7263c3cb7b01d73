import ApusDatabase
import ApusExpressions
import ApusModel
import ApusPlugin
import ApusStorage
import ApusWorker
import Foundation

/// The internal storage as executions see it: each reads what is in its scope.
struct ExecutionFiles: Sendable {
    /// The most bytes of a file that an expression may read.
    private static let readBytes = 16 << 20
    /// The most files of an execution whose URIs a task gets.
    private static let maxListed = 100_000

    let storage: LocalStorage
    let database: any Database

    /// Answers the file functions of expressions.
    ///
    /// - Parameter execution: `nil` while there is none.
    func answer(_ request: FactRequest, flow: FlowReference, execution: Execution.ID?) async
        -> Result<Value?, FactFailure>
    {
        do {
            switch request {
            case .readFile(let path, let namespace, let revision):
                let address = try await address(path, namespace, flow, execution, revision: revision)
                let bytes = try await storage.read(address, maxBytes: Self.readBytes)
                return .success(.string(String(decoding: bytes, as: UTF8.self)))
            case .fileSize(let path, let namespace):
                let file = try await storage.find(try await address(path, namespace, flow, execution))
                return .success(file.flatMap { $0.isDirectory ? .none : .some(.int(Int64($0.size))) })
            case .fileExists(let path, let namespace):
                let file = try await storage.find(try await address(path, namespace, flow, execution))
                return .success(.bool(file.map { !$0.isDirectory } ?? false))
            case .secret, .kv, .fileURI, .errorLogs, .freePort, .http:
                return .failure(FactFailure("this is not a file"))
            }
        } catch let error as StorageError {
            // What is not there is known to be missing; the function says so in its own words.
            return error.reason == .notFound ? .success(.none) : .failure(FactFailure(error.message))
        } catch {
            return .failure(FactFailure("the file could not be looked up: \(error)"))
        }
    }

    /// Copies a file to a path of this machine, for a task that may read it.
    func fetch(_ uri: String, to path: String, of job: Job) async throws {
        try await storage.copy(try await address(uri, nil, job.flow, job.executionID), toFile: path)
    }

    /// - Parameter revision: Of a namespace file; `nil` for the file as it is now.
    private func address(
        _ path: String, _ namespace: String?, _ flow: FlowReference, _ execution: Execution.ID?,
        revision: Int?
    ) async throws -> StorageURI {
        let address = try await address(path, namespace, flow, execution)
        guard let revision else { return address }
        guard let place = address.segments.firstIndex(of: "_files") else {
            throw StorageError(.invalidAddress, "`\(path)` has no revisions: it is no file of a namespace")
        }
        return try await NamespaceFiles(storage).address(
            of: address.segments[(place + 1)...].joined(separator: "/"),
            in: address.segments[..<place].joined(separator: "."), revision: revision)
    }

    /// What a job may do with files besides fetching and storing.
    func operations(of job: Job) -> StoredFiles {
        StoredFiles(
            size: { uri in
                let file = try await storage.find(try await address(uri, nil, job.flow, job.executionID))
                return file.flatMap { $0.isDirectory ? nil : $0.size }
            },
            delete: { uri in
                let address = try await address(uri, nil, job.flow, job.executionID)
                // Files of namespaces have tasks of their own, which keep their versions.
                guard let root = try? StorageURI.namespaceFiles(job.flow.namespace), !address.isInside(root)
                else { throw TaskFailure("`\(uri)` is a file of the namespace; use `DeleteFiles`") }
                guard let file = try await storage.find(address), !file.isDirectory else { return false }
                return try await storage.delete(address)
            },
            deleteAll: {
                let root = try StorageURI.execution(
                    namespace: job.flow.namespace, flowID: job.flow.id, executionID: job.executionID)
                let files = try await storage.listAll(below: root, limit: Self.maxListed)
                try await storage.delete(root)
                return files.map(\.address.description)
            })
    }

    private func address(
        _ path: String, _ namespace: String?, _ flow: FlowReference, _ execution: Execution.ID?
    ) async throws -> StorageURI {
        var scope = FileScope(flow: flow, execution: execution)
        do {
            return try scope.address(of: path, namespace: namespace)
        } catch {
            // Only a file of a foreign execution makes it worth asking who started this one.
            guard path.hasPrefix(StorageURI.scheme), let execution else { throw error }
            scope.trigger = try await database.read { connection in
                try Executions.load(execution, connection)?.trigger?["variables"]
            }
            return try scope.address(of: path, namespace: namespace)
        }
    }
}
