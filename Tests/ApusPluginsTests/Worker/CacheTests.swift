import ApusModel
import ApusPlugin
import ApusWorker
import Synchronization
import Testing

/// Outputs that are reused: `taskCache`.
@Suite struct CacheTests {
    /// Keeps outputs for a test, or fails.
    final class Memory: OutputCache {
        let kept = Mutex<[String: OrderedMap<Value>]>([:])
        let isBroken: Bool

        init(isBroken: Bool = false) { self.isBroken = isBroken }

        func outputs(for key: String, ttl: ISODuration?, of job: Job) throws -> OrderedMap<Value>? {
            if isBroken { throw TaskFailure("no cache today") }
            return kept.withLock { $0[key] }
        }

        func keep(
            _ outputs: OrderedMap<Value>, for key: String, ttl: ISODuration?, of job: Job
        ) throws {
            if isBroken { throw TaskFailure("no cache today") }
            kept.withLock { $0[key] = outputs }
        }
    }

    private func job(_ bench: Bench, _ id: String, _ commands: [String]) -> Job {
        var job = bench.job(
            id, "io.kestra.plugin.scripts.shell.Commands",
            ["commands": .list(commands.map { .string($0) })])
        job.reuse = OutputReuse()
        return job
    }

    @Test("a task with the same rendered properties runs once; its outputs stay")
    func reuse() async {
        let cache = Memory()
        let first = Bench(cache: cache)
        let ran = await first.run([job(first, "a", ["echo ran", "echo '::{\"outputs\": {\"n\": 1}}::'"])])
        #expect(first.events.contains("log ran"))
        let second = Bench(cache: cache)
        let again = await second.run([job(second, "b", ["echo ran", "echo '::{\"outputs\": {\"n\": 1}}::'"])])
        #expect(!second.events.contains("log ran"))
        #expect(again["b"]?.state == .success)
        #expect(again["b"]?.outputs == ran["a"]?.outputs)
        let third = Bench(cache: cache)
        _ = await third.run([job(third, "c", ["echo other"])])
        #expect(third.events.contains("log other"))
    }

    @Test("what failed is not kept; without the property nothing is")
    func notKept() async {
        let cache = Memory()
        let bench = Bench(cache: cache)
        var plain = job(bench, "b", ["true"])
        plain.reuse = nil
        _ = await bench.run([job(bench, "a", ["exit 1"]), plain])
        let kept = cache.kept.withLock { $0.count }
        #expect(kept == 0)
    }

    @Test("a cache that cannot be used costs a run and a warning")
    func broken() async {
        let bench = Bench(cache: Memory(isBroken: true))
        let end = await bench.run([job(bench, "a", ["echo ran"])])
        #expect(end["a"]?.state == .success)
        #expect(bench.events.contains("log ran"))
        #expect(bench.events.filter { $0.contains("no cache today") }.count == 2)
    }
}
