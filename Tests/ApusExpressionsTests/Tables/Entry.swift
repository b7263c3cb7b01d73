import ApusExpressions
import ApusModel
import Testing

/// What is known of one filter, function, operator, test or tag: templates with their texts, and templates that
/// are refused. `CompletenessTests` asks for an entry for every name there is.
struct Entry: Sendable, CustomTestStringConvertible {
    let name: String
    let accepts: [(template: String, text: String)]
    let refuses: [No]
    let editions: [Edition]
    let variables: OrderedMap<Value>
    let facts: Facts

    /// - Parameter editions: All rows hold in each of these.
    init(
        _ name: String, _ accepts: [(String, String)], refuses: [No], in editions: [Edition] = [.one, .two],
        variables: OrderedMap<Value> = testVariables, facts: Facts = Facts()
    ) {
        self.name = name
        self.accepts = accepts.map { (template: $0.0, text: $0.1) }
        self.refuses = refuses
        self.editions = editions
        self.variables = variables
        self.facts = facts
    }

    var testDescription: String { name }

    /// Renders every row in every edition.
    func check(at location: SourceLocation = #_sourceLocation) {
        for edition in editions {
            let context = context(variables, facts: facts, edition: edition)
            for row in accepts { accept(row.template, row.text, context, location) }
            for no in refuses { refuse(no, context, location) }
        }
    }

    private func accept(
        _ template: String, _ text: String, _ context: RenderContext, _ location: SourceLocation
    ) {
        do {
            let rendered = try Template(template, edition: context.edition).render(context)
            #expect(rendered == text, "\(template)", sourceLocation: location)
        } catch {
            Issue.record("\(template) fails: \(error)", sourceLocation: location)
        }
    }

    private func refuse(_ no: No, _ context: RenderContext, _ location: SourceLocation) {
        do {
            let rendered = try Template(no.template, edition: context.edition).render(context)
            Issue.record("\(no.template) gives `\(rendered)`", sourceLocation: location)
        } catch {
            #expect(
                error.message.contains(no.fragment), "\(no.template): \(error)", sourceLocation: location)
            let places = no.place.map { [$0] } ?? positions(in: no.template)
            #expect(places.contains(error.position), "\(no.template): \(error)", sourceLocation: location)
        }
    }

    /// Where the name stands in a template: a fault points to one of these, when a row says nothing else.
    private func positions(in template: String) -> [SourcePosition] {
        let scalars = Array(template.unicodeScalars)
        let word = Array(name.unicodeScalars)
        var position = SourcePosition(line: 1, column: 1)
        var found: [SourcePosition] = []
        for place in scalars.indices {
            if scalars[place...].starts(with: word) { found.append(position) }
            if scalars[place] == "\n" {
                position = SourcePosition(line: position.line + 1, column: 1)
            } else {
                position.column += 1
            }
        }
        return found
    }
}

/// A template that is refused.
struct No: Sendable {
    let template: String
    /// Part of the message.
    let fragment: String
    /// `nil` when the fault points to the name that the row is about.
    let place: SourcePosition?

    init(_ template: String, _ fragment: String, at column: Int? = nil, line: Int = 1) {
        self.template = template
        self.fragment = fragment
        place = column.map { SourcePosition(line: line, column: $0) }
    }
}
