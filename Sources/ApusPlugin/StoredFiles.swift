public import ApusModel

/// Renders a text with the fields of an item as variables; the number of the item makes `uuid()` and the like
/// differ. `nil` when nothing is printed, not even an empty text: the expression is null.
///
/// Throws `ExpressionError`.
public typealias ItemRenderer = @Sendable (_ item: OrderedMap<Value>, _ number: Int) async throws -> String?

/// What a running task may do with files of internal storage besides fetching and storing them.
///
/// Files are given by their URIs. Those of other namespaces are refused, as `read()` refuses them.
public struct StoredFiles: Sendable {
    /// Bytes of a file; `nil` when there is none.
    public var size: @Sendable (String) async throws -> Int?
    /// Removes a file that an execution of this namespace stored; answers whether there was one.
    public var delete: @Sendable (String) async throws -> Bool
    /// Removes all files of this execution; answers their URIs.
    public var deleteAll: @Sendable () async throws -> [String]

    public init(
        size: @escaping @Sendable (String) async throws -> Int?,
        delete: @escaping @Sendable (String) async throws -> Bool,
        deleteAll: @escaping @Sendable () async throws -> [String]
    ) {
        self.size = size
        self.delete = delete
        self.deleteAll = deleteAll
    }

    /// Every call fails: there is no storage.
    public static let none = StoredFiles(
        size: { _ in throw TaskContext.Outlets.noStorage },
        delete: { _ in throw TaskContext.Outlets.noStorage },
        deleteAll: { throw TaskContext.Outlets.noStorage })
}
