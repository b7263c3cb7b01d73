import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.kv.PurgeKV`.
struct KeyValuePurge: RunnableTask {
    static let type = "io.kestra.plugin.core.kv.PurgeKV"
    static let summary = "Removes entries, by default expired ones, from key-value stores."
    static let outputs: [PropertySchema]? = [.output("size", "Entries that were removed.", .integer)]

    /// What goes: whole entries, or their earlier versions.
    struct Behavior: PropertyGroup {
        @Property("`key` for whole entries, `version` for earlier versions of entries that stay.")
        var type: String
        @Property("With `key`: only entries that have expired.")
        var expiredOnly: Bool = true
        @Property("With `version`: only versions written before this.")
        var before: String?
        @Property("With `version`: so many versions of each key stay.")
        var keepAmount: Int?
    }

    @Included var place: PurgedNamespaces
    @Property("A glob; only keys it matches are removed.")
    var keyPattern: String?
    @Property("What is removed.")
    var behavior: Behavior?
    @Property("Former way to say whether only expired entries are removed.")
    var expiredOnly: Bool?

    struct Output: TaskOutput {
        var size: Int
        var values: OrderedMap<Value> { ["size": .int(Int64(size))] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        guard try removesEntries() else {
            context.log("This server keeps only the latest version of an entry, so there is none to remove")
            return Output(size: 0)
        }
        let onlyExpired = expiredOnly ?? behavior?.expiredOnly ?? true
        let pattern = keyPattern.map { Glob($0) }
        let store = context.services.keyValues
        var size = 0
        for namespace in try place.chosen(of: try await store.namespaces(), in: context) {
            size += try await store.purge(namespace, onlyExpired: onlyExpired) {
                pattern?.matches($0) ?? true
            }
        }
        context.log("\(size) entries removed")
        return Output(size: size)
    }

    private func removesEntries() throws(TaskFailure) -> Bool {
        guard let behavior else { return true }
        switch behavior.type {
        case "key": return true
        case "version":
            guard behavior.before != nil || behavior.keepAmount != nil else {
                throw TaskFailure("`behavior` of the type `version` needs `before` or `keepAmount`")
            }
            return false
        default:
            throw TaskFailure("`behavior.type` is `key` or `version`, found `\(behavior.type)`")
        }
    }
}
