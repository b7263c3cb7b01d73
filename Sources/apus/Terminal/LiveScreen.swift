/// Lines on a terminal that are drawn over again.
struct LiveScreen {
    private var shown = 0

    /// Replaces what was shown before. The lines must fit into the terminal.
    mutating func show(_ lines: [String], on output: Output) {
        output.write(back + lines.map { $0 + "\n" }.joined())
        shown = lines.count
    }

    /// Replaces what was shown before by lines that stay.
    mutating func finish(_ lines: [String], on output: Output) {
        show(lines, on: output)
        shown = 0
    }

    /// To the first line, and everything below it cleared.
    private var back: String { shown > 0 ? "\u{1B}[\(shown)A\u{1B}[J" : "" }
}
