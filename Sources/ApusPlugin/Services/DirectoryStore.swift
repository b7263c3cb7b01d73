public import ApusModel

/// Archives of working directories, one for each task of a flow.
public protocol DirectoryStore: Sendable {
    /// Copies the archive to a local path; false when there is none, or none that is young enough.
    func fetch(flow: FlowReference, task: String, youngerThan lifetime: ISODuration?, to path: String)
        async throws -> Bool
    /// Keeps a local file as the archive, in the place of the one before.
    func keep(_ path: String, flow: FlowReference, task: String) async throws
}
