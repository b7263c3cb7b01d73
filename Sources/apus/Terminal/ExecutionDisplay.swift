import ApusCommandLine
import ApusModel
import ApusYAML

/// Shows an execution on the way to its end, in the style that fits who reads.
struct ExecutionDisplay: Sendable {
    enum Style: Sendable {
        /// A picture of all task runs, drawn over again.
        case live
        /// A line for each change.
        case changes
        /// The lines of the log.
        case logs
        case silent
    }

    let style: Style
    private let output = Output.standard
    private var screen = LiveScreen()
    private var feed: ProgressFeed
    private var last: LogText?
    private var errors: [LogText] = []

    /// Error lines shown again under a failed execution at most.
    private static let errorLines = 5

    init(_ style: Style) {
        self.style = style
        feed = ProgressFeed(palette: Output.standard.palette)
    }

    /// What fits standard output.
    static var fitting: Style { Output.standard.isTerminal ? .live : .changes }

    var wantsLogs: Bool { style != .silent }

    mutating func add(_ lines: [LogText]) {
        switch style {
        case .logs: for line in lines { output.line(line.line(output.palette)) }
        case .live, .changes:
            last = lines.last ?? last
            errors = (errors + lines.filter { $0.level == .error }).suffix(Self.errorLines)
        case .silent: break
        }
    }

    mutating func show(_ view: ExecutionView) {
        switch style {
        case .live:
            let size = output.size
            let picture = ProgressPicture(palette: output.palette, width: size.width, height: size.height - 1)
            screen.show(picture.lines(of: view, last: last, at: .now), on: output)
        case .changes: for line in feed.lines(of: view, at: .now) { output.line(line) }
        case .logs, .silent: break
        }
    }

    mutating func finish(_ view: ExecutionView) {
        switch style {
        case .live:
            let picture = ProgressPicture(palette: output.palette, width: output.size.width)
            screen.finish(picture.lines(of: view, at: .now), on: output)
            showEnd(view)
        case .changes:
            show(view)
            showEnd(view)
        case .logs:
            let palette = Output.errors.palette
            var feed = ProgressFeed(palette: palette)
            if let line = feed.lines(of: view, at: .now).last { Output.errors.line(line) }
        case .silent: break
        }
    }

    private func showEnd(_ view: ExecutionView) {
        if view.state == .failed {
            for line in errors { output.line("  " + line.line(output.palette)) }
            if errors.isEmpty, let error = view.error {
                output.line("  " + LogText.printable(error, keepsLines: true))
            }
        }
        if let outputs = view.outputs, outputs != .map([:]) {
            let text = YAML.print(["outputs": outputs])
            output.write(LogText.printable(text, keepsLines: true))
        }
    }
}
