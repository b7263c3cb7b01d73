import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.storage.PurgeStorage`.
struct PurgeStorage: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.PurgeStorage"
    static let summary = "Deletes files of executions that are not there any more."
    static let outputs: [PropertySchema]? = [
        .output("scannedCount", "Executions that are gone and have files.", .integer),
        .output("purgedCount", "Those with files in the period.", .integer),
        .output("deletedFilesCount", "Files that were deleted; 0 for a dry run.", .integer),
    ]

    @Property("Of this namespace and, unless a flow is given, of those below it; of all when left out.")
    var namespace: String?
    @Property("Of this flow; needs `namespace`.")
    var flowId: String?
    @Property("Files written at this time or later.")
    var startDate: Timestamp?
    @Property(
        "Files written before this time. Keep it in the past: a file of an execution that begins is safe then."
    )
    var endDate: Timestamp
    @Property("Only count.")
    var dryRun: Bool = true

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        guard flowId == nil || namespace != nil else {
            throw TaskFailure("`flowId` needs `namespace`")
        }
        let counts = try await context.services.executions.purgeFiles(
            FilePurge(namespace: namespace, flowID: flowId, from: startDate, to: endDate, isDry: dryRun))
        return ValuesOutput([
            "scannedCount": .int(Int64(counts.scanned)), "purgedCount": .int(Int64(counts.purged)),
            "deletedFilesCount": .int(Int64(counts.deletedFiles)),
        ])
    }
}
