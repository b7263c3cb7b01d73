import ApusExpressions
import ApusModel
import ApusPlugin
import ApusPluginsCore
import ApusPluginsScript
import ApusSchema
import ApusWorker
import Foundation
import Synchronization
import Testing

@Suite struct WorkerTests {
    @Test("a job is rendered, run and reported, its log lines and metrics first")
    func success() async throws {
        let bench = Bench()
        let outcome = await bench.run([
            bench.job(
                "a", "io.kestra.plugin.scripts.shell.Commands",
                ["commands": ["echo {{ inputs.who }}", "pwd"]],
                variables: ["inputs": ["who": "you"]])
        ])
        #expect(outcome["a"]?.state == .success)
        #expect(outcome["a"]?.outputs?["exitCode"] == 0)
        #expect(outcome["a"]?.error == nil)
        #expect(bench.events.prefix(2) == ["log you", "log \(bench.root)/a-0"])
        #expect(bench.events.last == "report a SUCCESS")
        #expect((try? FileManager.default.contentsOfDirectory(atPath: bench.root)) ?? [] == [])
    }

    @Test("an inline task can run at a worker too, with metrics")
    func inline() async {
        let bench = Bench()
        let outcome = await bench.run([
            bench.job("a", "io.kestra.core.tasks.debugs.Return", ["format": "{{ 1 + 1 }}"])
        ])
        #expect(outcome["a"]?.outputs == ["value": "2"])
        #expect(bench.events == ["log 2", "metrics length", "metrics duration", "report a SUCCESS"])
    }

    @Test(
        "a job that cannot succeed fails with the reason in result and log",
        arguments: [
            ("io.kestra.plugin.core.execution.Fail", ["errorMessage": "no {{ 'rows' }}"], "no rows"),
            (
                "io.kestra.plugin.scripts.shell.Commands", ["commands": ["exit 3"]],
                "Command failed with exit code 3"
            ),
            ("io.kestra.plugin.core.log.Log", ["message": "{{ nothing.here }}"], "nothing"),
            ("io.kestra.plugin.core.log.Log", ["message": "{{ secret('X') }}"], "X"),
            (
                "io.kestra.plugin.core.log.Logg", ["message": "x"],
                "did you mean `io.kestra.plugin.core.log.Log`?"
            ),
            ("io.kestra.plugin.core.flow.Sleep", ["duration": "long"], "duration"),
        ] as [(String, OrderedMap<Value>, String)])
    func failure(type: String, properties: OrderedMap<Value>, message: String) async {
        let bench = Bench()
        let outcome = await bench.run([bench.job("a", type, properties)])
        #expect(outcome["a"]?.state == .failed)
        #expect(outcome["a"]?.error?.contains(message) == true, "\(outcome["a"]?.error ?? "")")
        #expect(bench.events.contains { $0.hasPrefix("log ") && $0.contains(message) })
    }

    @Test("facts are looked up when a template needs them, also one after the other")
    func facts() async {
        let bench = Bench(facts: ["A": "B", "B": "found"])
        let outcome = await bench.run([
            bench.job("a", "io.kestra.plugin.core.debug.Return", ["format": "{{ secret(secret('A')) }}"])
        ])
        #expect(outcome["a"]?.outputs == ["value": "found"])
    }

    @Test("secrets a job has read are hidden in its log")
    func secrets() async {
        let bench = Bench(facts: ["PASSWORD": "hunter22"])
        _ = await bench.run([
            bench.job(
                "a", "io.kestra.plugin.scripts.shell.Commands",
                ["commands": ["echo it is $P here"], "env": ["P": "{{ secret('PASSWORD') }}"]])
        ])
        #expect(bench.events == ["log it is ****** here", "report a SUCCESS"])
    }

    @Test("an attempt that takes too long fails, and its processes are gone")
    func timeout() async throws {
        let bench = Bench()
        var job = bench.job(
            "a", "io.kestra.plugin.scripts.shell.Commands",
            ["commands": ["echo $$", "sleep 1000 & sleep 1000"]])
        job.timeout = .milliseconds(200)
        let outcome = await bench.run([job])
        #expect(outcome["a"]?.state == .failed)
        #expect(outcome["a"]?.error == "Timeout after PT0.2S")
        #expect(bench.events.contains("log Timeout after PT0.2S"))
        let group = try #require(bench.events.first?.split(separator: " ").last.flatMap { Int32($0) })
        #expect(kill(group, 0) != 0)
    }

    @Test("a cancelled job is killed, whether it runs or waits")
    func cancel() async {
        let bench = Bench(concurrentJobs: 1)
        let sleep: OrderedMap<Value> = ["duration": "PT1H"]
        let outcome = await bench.run(
            ["a", "b"].map { bench.job($0, "io.kestra.plugin.core.flow.Sleep", sleep) }
        ) { worker in
            #expect(worker.cancel("b"))
            await bench.reported("b")
            #expect(worker.cancel("a"))
            #expect(!worker.cancel("unknown"))
        }
        #expect(outcome["a"]?.state == .killed)
        #expect(outcome["b"]?.state == .killed)
    }

    @Test("no more jobs run at once than allowed, and no more wait")
    func bounds() async {
        let bench = Bench(concurrentJobs: 2, waitingJobs: 3)
        let worker = bench.worker
        let jobs = (0..<6).map { bench.job("j\($0)", Counting.type, [:]) }
        #expect(
            jobs.map { worker.submit($0) } == [.accepted, .accepted, .accepted, .accepted, .accepted, .full])
        #expect(worker.submit(jobs[0]) == .known)
        #expect(worker.room == 0)
        let outcome = await bench.run([], expecting: 5)
        #expect(outcome.values.allSatisfy { $0.state == .success } && outcome.count == 5)
        #expect(outcome.values.compactMap { $0.outputs?["running"]?.intValue }.max() == 2)
    }

    @Test("a stopped worker gives back what it did not finish")
    func stop() async {
        let bench = Bench(concurrentJobs: 1)
        let jobs = ["a", "b"].map { bench.job($0, "io.kestra.plugin.core.flow.Sleep", ["duration": "PT1H"]) }
        let outcome = await bench.run(jobs, expecting: 0) { worker in
            await bench.heartbeat()
            worker.stop(after: .milliseconds(50))
            #expect(worker.submit(jobs[0]) == .stopping)
        }
        #expect(outcome.isEmpty)
        #expect(bench.events.filter { $0.hasPrefix("back") }.sorted() == ["back a", "back b"])
    }

    @Test("lines below the level of the job are dropped")
    func levels() async {
        let bench = Bench()
        var job = bench.job("a", "io.kestra.plugin.core.log.Log", ["message": "x", "level": "DEBUG"])
        job.logLevel = .info
        _ = await bench.run([job])
        #expect(bench.events == ["report a SUCCESS"])
    }

    @Test("a slow log holds a writing job back")
    func slowLog() async {
        let bench = Bench(logDelay: .milliseconds(1))
        let outcome = await bench.run([
            bench.job("a", "io.kestra.plugin.scripts.shell.Commands", ["commands": ["seq 30000"]])
        ])
        #expect(outcome["a"]?.outputs?["stdOutLineCount"] == 30_000)
        #expect(bench.events.count == 30_001)
        #expect(!bench.events.contains { $0.contains("dropped") })
    }

    @Test("a job that floods a slow log can be killed")
    func killFlood() async {
        let bench = Bench(logDelay: .milliseconds(5))
        let outcome = await bench.run([
            bench.job("a", "io.kestra.plugin.scripts.shell.Commands", ["commands": ["yes"]])
        ]) { worker in
            await bench.heartbeat()
            worker.cancel("a")
        }
        #expect(outcome["a"]?.state == .killed)
        #expect(bench.events.count < 200_000)
    }

    @Test("jobs may share a directory")
    func sharedDirectory() async throws {
        let bench = Bench()
        var first = bench.job("a", "io.kestra.plugin.scripts.shell.Commands", ["commands": ["echo x > f"]])
        var second = bench.job("b", "io.kestra.plugin.scripts.shell.Commands", ["commands": ["cat f"]])
        first.sharedDirectory = "shared"
        second.sharedDirectory = "shared"
        let jobs = [second]
        let outcome = await bench.run([first], expecting: 2) { worker in
            await bench.reported("a")
            #expect(worker.submit(jobs[0]) == .accepted)
            await bench.reported("b")
            worker.release(sharedDirectory: "shared")
        }
        #expect(outcome["b"]?.state == .success)
        #expect(bench.events.contains("log x"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.root) == [])
    }

    @Test("a hundred small jobs")
    func many() async {
        let bench = Bench()
        let jobs = (0..<100).map {
            bench.job("j\($0)", "io.kestra.plugin.scripts.shell.Commands", ["commands": ["echo x"]])
        }
        let start = ContinuousClock.now
        let outcome = await bench.run(jobs)
        print("100 echo jobs: \(ContinuousClock.now - start)")
        #expect(outcome.count == 100 && outcome.values.allSatisfy { $0.state == .success })
    }
}

/// Tells how many of its kind run.
struct Counting: RunnableTask {
    static let type = "test.Counting"
    static let summary = "Counts."
    private static let running = Atomic(0)

    struct Output: TaskOutput {
        var values: OrderedMap<Value>
    }

    func run(_ context: TaskContext) async throws -> Output {
        let count = Self.running.add(1, ordering: .relaxed).newValue
        try await Task.sleep(for: .milliseconds(20))
        Self.running.subtract(1, ordering: .relaxed)
        return Output(values: ["running": .int(Int64(count))])
    }
}
