public import ApusModel

/// Which edition a flow was written for.
public enum EditionRule {
    /// `edition` on the flow, else 2 when it uses something only 2.x has, else 1 when it uses something 2.x
    /// removed, else the configured default.
    public static func choice(for flow: OrderedMap<Value>, default fallback: Edition) -> EditionChoice {
        if let edition = written(in: flow) { return EditionChoice(edition: edition, reason: .written) }
        var signs = EditionSigns()
        signs.collect(flow)
        switch (signs.second, signs.first) {
        case (let second?, let first):
            return EditionChoice(edition: .two, reason: .sign(second), contradiction: first)
        case (nil, let first?): return EditionChoice(edition: .one, reason: .sign(first))
        case (nil, nil): return EditionChoice(edition: fallback, reason: .configured)
        }
    }

    /// The flow's own word; `nil` when there is none that names an edition.
    static func written(in flow: OrderedMap<Value>) -> Edition? {
        switch flow["edition"] {
        case .int(let number)?: Edition(rawValue: Int(clamping: number))
        case .string(let text)?: Int(text).flatMap(Edition.init(rawValue:))
        default: nil
        }
    }

    /// What is wrong with `edition`, and the warning for a flow of both generations.
    static func faults(of flow: OrderedMap<Value>, _ choice: EditionChoice, _ positions: PositionMap)
        -> [Fault]
    {
        let path = ValuePath().key("edition")
        if let value = flow["edition"], !value.isNull, written(in: flow) == nil {
            return [
                Fault(
                    "`edition` is 1 (Kestra 0.x and 1.x) or 2 (Kestra 2.x); found \(value.json)", at: path,
                    position: positions.position(of: path))
            ]
        }
        guard case .sign(let sign) = choice.reason, let other = choice.contradiction else { return [] }
        let place = positions.positionOfKey(sign.path)
        let otherPlace = positions.positionOfKey(other.path)
        let named = otherPlace.map { "\(other.path), line \($0.line)" } ?? "\(other.path)"
        return [
            Fault(
                .warning,
                "the flow mixes two generations of the language: \(sign.words) is \(sign.edition.words), but "
                    + "\(other.words) (\(named)) is \(other.edition.words); it is run in edition \(choice.edition.rawValue)",
                at: sign.path, position: place,
                remedy: "write `edition: 1` or `edition: 2`, or use one generation only")
        ]
    }
}
