public import ApusModel
import ApusYAML

/// A flow rewritten in the other edition of the language.
public struct Migration: Sendable {
    /// The flow in the edition asked for.
    public var text: String
    /// What was changed and why, in the order of the text. Positions are those of the source.
    public var changes: [Fault]
    /// What has no counterpart and was left as it stands.
    public var leftovers: [Fault]
    /// Comments and formatting are as they were; otherwise the flow was printed anew.
    public var keepsFormat: Bool

    /// - Parameters:
    ///   - source: The YAML text of a flow.
    ///   - compiler: Knows the types of plugins and their former names.
    /// - Throws: What is wrong with a text that cannot be read, or is no flow.
    public init(_ source: String, to edition: Edition, compiler: FlowCompiler) throws(Fault) {
        let original = try YAML.parse(source)
        guard original.root.mapValue != nil else {
            throw Fault("a flow is a map of keys; found a \(original.root.kind)")
        }
        text = source
        keepsFormat = true
        var notes: [Fault] = []
        for stage in Migrator.Stage.allCases {
            let document = try YAML.parse(text)
            var migrator = Migrator(
                document.root.mapValue ?? [:], positions: document.positions, to: edition, compiler: compiler)
            migrator.run(stage)
            notes += migrator.notes
            guard !migrator.edits.all.isEmpty else { continue }
            let wanted = migrator.edits.applied(to: document.root)
            let edited = EditedText.make(migrator.edits, in: text, document.root, document.positions)
            // The text counts only when it reads as what the edits mean.
            if let edited, (try? YAML.parse(edited))?.root == wanted {
                text = edited
            } else {
                text = YAML.print(wanted)
                keepsFormat = false
            }
        }
        notes = notes.map { note in
            var note = note
            note.position = original.positions.positionOfKey(note.path)
            return note
        }
        let start = SourcePosition(line: 1, column: 1)
        notes.sort { ($0.position ?? start) < ($1.position ?? start) }
        changes = notes.filter { $0.severity == .info }
        leftovers = notes.filter { $0.severity != .info }
    }
}
