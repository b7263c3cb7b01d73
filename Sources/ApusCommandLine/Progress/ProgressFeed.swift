package import ApusModel

/// The progress of an execution as lines that are only ever added, for output that is no terminal.
package struct ProgressFeed: Sendable {
    private let palette: Palette
    private var told: [TaskRun.ID: State] = [:]
    private var toldState: State?

    package init(palette: Palette) { self.palette = palette }

    /// Lines for what changed since the last call: task runs that began running or ended, and the execution itself.
    package mutating func lines(of view: ExecutionView, at now: Timestamp) -> [String] {
        var lines: [String] = []
        if toldState == nil { lines.append("\(view.namespace).\(view.flowID) \(view.id)") }
        let news = view.tree.filter { told[$0.run.id] != $0.run.state && Self.isWorthTelling($0.run.state) }
        for (depth, run) in news.sorted(by: Self.isBefore) {
            told[run.id] = run.state
            let iterations = run.state.isTerminal ? run.iterations.map { " (\($0.text))" } ?? "" : ""
            let title = LogText.printable(run.title + iterations, keepsLines: false)
            let time = run.state.isTerminal ? " \(run.duration(at: now).short)" : ""
            let indent = String(repeating: "  ", count: depth + 1)
            lines.append(
                "\(indent)\(palette.paint(run.state.mark, as: run.state)) \(title) \(run.state.rawValue)\(time)"
            )
        }
        if toldState != view.state, view.state.isTerminal || view.state == .paused {
            let time = view.state.isTerminal ? " in \(view.duration(at: now).short)" : ""
            lines.append(palette.paint("\(view.state.mark) \(view.state.rawValue)\(time)", as: view.state))
        }
        toldState = view.state
        return lines
    }

    /// What ended earlier comes first; what goes on comes last. Inner runs end before the ones around them.
    private static func isBefore(
        _ left: (depth: Int, run: ExecutionView.Run), _ right: (depth: Int, run: ExecutionView.Run)
    ) -> Bool {
        switch (left.run.endDate, right.run.endDate) {
        case (let left?, let right?) where left != right: left < right
        case (.some, .some): left.depth > right.depth
        case (.some, nil): true
        case (nil, _): false
        }
    }

    private static func isWorthTelling(_ state: State) -> Bool {
        switch state {
        case .created, .submitted, .queued, .restarted: false
        case .running, .paused, .breakpoint, .retrying, .killing, .success, .warning, .failed, .killed,
            .cancelled,
            .retried, .skipped, .resubmitted:
            true
        }
    }
}
