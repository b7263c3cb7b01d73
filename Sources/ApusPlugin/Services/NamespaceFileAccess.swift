public import ApusModel

/// The files of namespaces, as tasks see them.
///
/// Paths are relative: `sql/load.sql`, without a slash in front; nothing in them is decoded. All throw
/// `TaskFailure`: for a namespace that does not exist, a path that is none, a file that is missing, and when the
/// storage cannot be used.
public protocol NamespaceFileAccess: Sendable {
    /// The paths of all files of a namespace, in order; at most `NamespaceFileLimits.maxFiles`, else it throws.
    func list(_ namespace: String) async throws(TaskFailure) -> [String]

    /// Copies a file of a namespace to a path of this machine whose directory exists.
    func fetch(_ path: String, in namespace: String, to localPath: String) async throws(TaskFailure)

    /// Stores a copy of a local file. What was there becomes an earlier revision.
    ///
    /// - Parameters:
    ///   - name: Of the file below `directory`; no part of it may be a link.
    /// - Returns: Its URI, `kestra:///…`; `nil` when there is a file already that must not be replaced.
    func store(
        _ name: String, of directory: String, at path: String, in namespace: String, replacing: Bool
    ) async throws(TaskFailure) -> String?

    /// Removes a file or directory with its revisions. Answers whether there was one.
    func delete(_ path: String, in namespace: String) async throws(TaskFailure) -> Bool

    /// Removes a directory when nothing is left in it, and those above it that become empty.
    func deleteEmptyDirectories(above path: String, in namespace: String) async throws(TaskFailure)

    /// The URI of a file, whether it exists or not: `kestra:///company/team/_files/sql/load.sql`.
    func uri(of path: String, in namespace: String) throws(TaskFailure) -> String

    /// The namespaces that exist, in order.
    func namespaces() async throws(TaskFailure) -> [String]

    /// Removes earlier revisions of a file and answers how many; the file as it is now always stays.
    ///
    /// - Parameters:
    ///   - kept: How many of the newest revisions stay, the file itself included; at least 1.
    ///   - date: Only revisions that were replaced before it go.
    func purgeRevisions(
        of path: String, in namespace: String, keeping kept: Int?, before date: Timestamp?
    ) async throws(TaskFailure) -> Int
}

/// Bounds on the files of a namespace.
public enum NamespaceFileLimits {
    /// Files that one task or request looks through, at most.
    public static let maxFiles = 100_000
}

/// No files of namespaces: everything fails.
public struct NoNamespaceFiles: NamespaceFileAccess {
    private static let missing = Services.missing("storage for namespace files")

    public init() {}

    public func list(_ namespace: String) async throws(TaskFailure) -> [String] { throw Self.missing }
    public func fetch(
        _ path: String, in namespace: String, to localPath: String
    ) async throws(TaskFailure) { throw Self.missing }
    public func store(
        _ name: String, of directory: String, at path: String, in namespace: String, replacing: Bool
    ) async throws(TaskFailure) -> String? { throw Self.missing }
    public func delete(_ path: String, in namespace: String) async throws(TaskFailure) -> Bool {
        throw Self.missing
    }
    public func deleteEmptyDirectories(
        above path: String, in namespace: String
    ) async throws(TaskFailure) { throw Self.missing }
    public func uri(of path: String, in namespace: String) throws(TaskFailure) -> String {
        throw Self.missing
    }
    public func namespaces() async throws(TaskFailure) -> [String] { throw Self.missing }
    public func purgeRevisions(
        of path: String, in namespace: String, keeping kept: Int?, before date: Timestamp?
    ) async throws(TaskFailure) -> Int { throw Self.missing }
}
