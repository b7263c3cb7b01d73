import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// Reads the file twice: first the keys, then the items that stay.
///
/// Source: core-plugins, `core.storage.DeduplicateItems`.
struct DeduplicateItems: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.DeduplicateItems"
    static let aliases = ["io.kestra.core.tasks.storages.DeduplicateItems"]
    static let summary = "Keeps, of the items of a file with the same key, the last."
    static let outputs: [PropertySchema]? = [
        .uriOutput("The items that were kept, as Ion, one a line."),
        .output("numKeys", "Different keys.", .integer),
        .output("processedItemsTotal", "Items that were read.", .integer),
        .output("droppedItemsTotal", "Items that were not kept.", .integer),
    ]

    @Property("A file of items: Ion (text or binary) or JSON lines.")
    var from: String
    @Property(
        "An expression that gives the key of an item; its fields are variables: `{{ id }}`.", isDynamic: false
    )
    var expr: String

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let key = try context.itemRenderer(expr)
        let path = try await context.localCopy(of: from)
        let directory = try context.newPath("keys")
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let ledger = KeyLedger(in: directory)
        var reader = try ItemReader(path)
        while let item = try await reader.next() {
            let fields = try ItemFields.of(item.value, number: ledger.rows)
            do {
                try ledger.add(try await key(fields, ledger.rows) ?? "")
            } catch let error as ExpressionError {
                throw TaskFailure("Item \(ledger.rows + 1): `expr` cannot be rendered: \(error)")
            }
        }
        let (kept, keys) = try ledger.lastRows()
        let target = try NewLocalFile(try context.newPath("deduplicated"))
        var (number, written) = (0, 0)
        reader = try ItemReader(path)
        while let item = try await reader.next() {
            if kept.contains(number) {
                try target.write(item.line)
                try target.write([0x0A])
                written += 1
            }
            number += 1
        }
        try target.finish()
        return ValuesOutput([
            "uri": .string(try await context.store(file: target.path, named: "deduplicated.ion")),
            "numKeys": .int(Int64(keys)), "processedItemsTotal": .int(Int64(number)),
            "droppedItemsTotal": .int(Int64(number - written)),
        ])
    }
}
