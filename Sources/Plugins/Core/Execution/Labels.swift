import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.execution.Labels`.
struct Labels: InlineTask {
    static let type = "io.kestra.plugin.core.execution.Labels"
    static let aliases = ["io.kestra.core.tasks.executions.Labels"]
    static let summary = "Adds labels to the execution, or changes them."
    static let outputs: [PropertySchema]? = []

    @Property("A map, a list of `key` and `value`, or a text that renders to one of them as JSON.")
    var labels: WrittenLabels

    func run(inline context: InlineContext) throws(TaskFailure) -> InlineResult {
        for label in labels.labels {
            guard !label.key.hasPrefix("system.") else {
                throw TaskFailure(
                    "System labels can only be set by Kestra itself, offending label: \(label.key)=\(label.value)"
                )
            }
            guard !label.key.isEmpty, !label.value.isEmpty else {
                throw TaskFailure("a label needs a key and a value, found `\(label.key)`=`\(label.value)`")
            }
        }
        return InlineResult(effects: [.addLabels(labels.labels)])
    }
}

/// Labels in any of the forms a flow may write them.
struct WrittenLabels: Decodable, Sendable, DescribedType {
    var labels: [Label]

    static let valueType = ValueType.either([.map(.any), .list(.any), .string])

    /// One entry of the list form.
    private struct Entry: Decodable {
        var key: String?
        var value: Value?
    }

    init(from decoder: any Decoder) throws {
        if let entries = try? [Entry](from: decoder) {
            labels = try entries.map { try Self.label($0.key ?? "", $0.value, decoder) }
        } else {
            // The message of this fault is the one a user needs when neither form fits.
            labels = try OrderedMap<Value>(from: decoder).map { try Self.label($0, $1, decoder) }
        }
    }

    /// An absent value is an empty one, which the task refuses.
    private static func label(_ key: String, _ value: Value?, _ decoder: any Decoder) throws -> Label {
        switch value {
        case nil, .null: return Label(key, "")
        case .string(let text): return Label(key, text)
        case .bool, .int, .double, .extended: return Label(key, value?.json ?? "")
        case .list, .map:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "the value of the label `\(key)` must be a text"))
        }
    }
}
