import ApusAPI
import ApusExpressions
import ApusModel
import ApusStorage
import ApusWorker
import Foundation

extension LocalStorage {
    /// The most bytes of a file that an expression may read.
    private static let readBytes = 16 << 20

    /// Stores a file a task made; answers its address.
    func keep(_ path: String, named name: String, of job: Job) async throws -> String {
        let directory = try StorageURI.taskRun(
            namespace: job.flow.namespace, flowID: job.flow.id, executionID: job.executionID,
            taskID: job.taskID,
            taskRunID: job.taskRunID)
        let address = try directory.appending(path: name)
        let file = URL(fileURLWithPath: path)
        return try await put(
            fileAt: file.lastPathComponent, in: file.deletingLastPathComponent().path, at: address
        ).address.description
    }

    /// Copies a file of the internal storage to a path of this machine, for a task that may read it.
    func fetch(_ uri: String, to path: String, of job: Job) async throws {
        let content = try await open(try readable(uri, flow: job.flow, execution: job.executionID))
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw StorageError(.unavailable, "the file \(path) cannot be made") }
        defer { try? file.close() }
        var offset = 0
        while true {
            let piece = try await content.read(at: offset, count: Self.pieceBytes)
            guard !piece.isEmpty else { return }
            try file.write(contentsOf: piece)
            offset += piece.count
        }
    }

    /// The address, when an execution may read it: a file of its own flow's executions.
    private func readable(_ uri: String, flow: FlowReference, execution: Execution.ID) throws -> StorageURI {
        let address = try StorageURI(uri)
        let own = try StorageURI.execution(
            namespace: flow.namespace, flowID: flow.id, executionID: execution)
        guard address.isInside(own) else {
            throw StorageError(.invalidAddress, "\(uri) does not belong to this execution")
        }
        return address
    }

    /// Answers the file functions of expressions.
    func answer(_ request: FactRequest, flow: FlowReference, execution: Execution.ID) async
        -> Result<Value?, FactFailure>
    {
        do {
            switch request {
            case .readFile(let path, _):
                let bytes = try await read(
                    try readable(path, flow: flow, execution: execution), maxBytes: Self.readBytes)
                return .success(.string(String(decoding: bytes, as: UTF8.self)))
            case .fileSize(let path, _):
                let file = try await find(try readable(path, flow: flow, execution: execution))
                return .success(file.map { .int(Int64($0.size)) })
            case .fileExists(let path, _):
                let file = try await find(try readable(path, flow: flow, execution: execution))
                return .success(.bool(file.map { !$0.isDirectory } ?? false))
            case .secret, .kv, .fileURI, .errorLogs, .freePort, .http:
                return .success(nil)
            }
        } catch {
            return .failure(FactFailure("\(error)"))
        }
    }

    /// The storage as the API sees it.
    var access: FileAccess {
        FileAccess(
            store: { [self] content, place in
                let root = try StorageURI.execution(
                    namespace: place.flow.namespace, flowID: place.flow.id, executionID: place.execution)
                let address = try root.appending(path: place.path)
                switch content {
                case .bytes(let bytes):
                    return try await put(bytes, at: address).address.description
                case .file(let path):
                    let file = URL(fileURLWithPath: path)
                    return try await put(
                        fileAt: file.lastPathComponent, in: file.deletingLastPathComponent().path, at: address
                    ).address.description
                }
            },
            locate: { [self] uri in
                let address = try StorageURI(uri)
                guard let file = try await find(address), !file.isDirectory,
                    let path = try await path(of: address)
                else { return nil }
                return (path, Int64(file.size))
            },
            removeAll: { [self] flow, execution in
                _ = try await delete(
                    try StorageURI.execution(
                        namespace: flow.namespace, flowID: flow.id, executionID: execution))
            })
    }
}
