public import ApusModel

/// The key-value stores of namespaces, as tasks see them.
///
/// An expired entry counts as missing. All throw `TaskFailure`: for a namespace that does not exist, a key that is
/// none (`KeyValueKey`), and when the store cannot be used.
public protocol KeyValueAccess: Sendable {
    /// The value of an entry; `nil` when it is missing.
    func value(of key: String, in namespace: String) async throws(TaskFailure) -> Value?

    /// Writes an entry.
    ///
    /// - Returns: False when it is there already and must not be replaced; nothing is changed then.
    func set(_ entry: KeyValueEntry, in namespace: String, replacing: Bool) async throws(TaskFailure) -> Bool

    /// The keys of a namespace that begin with a text, in order.
    func keys(in namespace: String, beginningWith prefix: String) async throws(TaskFailure) -> [String]

    /// Removes an entry. Answers whether it was there.
    func delete(_ key: String, in namespace: String) async throws(TaskFailure) -> Bool

    /// The namespaces that have entries, expired ones included, in order.
    func namespaces() async throws(TaskFailure) -> [String]

    /// Removes entries of a namespace for good and answers how many.
    ///
    /// - Parameters:
    ///   - onlyExpired: Entries that have not expired stay.
    ///   - matches: Which keys are meant.
    func purge(
        _ namespace: String, onlyExpired: Bool, where matches: @escaping @Sendable (String) -> Bool
    ) async throws(TaskFailure) -> Int
}

/// What is written under a key.
public struct KeyValueEntry: Hashable, Sendable {
    public var key: String
    public var value: Value
    /// How long it lives; `nil` for ever.
    public var timeToLive: ISODuration?
    public var description: String?

    public init(
        _ key: String, _ value: Value, timeToLive: ISODuration? = nil, description: String? = nil
    ) {
        self.key = key
        self.value = value
        self.timeToLive = timeToLive
        self.description = description
    }
}

/// No key-value store: everything fails.
public struct NoKeyValues: KeyValueAccess {
    private static let missing = Services.missing("key-value store")

    public init() {}

    public func value(of key: String, in namespace: String) async throws(TaskFailure) -> Value? {
        throw Self.missing
    }
    public func set(
        _ entry: KeyValueEntry, in namespace: String, replacing: Bool
    ) async throws(TaskFailure) -> Bool { throw Self.missing }
    public func keys(in namespace: String, beginningWith prefix: String) async throws(TaskFailure) -> [String]
    {
        throw Self.missing
    }
    public func delete(_ key: String, in namespace: String) async throws(TaskFailure) -> Bool {
        throw Self.missing
    }
    public func namespaces() async throws(TaskFailure) -> [String] { throw Self.missing }
    public func purge(
        _ namespace: String, onlyExpired: Bool, where matches: @escaping @Sendable (String) -> Bool
    ) async throws(TaskFailure) -> Int { throw Self.missing }
}
