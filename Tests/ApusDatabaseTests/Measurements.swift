import ApusDatabase
import ApusModel
import Foundation
import Testing

@testable import ApusDatabaseSQLite

/// Figures of this machine, printed and never asserted. Run with `APUS_MEASURE=1`, and in `APUS_MEASURE_DIR` when
/// another disk is meant.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["APUS_MEASURE"] != nil))
struct Measurements {
    private static let directory =
        (ProcessInfo.processInfo.environment["APUS_MEASURE_DIR"] ?? NSTemporaryDirectory()) + "/apus-measure"

    private func fresh() throws -> String {
        try? FileManager.default.removeItem(atPath: Self.directory)
        try FileManager.default.createDirectory(atPath: Self.directory, withIntermediateDirectories: true)
        return Self.directory
    }

    @Test func sync() throws {
        let path = try fresh() + "/file"
        let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
        defer { close(descriptor) }
        var times: [Duration] = []
        let block = [UInt8](repeating: 1, count: 4096)
        let clock = ContinuousClock()
        for place in 0..<300 {
            let start = clock.now
            pwrite(descriptor, block, block.count, off_t(place * 4096))
            fdatasync(descriptor)
            times.append(clock.now - start)
        }
        times.sort()
        print("sync of 4 KiB appended: p50 \(times[150]), p99 \(times[297])")
    }

    @Test(arguments: [SQLiteDatabase.Durability.full, .relaxed], [1, 64])
    func inserts(durability: SQLiteDatabase.Durability, writers: Int) async throws {
        let database = try SQLiteDatabase(.init(path: try fresh() + "/a.db", durability: durability))
        let each = durability == .full ? (writers == 1 ? 500 : 200) : (writers == 1 ? 5000 : 500)
        let clock = ContinuousClock()
        let commits = database.commitCount
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for number in 0..<each {
                        try await database.write {
                            try Inbox.add(executionID: "e\(writer)", due: at(Int64(number)), body: "{}", $0)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        report("insert, \(durability.rawValue), \(writers) writers", each * writers, clock.now - start)
        print("  bodies per commit: \(Double(each * writers) / Double(database.commitCount - commits))")
        await database.close()
    }

    /// What a turn writes: an execution changed, two task runs, a job gone and one come.
    @Test(arguments: [1, 64]) func turns(writers: Int) async throws {
        let database = try SQLiteDatabase(.init(path: try fresh() + "/a.db"))
        let each = writers == 1 ? 300 : 100
        let clock = ContinuousClock()
        let start = clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    let id = "execution\(writer)"
                    try await database.write {
                        try Executions.insert(sample(id, labels: [Label("system.correlationId", id)]), $0)
                    }
                    for number in 0..<each {
                        try await database.write { connection in
                            guard var execution = try Executions.load(id, connection) else { return }
                            execution.state.enter(number % 2 == 0 ? .running : .paused, at: at(Int64(number)))
                            try Executions.update(execution, connection)
                            let run = TaskRun(id: "\(id)-\(number)", taskID: "t", createdAt: at(1))
                            try TaskRuns.upsert(
                                executionID: id, [(number, run), (number + 1, run)], connection)
                            try Jobs.remove(taskRunID: "\(id)-\(number - 1)", attempt: 1, connection)
                            try Jobs.add(taskRunID: run.id, attempt: 1, executionID: id, connection)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        report("turn, full, \(writers) writers", each * writers, clock.now - start)
        await database.close()
    }

    @Test func logs() async throws {
        let store = try SQLiteLogStore(path: try fresh() + "/logs.db", now: at(0))
        let flow = FlowReference(namespace: "company.team", id: "hello", revision: 1)
        let clock = ContinuousClock()
        let start = clock.now
        for batch in 0..<50 {
            try await store.append(
                (0..<1000).map { number in
                    LogEntry(
                        LogLine(
                            executionID: "e\(batch % 5)", flow: flow, taskID: "t",
                            taskRunID: "run-\(batch % 5)", attempt: 0,
                            date: at(Int64(batch)), message: "A line of a usual length, number \(number)"),
                        sequence: batch * 1000 + number)
                })
        }
        report("log lines", 50_000, clock.now - start)
        try await store.close()
    }

    private func report(_ what: String, _ count: Int, _ time: Duration) {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        print("\(what): \(Int(Double(count) / seconds)) per second")
    }
}
