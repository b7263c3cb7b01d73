package import ApusModel

/// Colours of a terminal, or none.
package struct Palette: Hashable, Sendable {
    package var isColoured: Bool

    package init(isColoured: Bool) { self.isColoured = isColoured }

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
        case blue = "34"
        case magenta = "35"
    }

    func paint(_ text: String, _ style: Style?) -> String {
        guard isColoured, let style else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    func paint(_ text: String, as state: State) -> String { paint(text, state.style) }
}

extension State {
    /// One character that tells the state at a glance.
    package var mark: String {
        switch self {
        case .created, .submitted, .queued: "○"
        case .running, .restarted: "●"
        case .paused, .breakpoint: "‖"
        case .retrying, .retried, .resubmitted: "↻"
        case .killing, .killed, .cancelled: "■"
        case .success: "✓"
        case .warning: "!"
        case .failed: "✗"
        case .skipped: "–"
        }
    }

    var style: Palette.Style? {
        switch self {
        case .created, .submitted, .queued, .skipped: .dim
        case .running, .restarted, .retrying: .blue
        case .paused, .breakpoint, .warning, .retried, .resubmitted: .yellow
        case .killing, .killed, .cancelled: .magenta
        case .success: .green
        case .failed: .red
        }
    }
}

extension LogLevel {
    var style: Palette.Style? {
        switch self {
        case .trace, .debug: .dim
        case .info: nil
        case .warn: .yellow
        case .error: .red
        }
    }
}
