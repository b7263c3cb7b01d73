import ApusDatabase
import ApusModel
import ApusPlugin
import ApusStorage

/// The key-value stores of namespaces in the database, as tasks use them.
struct KeyValueStore: KeyValueAccess {
    let database: any Database
    let now: @Sendable () -> Timestamp

    func value(of key: String, in namespace: String) async throws(TaskFailure) -> Value? {
        try check(key)
        let now = now()
        return try await inNamespace(namespace) {
            try KeyValues.get(namespace: namespace, key: key, now: now, $0)?.value.asRead
        }
    }

    func set(
        _ entry: KeyValueEntry, in namespace: String, replacing: Bool
    ) async throws(TaskFailure) -> Bool {
        try check(entry.key)
        let now = now()
        return try await inNamespace(namespace, writes: true) { connection in
            if !replacing,
                try KeyValues.get(namespace: namespace, key: entry.key, now: now, connection) != nil
            {
                return false
            }
            try KeyValues.put(
                namespace: namespace, key: entry.key, value: entry.value,
                expires: entry.timeToLive.map { now.advanced(by: $0) }, description: entry.description,
                now: now, connection)
            return true
        }
    }

    func keys(in namespace: String, beginningWith prefix: String) async throws(TaskFailure) -> [String] {
        let filter = KeyValueFilter(namespace: .equals(namespace), expiry: .alive(at: now()))
        // Compared here: the database's own comparison takes letters of either case for the same.
        return try await inNamespace(namespace) { try KeyValues.keys(filter, $0) }
            .filter { $0.hasPrefix(prefix) }
    }

    func delete(_ key: String, in namespace: String) async throws(TaskFailure) -> Bool {
        try check(key)
        let now = now()
        return try await inNamespace(namespace, writes: true) { connection in
            let isAlive = try KeyValues.get(namespace: namespace, key: key, now: now, connection) != nil
            try KeyValues.delete(namespace: namespace, key: key, connection)
            return isAlive
        }
    }

    func namespaces() async throws(TaskFailure) -> [String] {
        try await translated { [database] in try await database.read { try KeyValues.namespaces($0) } }
    }

    func purge(
        _ namespace: String, onlyExpired: Bool, where matches: @escaping @Sendable (String) -> Bool
    ) async throws(TaskFailure) -> Int {
        var filter = KeyValueFilter(namespace: .equals(namespace))
        if onlyExpired { filter.expiry = .expired(at: now()) }
        let wanted = filter
        return try await translated { [database] in
            try await database.write { connection in
                let keys = try KeyValues.keys(wanted, connection).filter(matches)
                for key in keys { try KeyValues.delete(namespace: namespace, key: key, connection) }
                return keys.count
            }
        }
    }

    private func check(_ key: String) throws(TaskFailure) {
        guard KeyValueKey.isValid(key) else {
            throw TaskFailure("`\(key.prefix(60))` is not a key. \(KeyValueKey.rule)")
        }
    }

    /// A namespace exists when it has flows, or one below it has.
    private func inNamespace<T: Sendable>(
        _ namespace: String, writes: Bool = false, _ body: @Sendable @escaping (any Connection) throws -> T
    ) async throws(TaskFailure) -> T {
        try await translated { [database] in
            let checked: @Sendable (any Connection) throws -> T = { connection in
                guard NamespaceName.isValid(namespace), try Flows.exist(under: namespace, connection) else {
                    throw TaskFailure("the namespace `\(namespace)` does not exist: no flow is in it")
                }
                return try body(connection)
            }
            return writes ? try await database.write(checked) : try await database.read(checked)
        }
    }

    private func translated<T: Sendable>(
        _ body: @Sendable () async throws -> T
    ) async throws(TaskFailure) -> T {
        do {
            return try await body()
        } catch let failure as TaskFailure {
            throw failure
        } catch let error as DatabaseError where error.reason == .tooLarge {
            throw TaskFailure("the value cannot be stored: \(error.message)")
        } catch {
            throw TaskFailure("the key-value store cannot be used: \(error)")
        }
    }
}
