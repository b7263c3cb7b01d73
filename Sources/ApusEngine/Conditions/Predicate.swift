public import ApusExpressions

/// What a list of conditions asks: one predicate, whatever conditions it was written with.
///
/// Listeners ask it of an execution that has ended, triggers of the execution or date that may fire them. The
/// variables come with the one who asks.
public indirect enum Predicate: Hashable, Sendable {
    /// Holds when the template renders to something truthy.
    case template(Template)
    /// Holds when each does; an empty list holds.
    case all([Predicate])
    /// Holds when one does; an empty list does not hold.
    case any([Predicate])
    case not(Predicate)

    /// Whether it holds.
    ///
    /// - Throws: What `render` throws. Parts that decide nothing any more are not rendered.
    public func holds<Failure: Error>(
        rendering render: (Template) throws(Failure) -> String
    ) throws(Failure) -> Bool {
        switch self {
        case .template(let template): return isTruthy(rendered: try render(template))
        case .all(let parts):
            for part in parts where try !part.holds(rendering: render) { return false }
            return true
        case .any(let parts):
            for part in parts where try part.holds(rendering: render) { return true }
            return false
        case .not(let part): return try !part.holds(rendering: render)
        }
    }

    /// Every template in it.
    public var templates: [Template] {
        switch self {
        case .template(let template): [template]
        case .all(let parts), .any(let parts): parts.flatMap(\.templates)
        case .not(let part): part.templates
        }
    }
}
