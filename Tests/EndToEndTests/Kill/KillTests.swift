import ApusModel
import Foundation
import Testing

extension EndToEndTests {
    /// The server is killed again and again while executions are started and run.
    ///
    /// `APUS_KILLS` says how often (50), `APUS_SEED` repeats the moments of a run that failed.
    @Suite struct KillTests {
        private static let environment = ProcessInfo.processInfo.environment
        private static let kills = environment["APUS_KILLS"].flatMap(Int.init) ?? 50
        private static let seed = environment["APUS_SEED"].flatMap(UInt64.init) ?? .random(in: 1...999_999)
        private static let ratePerSecond = 20
        private static let timeToFinish: Duration = .seconds(10)
        private static let final: Set<String> = ["SUCCESS", "WARNING", "FAILED", "KILLED", "CANCELLED"]

        @Test(
            "no acknowledged execution is lost, stuck, failed or short of a task, however often the server is killed"
        )
        func kills() async throws {
            print("Killing the server \(Self.kills) times; APUS_SEED=\(Self.seed) repeats the moments")
            let server = try Server()
            defer {
                server.kill()
                server.scratch.remove()
            }
            try await server.start()
            let path = try server.scratch.write("", to: "ledger")
            for flow in LoadFlow.allCases {
                let answer = try await server.client.createFlow(flow.source(ledger: path))
                try #require(answer.status == 200, "\(answer.text)")
            }

            let load = Load(server.client)
            async let loading: Void = load.run(perSecond: Self.ratePerSecond)
            let restarts: [Duration]
            do {
                restarts = try await Self.killAgainAndAgain(server)
            } catch {
                load.end()
                throw error
            }
            let restarted = ContinuousClock.now
            load.end()
            await loading

            let started = load.acknowledged
            #expect(!started.isEmpty)
            var found = try await Self.executions(
                started.map(\.id), of: server.client, by: restarted + Self.timeToFinish)
            for one in started { Self.check(found[one.id] ?? .null, one) }

            // Executions that were begun and never answered have the same rights.
            let ledger = try Ledger(path: path)
            let unanswered = ledger.executions.filter { found[$0] == nil }.sorted()
            found.merge(
                try await Self.executions(unanswered, of: server.client, by: restarted + Self.timeToFinish)
            ) { $1 }
            for id in unanswered {
                #expect(found[id]?.state == "SUCCESS", "\(id), which was not acknowledged")
            }
            Self.check(ledger, against: found.values.flatMap(\.taskRuns))
            Self.report(restarts, started: started.count, unanswered: unanswered.count)
        }

        /// - Returns: How long each restart took until the server was ready.
        private static func killAgainAndAgain(_ server: Server) async throws -> [Duration] {
            var random = SeededRandom(seed: seed)
            var restarts: [Duration] = []
            for _ in 0..<kills {
                try await Task.sleep(for: .milliseconds(Int.random(in: 20...1200, using: &random)))
                server.kill()
                if Int.random(in: 0..<5, using: &random) == 0 {
                    // Now and then the next crash comes while the server recovers from the last.
                    try server.launch()
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...200, using: &random)))
                    server.kill()
                }
                restarts.append(try await server.start())
            }
            return restarts
        }

        /// Reads executions until all of them have ended, or the time is over.
        private static func executions(
            _ ids: [String], of client: APIClient, by end: ContinuousClock.Instant
        ) async throws -> [String: Value] {
            var found: [String: Value] = [:]
            var open = ids
            repeat {
                for chunk in stride(from: 0, to: open.count, by: 8).map({ open[$0..<min($0 + 8, open.count)] }
                ) {
                    try await withThrowingTaskGroup(of: Value.self) { group in
                        for id in chunk { group.addTask { try await client.execution(id) } }
                        for try await execution in group { found[execution.id] = execution }
                    }
                }
                open = open.filter { !final.contains(found[$0]?.state ?? "") }
                if !open.isEmpty { try await Task.sleep(for: .milliseconds(50)) }
            } while !open.isEmpty && ContinuousClock.now < end
            return found
        }

        private static func check(_ execution: Value, _ started: Load.Started) {
            #expect(execution.state == "SUCCESS", "\(started): \(execution.json)")
            let tasks = execution.taskRuns.compactMap { $0["taskId"]?.stringValue }.sorted()
            #expect(tasks == started.flow.tasks, "\(started)")
            #expect(execution.taskRuns.allSatisfy { $0.state == "SUCCESS" }, "\(started): \(execution.json)")
        }

        /// An attempt is recorded before it begins, so that nothing ever ran unrecorded; and nothing that
        /// counts as done was left out.
        private static func check(_ ledger: Ledger, against taskRuns: [Value]) {
            let shell = taskRuns.filter { $0["taskId"] == "append" }
            for run in shell {
                let attempts = run["attempts"]?.listValue?.count ?? 0
                let lines = ledger.lines[run.id] ?? 0
                #expect(
                    lines >= 1 && lines <= attempts,
                    "task run \(run.id): \(lines) lines, \(attempts) attempts")
            }
            let unknown = Set(ledger.lines.keys).subtracting(shell.map(\.id))
            #expect(unknown.isEmpty, "task runs that nobody recorded: \(unknown)")
        }

        private static func report(_ restarts: [Duration], started: Int, unanswered: Int) {
            let sorted = restarts.sorted()
            guard let longest = sorted.last else { return }
            let median = sorted[sorted.count / 2]
            print(
                "\(restarts.count) kills, \(started) executions acknowledged, \(unanswered) more found in the ledger;",
                "restart to ready: median \(median.formatted(.units(allowed: [.milliseconds]))),",
                "longest \(longest.formatted(.units(allowed: [.milliseconds])))")
        }
    }
}
