import ApusEngine
import ApusModel

/// The answer form of a flow: what its author wrote, in the product's normal form, with its revision.
struct FlowJSON {
    var namespace: String
    var id: String
    var revision: Int
    /// The flow as parsed from its source.
    var definition: Value
    var source: String?
    var isDisabled: Bool
    var isDeleted: Bool
    var updated: Timestamp?
    /// The edition it is run in, and why; only where it was asked for one flow.
    var choice: EditionChoice?

    /// Fields that are written in their own way, or never.
    private static let own: Set<String> = [
        "id", "namespace", "revision", "disabled", "deleted", "inputs", "labels", "source", "updated",
        "tenantId", "editionReason",
    ]

    func write(to writer: inout JSONWriter) {
        let written = definition.mapValue ?? [:]
        writer.object { object in
            object.field("id", id)
            object.field("namespace", namespace)
            object.field("revision", revision)
            object.field("inputs", written["inputs"].map(Self.inputs))
            object.field("disabled", isDisabled)
            object.field("deleted", isDeleted)
            object.field("labels", written["labels"].map(Self.labels))
            for (key, value) in written where !Self.own.contains(key) && (key != "edition" || choice == nil) {
                object.field(key, value)
            }
            object.field("edition", choice?.edition.rawValue)
            object.field("editionReason", choice?.words)
            object.field("updated", updated)
            object.field("source", source)
        }
    }

    var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        write(to: &writer)
        return writer.bytes
    }

    /// What a user who may only run the flow sees: ids and types, no properties.
    func writeForExecution(to writer: inout JSONWriter) {
        let written = definition.mapValue ?? [:]
        writer.object { object in
            object.field("id", id)
            object.field("namespace", namespace)
            object.field("revision", revision)
            object.field("inputs", written["inputs"].map(Self.inputs))
            object.field("disabled", isDisabled)
            object.field("deleted", isDeleted)
            object.field("labels", written["labels"].map(Self.labels))
            for list in ["tasks", "errors", "finally", "afterExecution", "triggers"] {
                object.field(list, written[list].map { Self.outline($0) })
            }
        }
    }

    /// `{id, type}` of each task, and of the tasks inside it.
    private static func outline(_ tasks: Value, depth: Int = 0) -> Value {
        guard case .list(let items) = tasks, depth < 64 else { return tasks }
        return .list(items.map { outlineOfTask($0, depth: depth) })
    }

    /// `{id, type}` of a task or trigger, and of the tasks inside it.
    static func outlineOfTask(_ task: Value, depth: Int) -> Value {
        guard case .map(let entries) = task else { return task }
        var kept = OrderedMap<Value>()
        for (key, value) in entries {
            switch (key, value) {
            case ("id", _), ("type", _), ("conditions", _): kept[key] = value
            case ("task", .map): kept[key] = outlineOfTask(value, depth: depth + 1)
            case ("tasks", .list), ("then", .list), ("else", .list), ("errors", .list), ("finally", .list),
                ("defaults", .list):
                kept[key] = outline(value, depth: depth + 1)
            case ("cases", .map(let cases)):
                kept[key] = .map(cases.mapValues { outline($0, depth: depth + 1) })
            default: break
            }
        }
        return .map(kept)
    }

    /// Labels written as a map become the list of pairs that clients read.
    private static func labels(_ written: Value) -> Value {
        guard case .map(let entries) = written else { return written }
        return .list(entries.map { ["key": .string($0), "value": $1] })
    }

    /// Inputs with their present name for `name`, and with `required` spelled out.
    static func inputs(_ written: Value) -> Value {
        guard case .list(let items) = written else { return written }
        return .list(items.map(input))
    }

    private static func input(_ written: Value) -> Value {
        guard case .map(var entries) = written else { return written }
        if entries["id"] == nil, let name = entries["name"] {
            entries["name"] = nil
            entries = OrderedMap([("id", name)] + entries.map { ($0, $1) })
        }
        if let type = entries["type"]?.stringValue { entries["type"] = .string(type.uppercased()) }
        if entries["required"] == nil { entries["required"] = true }
        if let nested = entries["inputs"] { entries["inputs"] = inputs(nested) }
        return .map(entries)
    }
}
