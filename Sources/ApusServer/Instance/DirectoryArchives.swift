import ApusModel
import ApusPlugin
import ApusStorage
import Foundation

/// Archives of working directories in internal storage: `kestra:///namespace/flow/cache/TASK/cache.tar`.
struct DirectoryArchives: DirectoryStore {
    let storage: LocalStorage
    let now: @Sendable () -> Timestamp

    func fetch(flow: FlowReference, task: String, youngerThan lifetime: ISODuration?, to path: String)
        async throws -> Bool
    {
        let address = try address(flow, task)
        guard let file = try await storage.find(address), !file.isDirectory else { return false }
        if let lifetime, file.modified.advanced(by: lifetime) <= now() {
            try await storage.delete(address)
            return false
        }
        try await storage.copy(address, toFile: path)
        return true
    }

    func keep(_ path: String, flow: FlowReference, task: String) async throws {
        let file = URL(fileURLWithPath: path)
        try await storage.put(
            fileAt: file.lastPathComponent, in: file.deletingLastPathComponent().path,
            at: try address(flow, task))
    }

    private func address(_ flow: FlowReference, _ task: String) throws(StorageError) -> StorageURI {
        try StorageURI.namespace(flow.namespace).appending(
            StorageURI.slug(flow.id), "cache", task, "cache.tar")
    }
}
