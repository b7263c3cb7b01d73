/// Lines on a terminal that are drawn over again.
struct LiveScreen {
    private var shown = 0

    /// Replaces what was shown before. The lines must fit into the terminal.
    mutating func show(_ lines: [String], on output: Output) {
        let isFirst = shown == 0
        // Each line is cleared behind its new text, not before: nothing flickers.
        let text = lines.map { isFirst ? "\($0)\n" : "\($0)\u{1B}[K\n" }.joined()
        output.write(isFirst ? text : "\u{1B}[\(shown)A\(text)\u{1B}[J")
        shown = lines.count
    }

    /// Replaces what was shown before by lines that stay.
    mutating func finish(_ lines: [String], on output: Output) {
        show(lines, on: output)
        shown = 0
    }
}
