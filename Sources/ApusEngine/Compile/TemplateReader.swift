import ApusExpressions
import ApusModel

/// A template of a flow, and where it stands.
struct PlacedTemplate: Sendable {
    var path: ValuePath
    var template: Template
}

/// Compiles the templates of a flow: what is certain to fail is a fault now, the rest is kept for the analysis.
struct TemplateReader {
    let positions: PositionMap
    let edition: Edition
    private(set) var faults: [Fault] = []
    /// Those with expressions.
    private(set) var templates: [PlacedTemplate] = []

    init(positions: PositionMap, edition: Edition) {
        self.positions = positions
        self.edition = edition
    }

    /// - Parameter isPlaced: False for one that a task renders itself, with variables the analysis cannot know.
    /// - Returns: `nil` for a text that is not a template.
    mutating func template(_ text: String, at path: ValuePath, isPlaced: Bool = true) -> Template? {
        do throws(ExpressionError) {
            let template = try Template(text, edition: edition)
            if isPlaced, !template.isLiteral {
                templates.append(PlacedTemplate(path: path, template: template))
            }
            for error in template.faults { note(error, at: path) }
            return template
        } catch {
            note(error, at: path)
            return nil
        }
    }

    /// Compiles every text in a value; one that is not a template stays as it is.
    ///
    /// - Parameter isPlaced: False for those that are rendered with variables the analysis cannot know.
    mutating func tree(_ value: Value, at path: ValuePath, isPlaced: Bool = true) -> TemplateTree {
        TemplateTree.compile(value, at: path) { text, path in template(text, at: path, isPlaced: isPlaced) }
    }

    /// Takes over what another reader of the same document found.
    mutating func take(_ other: TemplateReader) {
        templates += other.templates
        faults += other.faults.filter { !faults.contains($0) }
    }

    private mutating func note(_ error: ExpressionError, at path: ValuePath) {
        let fault = Fault(
            error.message, at: path, position: positions.position(of: error.position, in: path),
            remedy: error.remedy)
        // A key and its value, or the two readings of a hyphen, may hold the same mistake.
        if !faults.contains(fault) { faults.append(fault) }
    }
}

extension ExpressionError {
    /// How to mend it, when a name is near to the one found and the message does not say so already.
    var remedy: String? {
        switch reason {
        case .unknownVariable(_, let suggestion?), .unknownName(_, let suggestion?):
            message.contains("did you mean") ? nil : "did you mean `\(suggestion)`?"
        default: nil
        }
    }
}
