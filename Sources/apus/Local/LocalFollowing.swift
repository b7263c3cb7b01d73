import ApusCommandLine
import ApusExecutor
import ApusModel
import ApusServer

/// Runs an execution in this process and shows it until it has ended. The first signal to stop kills it.
struct LocalFollowing {
    let instance: Instance
    let id: Execution.ID
    let signals: StopSignals

    /// How often the log is read and the picture drawn when nothing else happens.
    private static let pace = Duration.milliseconds(200)
    /// Lines that are read after the end at most this many times.
    private static let lastReadings = 100

    /// Answers the execution at its end.
    func run(_ new: NewExecution, _ display: ExecutionDisplay) async throws -> ExecutionSnapshot {
        // Subscribed before the first commit, so that none is missed. Of several signs one is enough.
        let changes = instance.executor.changes(of: id)
        let (signs, sign) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let first = try await instance.executor.create(new)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in changes { sign.yield() } }
            group.addTask {
                while !Task.isCancelled {
                    try await Task.sleep(for: Self.pace)
                    sign.yield()
                }
            }
            group.addTask { [instance, id, signals] in
                for await _ in signals.requests {
                    do {
                        _ = try await instance.executor.kill(id)
                    } catch is RequestRefused {
                        // It has ended in the meantime, which is what was asked for.
                    }
                }
            }
            defer { group.cancelAll() }
            return try await follow(first, signs, display)
        }
    }

    private func follow(_ first: ExecutionSnapshot, _ signs: AsyncStream<Void>, _ display: ExecutionDisplay)
        async throws
        -> ExecutionSnapshot
    {
        var display = display
        var snapshot = first
        var place = 0
        var hasNotedPause = false
        for await _ in signs {
            snapshot = try await instance.executor.snapshot(id) ?? snapshot
            let view = ExecutionView(snapshot.execution, taskRuns: snapshot.taskRuns)
            if view.hasEnded { break }
            if display.wantsLogs { place = try await addLog(&display, after: place).next }
            display.show(view)
            if view.state == .paused, !hasNotedPause, display.style != .live {
                hasNotedPause = true
                Output.errors.line("apus: the execution waits to be resumed; Ctrl-C ends it")
            }
        }
        if display.wantsLogs {
            for _ in 0..<Self.lastReadings {
                let (count, next) = try await addLog(&display, after: place)
                place = next
                if count == 0 { break }
            }
        }
        display.finish(ExecutionView(snapshot.execution, taskRuns: snapshot.taskRuns))
        return snapshot
    }

    private func addLog(_ display: inout ExecutionDisplay, after place: Int) async throws -> (
        count: Int, next: Int
    ) {
        let (lines, next) = try await instance.logs(of: id, after: place)
        display.add(lines.map(LogText.init))
        return (lines.count, next)
    }
}
