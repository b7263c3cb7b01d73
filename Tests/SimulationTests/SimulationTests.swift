import ApusTesting
import Testing

/// A short simulation for every test run; `make simulate` runs ten thousand seeds.
@Suite struct SimulationTests {
    @Test("no seed breaks a promise", arguments: 0..<8)
    func seeds(block: UInt64) async throws {
        for seed in (block * 50 + 1)...(block * 50 + 50) {
            do {
                _ = try await Simulation.run(seed: seed)
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    @Test("no seed breaks what a concurrency limit promises", arguments: 0..<4)
    func queues(block: UInt64) async throws {
        for seed in (block * 25 + 1)...(block * 25 + 25) {
            do {
                _ = try await QueueSimulation.run(seed: seed)
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    @Test("every date of a schedule is fired for once", arguments: 0..<4)
    func schedules(block: UInt64) async throws {
        for seed in (block * 10 + 1)...(block * 10 + 10) {
            do {
                _ = try await TriggerSimulation.run(seed: seed)
            } catch {
                Issue.record("seed \(seed): \(error)")
            }
        }
    }

    /// Seeds that once found a fault.
    @Test("what a seed once found stays mended", arguments: RegressionSeeds.all)
    func regressions(seed: UInt64) async throws {
        _ = try await Simulation.run(seed: seed)
    }
}
