import ApusModel
import ApusPlugin
import ApusSchema

/// What a `WorkingDirectory` does at its worker before its tasks: puts files into the directory.
struct PrepareDirectory: RunnableTask {
    static let type = "io.kestra.plugin.core.flow.WorkingDirectory$Prepare"
    static let summary = "Puts files into a directory that tasks share; part of WorkingDirectory."

    @Property("Files to write: content or URI by path, or the JSON text of such a map.")
    var inputFiles: Value?
    @Property("Files of the namespace to copy.")
    var namespaceFiles: NamespaceFilesOptions?
    @Property("Files kept from the execution before.")
    var cache: Value?
    @Property("For the end.")
    var outputFiles: [String] = []

    func run(_ context: TaskContext) async throws -> NoOutput {
        let space = try ScriptSpace(context)
        if let cache = try DirectoryCache(cache, context) { try await cache.restore() }
        try await context.placeNamespaceFiles(namespaceFiles)
        try await space.place(inputFiles)
        return NoOutput()
    }
}

/// What a `WorkingDirectory` does at its worker after its tasks: keeps files of the directory.
struct CollectDirectory: RunnableTask {
    static let type = "io.kestra.plugin.core.flow.WorkingDirectory$Collect"
    static let summary = "Keeps files of a directory that tasks share; part of WorkingDirectory."

    @Property("For the beginning.")
    var inputFiles: Value?
    @Property("For the beginning.")
    var namespaceFiles: Value?
    @Property("Files to keep for the next execution.")
    var cache: Value?
    @Property("Patterns of files to keep: `report.csv`, `out/**`.")
    var outputFiles: [String] = []

    struct Output: TaskOutput {
        var files: OrderedMap<Value>

        var values: OrderedMap<Value> { files.isEmpty ? [:] : ["outputFiles": .map(files)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let space = try ScriptSpace(context)
        let files = try await space.stored(outputFiles, reportsMissing: true)
        if let cache = try DirectoryCache(cache, context) { try await cache.save(space) }
        return Output(files: files)
    }
}
