import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.namespace.PurgeFiles`.
struct PurgeFiles: RunnableTask {
    static let type = "io.kestra.plugin.core.namespace.PurgeFiles"
    static let summary = "Removes earlier revisions of the files of namespaces; the files themselves stay."
    static let outputs: [PropertySchema]? = [.output("size", "Revisions that were removed.", .integer)]

    /// Which revisions go.
    struct Behavior: PropertyGroup {
        @Property("`version`, the only one there is.")
        var type: String = "version"
        @Property("Only revisions that were replaced before this, such as `2026-01-31T00:00:00Z`.")
        var before: Timestamp?
        @Property("So many revisions of each file stay, the file itself included.")
        var keepAmount: Int?
    }

    @Included var place: PurgedNamespaces
    @Property("A glob; only files it matches are meant.")
    var filePattern: String?
    @Property("Which revisions go; all but the file as it is when left out.")
    var behavior: Behavior?

    struct Output: TaskOutput {
        var size: Int
        var values: OrderedMap<Value> { ["size": .int(Int64(size))] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let kept = try keptRevisions()
        let selection = filePattern.map { PathSelection([$0]) }
        let store = context.services.namespaceFiles
        var size = 0
        for namespace in try place.chosen(of: try await store.namespaces(), in: context) {
            for file in try await store.list(namespace) where selection?.contains(file) ?? true {
                size += try await store.purgeRevisions(
                    of: file, in: namespace, keeping: kept, before: behavior?.before)
            }
        }
        context.log("\(size) revisions removed")
        return Output(size: size)
    }

    private func keptRevisions() throws(TaskFailure) -> Int? {
        guard let behavior else { return 1 }
        guard behavior.type == "version" else {
            throw TaskFailure("`behavior.type` is `version`, found `\(behavior.type)`")
        }
        guard let kept = behavior.keepAmount else { return behavior.before == nil ? 1 : nil }
        guard behavior.before == nil else {
            throw TaskFailure("`behavior` takes `before` or `keepAmount`, not both")
        }
        guard kept >= 1 else { throw TaskFailure("`behavior.keepAmount` must be at least 1, found \(kept)") }
        return kept
    }
}
