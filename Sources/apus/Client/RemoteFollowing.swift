import ApusCommandLine
import ApusModel
import Synchronization

/// Shows an execution of a server until it has ended.
struct RemoteFollowing {
    struct End: Sendable {
        var view: ExecutionView
        var json: Value
    }

    let client: Client
    let id: Execution.ID

    func run(_ style: ExecutionDisplay.Style) async throws -> End {
        let progress = Progress(style)
        try await client.events(["executions", id, "follow"]) { progress.take($0) }
        let json = try await client.json("GET", ["executions", id])
        guard let view = ExecutionView(json: json) else {
            throw ConnectionFailure(message: "the server did not answer with an execution")
        }
        guard view.hasEnded else {
            throw ConnectionFailure(
                message: "the server ended the connection; the execution is \(view.state.rawValue)")
        }
        if style != .silent, view.state == .failed {
            let lines = try await client.json("GET", ["logs", id], query: [("minLevel", "ERROR")])
            progress.add((lines.listValue ?? []).compactMap(LogText.init(json:)))
        }
        progress.finish(view)
        return End(view: view, json: json)
    }

    /// Called from the thread of the transfer.
    private final class Progress: Sendable {
        private let state: Mutex<(display: ExecutionDisplay, last: ExecutionView?)>

        init(_ style: ExecutionDisplay.Style) { state = Mutex((ExecutionDisplay(style), nil)) }

        /// Answers whether more is wanted.
        func take(_ event: EventReader.Event?) -> Bool {
            state.withLock { state in
                if let event {
                    // The first event may hold the id only.
                    guard let json = try? JSONParser.parse(event.data), let view = ExecutionView(json: json)
                    else {
                        return event.id != "end"
                    }
                    state.last = view
                    if event.id == "end" { return false }
                }
                if let view = state.last { state.display.show(view) }
                return true
            }
        }

        func add(_ lines: [LogText]) { state.withLock { $0.display.add(lines) } }

        func finish(_ view: ExecutionView) { state.withLock { $0.display.finish(view) } }
    }
}
