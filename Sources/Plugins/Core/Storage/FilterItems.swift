import ApusExpressions
import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.storage.FilterItems`.
struct FilterItems: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.FilterItems"
    static let aliases = ["io.kestra.core.tasks.storages.FilterItems"]
    static let summary =
        "Keeps the items of a file for which a condition holds, or those for which it does not."
    static let outputs: [PropertySchema]? = [
        .uriOutput("The items that were kept, as Ion, one a line."),
        .output("processedItemsTotal", "Items that were read.", .integer),
        .output("droppedItemsTotal", "Items that were not kept.", .integer),
    ]

    enum FilterType: String, CaseIterable, Decodable {
        case include = "INCLUDE"
        case exclude = "EXCLUDE"
    }
    enum ErrorOrNull: String, CaseIterable, Decodable {
        case fail = "FAIL"
        case include = "INCLUDE"
        case exclude = "EXCLUDE"
    }

    @Property("A file of items: Ion (text or binary) or JSON lines.")
    var from: String
    @Property("An expression for each item; its fields are variables: `{{ amount > 10 }}`.", isDynamic: false)
    var filterCondition: String
    @Property("Whether the items for which the condition holds are kept or dropped.")
    var filterType: FilterType = .include
    @Property("What becomes of an item for which the condition cannot be rendered or is null.")
    var errorOrNullBehavior: ErrorOrNull = .fail

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let condition = try context.itemRenderer(filterCondition)
        var reader = try ItemReader(try await context.localCopy(of: from))
        let target = try NewLocalFile(try context.newPath("filtered"))
        var (read, dropped) = (0, 0)
        while let item = try await reader.next() {
            if try await isKept(item.value, number: read, condition) {
                try target.write(item.line)
                try target.write([0x0A])
            } else {
                dropped += 1
            }
            read += 1
        }
        try target.finish()
        return ValuesOutput([
            "uri": .string(try await context.store(file: target.path, named: "filtered.ion")),
            "processedItemsTotal": .int(Int64(read)), "droppedItemsTotal": .int(Int64(dropped)),
        ])
    }

    private func isKept(_ item: Value, number: Int, _ condition: ItemRenderer) async throws -> Bool {
        let holds: Bool?
        do {
            holds = try await condition(try ItemFields.of(item, number: number), number)
                .map(isTruthy(rendered:))
        } catch let error where error is ExpressionError || error is TaskFailure {
            guard errorOrNullBehavior != .fail else {
                throw TaskFailure("Item \(number + 1): `filterCondition` cannot be rendered: \(error)")
            }
            holds = nil
        }
        if let holds { return holds == (filterType == .include) }
        switch errorOrNullBehavior {
        case .fail: throw TaskFailure("Item \(number + 1): `filterCondition` is null")
        case .include: return true
        case .exclude: return false
        }
    }
}

/// The fields of an item, as variables.
enum ItemFields {
    static func of(_ item: Value, number: Int) throws(TaskFailure) -> OrderedMap<Value> {
        guard let fields = item.mapValue else {
            throw TaskFailure("Item \(number + 1) must have fields, found \(item.kind)")
        }
        return fields
    }
}
