import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// The first of the three tasks of a `ForEachItem`: cuts the file into batches.
///
/// The batches lie beside their list as `batch-0`, `batch-1` and so on, so that who knows the list and their number
/// knows them all.
struct SplitItems: RunnableTask {
    static let type = "io.kestra.plugin.core.flow.ForEachItem$ForEachItemSplit"
    static let summary = "Cuts a file into batches; part of ForEachItem."
    static let outputs: [PropertySchema]? = [
        .output("splits", "A file with the URI of a batch in each line.", .string),
        .output("numberOfBatches", "How many there are.", .integer),
        .output("extension", "What the names of the batches end with.", .string),
    ]

    @Property("The file.")
    var items: String
    @Property("How it is cut: `rows`, `partitions`, `bytes` or `regexPattern`, and the `separator` of rows.")
    var batch: OrderedMap<Value> = [:]

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let split = try FileSplit(try rule(), separator: text("separator") ?? "\n")
        let path = try await context.localCopy(of: items, as: "items")
        let directory = try context.newPath("pieces")
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let suffix = TaskContext.suffix(ofURI: items)
        let result = try await split.split(path, into: directory, suffix: suffix)
        if result.unmatchedRows > 0 {
            context.log(
                "\(result.unmatchedRows) rows do not match `regexPattern` and are in no batch", at: .warn)
        }
        var uris: [String] = []
        for (number, path) in result.paths.enumerated() {
            uris.append(try await context.store(file: path, named: "batch-\(number)\(suffix)"))
        }
        let list = try context.newPath("splits.txt")
        try Data(uris.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: list))
        return ValuesOutput([
            "splits": .string(try await context.store(file: list, named: "splits.txt")),
            "numberOfBatches": .int(Int64(uris.count)), "extension": .string(suffix),
        ])
    }

    /// One row a batch, unless something else is asked for.
    private func rule() throws(TaskFailure) -> FileSplit.Rule {
        let (bytes, partitions, pattern) = (text("bytes"), try number("partitions"), text("regexPattern"))
        let isPlain = bytes == nil && partitions == nil && pattern == nil
        return try FileSplit.rule(
            bytes: bytes, partitions: partitions, rows: isPlain ? try number("rows") ?? 1 : nil,
            regexPattern: pattern)
    }

    private func text(_ key: String) -> String? {
        guard let value = batch[key], !value.isNull else { return nil }
        return value.stringValue ?? value.json
    }

    private func number(_ key: String) throws(TaskFailure) -> Int? {
        guard let text = text(key) else { return nil }
        guard let number = Int(text.filter { !$0.isWhitespace }), number > 0 else {
            throw TaskFailure("`batch.\(key)` must be a whole number above 0, found `\(text)`")
        }
        return number
    }
}
