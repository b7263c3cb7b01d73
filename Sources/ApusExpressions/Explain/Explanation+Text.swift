import ApusModel

extension Explanation {
    /// Columns for the text of a step; a longer one pushes its value to the right.
    private static let widest = 48

    /// A line for each step: place, text and value. Without the result.
    ///
    ///     1:4    inputs.n      = 3
    ///     1:4    inputs.n + 1  = 4
    public var text: String {
        let places = steps.map { "\($0.position.line):\($0.position.column)" }
        let sources = steps.map { String(repeating: "  ", count: $0.level) + $0.source }
        let placeWidth = places.map(\.count).max() ?? 0
        let sourceWidth = min(sources.map(\.count).max() ?? 0, Self.widest)
        var text = ""
        for (number, step) in steps.enumerated() {
            text += places[number].filled(to: placeWidth) + "  "
            text += sources[number].filled(to: sourceWidth) + "  \(step.outcome)\n"
        }
        if omitted > 0 { text += "… and \(omitted) more steps\n" }
        return text
    }
}

extension Explanation.Outcome: CustomStringConvertible {
    /// `= 4`, `not evaluated`, `! …`
    public var description: String {
        switch self {
        case .value(let value): "= \(value)"
        case .undefined: "undefined"
        case .notEvaluated: "not evaluated"
        case .taken: "taken"
        case .iteration(let number, let item): "round \(number): \(item)"
        case .furtherIterations(0): "no rounds"
        case .furtherIterations(let count): count == 1 ? "and 1 more round" : "and \(count) more rounds"
        case .failed(let message): "! " + message.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
    }
}

extension Explanation.Preview: CustomStringConvertible {
    /// `[1,2,3,… (1200 items)`
    public var description: String { size.map { "\(text)… (\($0))" } ?? text }
}

extension String {
    fileprivate func filled(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
