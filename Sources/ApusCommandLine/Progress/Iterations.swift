package import ApusModel

/// How far the iterations of a `Loop` are.
package struct Iterations: Hashable, Sendable {
    package var total: Int64
    package var running: Int64
    /// How many ended, by state, in the order of the loop's outputs.
    package var ended: [(state: String, count: Int64)]

    /// Reads `{iterationCount, runningIterations, terminatedIterations}`; `nil` for outputs of other tasks.
    package init?(outputs: Value?) {
        guard let outputs, let total = outputs["iterationCount"]?.intValue,
            let running = outputs["runningIterations"]?.intValue,
            case .map(let ended)? = outputs["terminatedIterations"]
        else { return nil }
        self.total = total
        self.running = running
        self.ended = ended.compactMap { state, count in count.intValue.map { (state, $0) } }
    }

    /// `10 iterations: 7 SUCCESS, 1 FAILED, 2 RUNNING`
    package var text: String {
        let counts = ended.map { "\($0.count) \($0.state)" } + (running > 0 ? ["\(running) RUNNING"] : [])
        let head = "\(total) \(total == 1 ? "iteration" : "iterations")"
        return counts.isEmpty ? head : head + ": " + counts.joined(separator: ", ")
    }

    package static func == (left: Self, right: Self) -> Bool { left.text == right.text }
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
