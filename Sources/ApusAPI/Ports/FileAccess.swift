public import ApusModel

/// The internal storage, as far as the API uses it. Given by the composer.
public struct FileAccess: Sendable {
    /// What is to be stored.
    public enum Content: Sendable {
        case bytes([UInt8])
        /// A temporary file, which may be moved away.
        case file(path: String)
    }

    /// Where a file of an execution belongs.
    public struct Place: Hashable, Sendable {
        public var flow: FlowReference
        public var execution: Execution.ID
        /// Below the directory of the execution, safe names only: `inputs/photo/cat.jpg`.
        public var path: String

        public init(flow: FlowReference, execution: Execution.ID, path: String) {
            self.flow = flow
            self.execution = execution
            self.path = path
        }
    }

    /// Stores a file and answers its URI, `kestra:///…`.
    public var store: @Sendable (Content, Place) async throws -> String
    /// The path on this machine's disk where a URI's content can be read, and its size in bytes; `nil` when there
    /// is no such file. The URI has been checked to belong to the execution.
    public var locate: @Sendable (_ uri: String) async throws -> (path: String, bytes: Int64)?
    /// Removes all files of an execution.
    public var removeAll: @Sendable (FlowReference, Execution.ID) async throws -> Void

    public init(
        store: @escaping @Sendable (Content, Place) async throws -> String,
        locate: @escaping @Sendable (_ uri: String) async throws -> (path: String, bytes: Int64)?,
        removeAll: @escaping @Sendable (FlowReference, Execution.ID) async throws -> Void
    ) {
        self.store = store
        self.locate = locate
        self.removeAll = removeAll
    }
}
