import ApusTesting
import Foundation

// simulate [--seeds N] [--from SEED] [--all] | simulate SEED
//
// Plays generated flows against the executor with faults at every boundary, and checks the invariants after every
// step. The first violation ends it with its seed and flows and status 1; with --all, the last seed does, and each
// violation is one line.

let words = Array(CommandLine.arguments.dropFirst())
func number(after option: String) -> UInt64? {
    words.firstIndex(of: option).flatMap { words.indices.contains($0 + 1) ? UInt64(words[$0 + 1]) : nil }
}

let single = words.first.flatMap { UInt64($0) }
let first = single ?? number(after: "--from") ?? 1
let count = single == nil ? number(after: "--seeds") ?? 10_000 : 1
let isPatient = words.contains("--all")
var broken = 0
var steps = 0
var crashes = 0
var queued = 0
var fired = 0
var states: [String: Int] = [:]
for seed in first..<(first &+ count) {
    do {
        let report = try await Simulation.run(seed: seed)
        steps += report.steps
        crashes += report.crashes
        states[report.state, default: 0] += 1
        let queue = try await QueueSimulation.run(seed: seed)
        steps += queue.steps
        crashes += queue.crashes
        queued += queue.queued
        let triggers = try await TriggerSimulation.run(seed: seed)
        steps += triggers.steps
        crashes += triggers.crashes
        fired += triggers.fired
    } catch {
        broken += 1
        let text = "\(error)"
        if isPatient {
            let size = ((try? Simulation.flows(seed: seed)) ?? []).reduce(0) { $0 + $1.utf8.count }
            print("seed \(seed) \(size): \(text.prefix(200).replacing("\n", with: " "))")
            fflush(nil)
            continue
        }
        print("seed \(seed): \(text)")
        if let violation = error as? Violation { print(violation.story) }
        for flow in (try? Simulation.flows(seed: seed)) ?? [] { print(flow) }
        print("0 passed, 1 failed")
        exit(1)
    }
}
let ends = states.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
let found = broken == 0 ? "no violation" : broken == 1 ? "1 violation" : "\(broken) violations"
print(
    "\(count) seeds, \(steps) steps, \(crashes) crashes, \(queued) executions queued, \(fired) dates fired for, \(found) (\(ends))"
)
if broken > 0 {
    print("\(broken) failed")
    exit(1)
}
