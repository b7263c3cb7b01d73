import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// Source: core-plugins, `core.storage.Split`.
struct Split: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.Split"
    static let aliases = ["io.kestra.core.tasks.storages.Split"]
    static let summary = "Splits a file of internal storage into several, row by row."
    static let outputs: [PropertySchema]? = [.output("uris", "The pieces.", .list(.string))]

    @Property("The file.")
    var from: String
    @Property("A piece is complete once it has so many bytes, such as `10MB`.")
    var bytes: String?
    @Property("There are so many pieces, and rows go to them in turn.")
    var partitions: Int?
    @Property("A piece has so many rows.")
    var rows: Int?
    @Property("Rows with the same text for the first group of this regular expression share a piece.")
    var regexPattern: String?
    @Property("Between the rows.")
    var separator: String = "\n"

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let rule = try FileSplit.rule(
            bytes: bytes, partitions: partitions, rows: rows, regexPattern: regexPattern)
        let split = try FileSplit(rule, separator: separator)
        let path = try await context.localCopy(of: from)
        let directory = try context.newPath("pieces")
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let result = try await split.split(
            path, into: directory, suffix: TaskContext.suffix(ofURI: from))
        if result.unmatchedRows > 0 {
            context.log(
                "\(result.unmatchedRows) rows do not match `regexPattern` and are in no piece", at: .warn)
        }
        var uris: [Value] = []
        for path in result.paths { uris.append(.string(try await context.store(file: path))) }
        return ValuesOutput(["uris": .list(uris)])
    }
}
