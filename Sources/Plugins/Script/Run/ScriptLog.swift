import ApusModel
import ApusPlugin
import Synchronization

/// Takes what a script writes: lines go to the log, messages of the output protocol are carried out.
final class ScriptLog: Sendable {
    /// What was seen, all in all.
    struct Summary: Sendable {
        var variables: OrderedMap<Value> = [:]
        var lines = 0
        var errorLines = 0
        /// Why the outputs cannot be taken.
        var fault: String?
        fileprivate var outputBytes = 0
    }

    /// Text of all messages with outputs together.
    static let maxOutputBytes = 16 << 20

    /// Lines logged before the log is asked for room again.
    private static let linesBetweenPauses = 256

    private let context: TaskContext
    private let seen = Mutex(Summary())

    init(_ context: TaskContext) { self.context = context }

    func summary() -> Summary { seen.withLock { $0 } }

    /// Takes the next lines of a stream; suspends while the log is behind.
    func take(_ stream: ProcessStream, _ lines: [String]) async {
        seen.withLock { seen in
            switch stream {
            case .out: seen.lines += lines.count
            case .error: seen.errorLines += lines.count
            }
        }
        for (place, line) in lines.enumerated() {
            if place % Self.linesBetweenPauses == 0 { await context.logRoom() }
            if OutputProtocol.isMessage(line) {
                carryOut(line)
            } else {
                context.log(line, at: stream == .out ? .info : .error)
            }
        }
    }

    private func carryOut(_ line: String) {
        do {
            let message = try OutputProtocol(line: line)
            if !message.outputs.isEmpty { keep(message.outputs, bytes: line.utf8.count) }
            message.metrics.forEach(context.metric)
            for log in message.logs { context.log(log.message, at: log.level) }
        } catch {
            context.log("Not a valid output, its JSON is wrong: \(error.message): \(line)", at: .warn)
        }
    }

    private func keep(_ outputs: OrderedMap<Value>, bytes: Int) {
        seen.withLock { seen in
            seen.outputBytes += bytes
            guard seen.outputBytes <= Self.maxOutputBytes else {
                seen.fault =
                    "The outputs exceed \(Self.maxOutputBytes >> 20) MiB; write a file and use `outputFiles`"
                return
            }
            for (name, value) in outputs { seen.variables[name] = value }
        }
    }
}
