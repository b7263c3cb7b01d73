import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// The last of the three tasks of a `ForEachItem`: collects what the children gave, in the order of the batches.
struct MergeOutputs: RunnableTask {
    static let type = "io.kestra.plugin.core.flow.ForEachItem$ForEachItemMergeOutputs"
    static let summary = "Collects what the executions for each batch gave; part of ForEachItem."
    static let outputs: [PropertySchema]? = [
        .output("subflowOutputs", "A file with the outputs of a child in each row.", .string)
    ]

    @Property("The task run around.")
    var parent: String

    private static let page = 500

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let path = try context.newPath("outputs.ion")
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw TaskFailure("the file \(path) cannot be made") }
        defer { try? file.close() }
        var last = -1
        while true {
            try Task.checkCancellation()
            let rows = try await context.services.executions.childOutputs(
                of: context.executionID, below: parent, after: last, limit: Self.page)
            guard let end = rows.last?.batch else { break }
            // JSON is Ion, too.
            try file.write(contentsOf: Data(rows.map { $0.outputs.json + "\n" }.joined().utf8))
            last = end
        }
        return ValuesOutput([
            "subflowOutputs": .string(try await context.store(file: path, named: "outputs.ion"))
        ])
    }
}
