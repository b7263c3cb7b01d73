import ApusDatabase
import ApusExecutor
import ApusModel
import ApusYAML

extension FlowJSON {
    init(_ saved: SavedFlow) {
        let reference = saved.flow.reference
        self.init(
            namespace: reference.namespace, id: reference.id, revision: saved.revision,
            definition: saved.flow.definition, source: saved.source, isDisabled: saved.flow.isDisabled,
            isDeleted: false, updated: nil)
    }

    /// A stored revision. One whose source this version cannot read any more shows its id and source only.
    init(_ row: FlowRow, withSource: Bool) {
        let definition: Value
        do {
            definition = try YAML.parse(row.source).root
        } catch {
            definition = .map([:])
        }
        self.init(
            namespace: row.namespace, id: row.id, revision: row.revision, definition: definition,
            source: withSource ? row.source : nil, isDisabled: row.isDisabled, isDeleted: row.isDeleted,
            updated: row.created)
    }

    static func list(_ rows: [FlowRow], withSource: Bool) -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + 1024 * rows.count)
        writer.list(rows) { FlowJSON($0, withSource: withSource).write(to: &$1) }
        return writer.bytes
    }
}
