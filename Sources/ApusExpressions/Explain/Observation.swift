import ApusModel

/// What is told when the evaluation passes a place of a program made to be explained.
enum Observation: Sendable {
    /// The value of an expression that stands at these bytes of the template.
    case step(Range<Int>)
    /// The value that a variable gets.
    case binding(name: String, Range<Int>)
    /// A branch begins, and the ones after it are passed over.
    case branch(Label, skipped: [Label])
    case loopBegins(Label)
    case iteration(variable: String)
    case loopEnds

    /// A piece of a tag: `elseif` and the bytes of its condition.
    struct Label: Sendable {
        var words: String
        var range: Range<Int>?
        /// Where it stands when there is no range.
        var at: Int
    }
}

extension Expression {
    /// Something happens in it: it is no constant, and not reported already.
    var isWorthObserving: Bool {
        switch self {
        case .literal, .observed: false
        // The reading that is chosen reports itself.
        case .hyphenated: false
        case .list(let items): !items.allSatisfy(\.isLiteral)
        case .map(let entries): !entries.allSatisfy { $0.key.isLiteral && $0.value.isLiteral }
        case .path, .attribute, .subscripted, .call, .macro, .filter, .unary, .binary, .test, .ternary,
            .concatenation, .invalid:
            true
        }
    }

    private var isLiteral: Bool {
        if case .literal = self { true } else { false }
    }

    /// The expression as it is without being explained, as far as others look at its form.
    var withoutObservation: Expression {
        switch self {
        case .observed(let inner, _): inner.withoutObservation
        case .filter(let filtering):
            .filter(Filtering(filtering.input.withoutObservation, filtering.call))
        default: self
        }
    }

    /// Where it stands, when it is reported.
    var range: Range<Int>? {
        if case .observed(_, .step(let range)) = self { range } else { nil }
    }

    /// The places of the nearest expressions inside that are reported, in order.
    var observedParts: [Range<Int>] {
        switch self {
        case .literal, .path, .invalid, .hyphenated: []
        case .observed(let inner, let observation):
            if case .step(let range) = observation { [range] } else { inner.observedParts }
        case .attribute(let base, _): base.observedParts
        case .subscripted(let base, let index, _): base.observedParts + index.observedParts
        case .call(let call): call.arguments.flatMap { $0?.observedParts ?? [] }
        case .macro(_, let arguments, _): arguments.all.flatMap(\.observedParts)
        case .filter(let filtering):
            filtering.input.observedParts
                + filtering.call.arguments.flatMap { $0?.observedParts ?? [] }
        case .unary(_, let operand, _): operand.observedParts
        case .binary(let operation): operation.left.observedParts + operation.right.observedParts
        case .test(let testing): testing.subject.observedParts
        case .ternary(let condition, let holds, let otherwise, _):
            condition.observedParts + holds.observedParts + otherwise.observedParts
        case .concatenation(let parts): parts.flatMap(\.observedParts)
        case .list(let items): items.flatMap(\.observedParts)
        case .map(let entries): entries.flatMap { $0.key.observedParts + $0.value.observedParts }
        }
    }
}
