import ApusModel

/// The answer forms of a log line.
enum LogJSON {
    static func write(_ line: LogLine, to writer: inout JSONWriter) {
        writer.object { object in
            object.field("namespace", line.flow.namespace)
            object.field("flowId", line.flow.id)
            object.field("taskId", line.taskID)
            object.field("executionId", line.executionID.isEmpty ? nil : line.executionID)
            if let id = line.triggerID { object.field("triggerId", id) }
            object.field("taskRunId", line.taskRunID)
            object.field("attemptNumber", line.attempt)
            object.field("timestamp", line.date)
            object.field("level", line.level.rawValue)
            object.field("message", line.message)
            object.field("deleted", false)
        }
    }

    static func bytes(_ lines: [LogLine]) -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + 320 * lines.count)
        writer.list(lines) { write($0, to: &$1) }
        return writer.bytes
    }

    /// One line of a downloaded log: `2026-11-21T10:07:19.903000Z INFO Start`.
    static func text(_ lines: [LogLine]) -> String {
        lines.map { "\($0.date.iso) \($0.level.rawValue) \($0.message)" }.joined(separator: "\n")
    }
}
