package import ApusModel

/// The lines a terminal shows of an execution: a head, the task runs as a tree, the last line of its log.
package struct ProgressPicture: Sendable {
    package var palette: Palette
    /// Columns of the terminal; longer lines are cut.
    package var width: Int
    /// Lines to fill at most; `nil` for no limit. What does not fit is left out at the top.
    package var height: Int?

    package init(palette: Palette, width: Int, height: Int? = nil) {
        self.palette = palette
        self.width = max(20, width)
        self.height = height
    }

    package func lines(of view: ExecutionView, last line: LogText? = nil, at now: Timestamp) -> [String] {
        let end = line.map { [shortened($0)] } ?? []
        return [head(view, now)] + runs(view, now, room: height.map { $0 - 1 - end.count }) + end
    }

    private func head(_ view: ExecutionView, _ now: Timestamp) -> String {
        let name = "\(view.namespace).\(view.flowID)"
        let rest = "\(view.state.rawValue) \(view.duration(at: now).short)"
        let room = width - view.id.count - rest.count - 4
        let text = palette.paint(Self.cut(name, to: room), .bold) + "  " + palette.paint(view.id, .dim)
        return text + "  " + palette.paint(rest, as: view.state)
    }

    private func runs(_ view: ExecutionView, _ now: Timestamp, room: Int?) -> [String] {
        var tree = view.tree
        var lines: [String] = []
        if let room, tree.count > room {
            let shown = max(1, room - 1)
            lines.append(palette.paint("  … \(tree.count - shown) task runs above", .dim))
            tree = Array(tree.suffix(shown))
        }
        let titles = tree.map { String(repeating: "  ", count: min($0.depth, 10)) + Self.title($0.run) }
        let column = min(titles.map(\.count).max() ?? 0, width - 16)
        for (title, (depth, run)) in zip(titles, tree) {
            let indented = Self.cut(title, to: column)
            let padding = String(repeating: " ", count: max(0, column - indented.count))
            let indent = indented.prefix(2 * min(depth, 10))
            lines.append(
                "  \(indent)\(palette.paint(run.state.mark, as: run.state)) \(indented.dropFirst(indent.count))"
                    + "\(padding)  \(palette.paint(run.duration(at: now).short, .dim))")
        }
        return lines
    }

    private static func title(_ run: ExecutionView.Run) -> String {
        let attempts = run.attempts > 1 ? " (attempt \(run.attempts))" : ""
        let iterations = run.iterations.map { " (\($0.text))" } ?? ""
        return LogText.printable(run.title + iterations, keepsLines: false) + attempts
    }

    private func shortened(_ line: LogText) -> String {
        palette.paint(
            "  " + Self.cut(line.line(Palette(isColoured: false), keepsLines: false), to: width - 3), .dim)
    }

    private static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
    }
}
