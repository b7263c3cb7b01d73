package import ApusModel

/// A log line as text.
package struct LogText: Hashable, Sendable {
    package var date: Timestamp
    package var level: LogLevel
    package var taskID: String?
    package var message: String

    package init(_ line: LogLine) {
        date = line.date
        level = line.level
        taskID = line.taskID
        message = line.message
    }

    /// Reads the API's form of a log line.
    package init?(json: Value) {
        guard let message = json["message"]?.stringValue,
            let date = json["timestamp"]?.stringValue.flatMap({ Timestamp(iso: $0) })
        else { return nil }
        self.date = date
        self.message = message
        level = json["level"]?.stringValue.flatMap(LogLevel.init(rawValue:)) ?? .info
        taskID = json["taskId"]?.stringValue
    }

    /// `10:07:18.959 INFO  hello: Start`, the time in UTC.
    package func line(_ palette: Palette, keepsLines: Bool = true) -> String {
        let time = date.iso.dropFirst(11).prefix(12)
        let task = taskID.map { "\($0): " } ?? ""
        let text = Self.printable(message, keepsLines: keepsLines)
        return
            "\(palette.paint(String(time), .dim)) \(palette.paint(level.rawValue.padded(to: 5), level.style)) \(task)\(text)"
    }

    /// Without the control characters with which a task could steer the reader's terminal.
    package static func printable(_ text: String, keepsLines: Bool) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where keepsLines, "\t" where keepsLines: result.append(scalar)
            case "\n", "\t", "\r": result.append(" ")
            default: if !isControl(scalar) { result.append(scalar) }
            }
        }
        return String(result)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            || (0x202A...0x202E).contains(scalar.value)
            || (0x2066...0x2069).contains(scalar.value)
    }
}
