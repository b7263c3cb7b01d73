import ApusAPI
import ApusModel
import ApusStorage
import ApusWorker
import Foundation

extension LocalStorage {
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
