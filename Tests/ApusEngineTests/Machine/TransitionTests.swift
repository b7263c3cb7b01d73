import ApusModel
import ApusTesting
import Foundation
import Testing

/// Every step from state to state that the machine may take is taken in one of the stories.
@Suite struct TransitionTests {
    private struct Taken {
        var executions: Set<String> = []
        var taskRuns: Set<String> = []
    }

    /// Steps that no story takes yet; most of them may be impossible, which is not proved.
    private static let untoldOfExecutions: Set<String> = [
        "CREATED>BREAKPOINT", "CREATED>KILLED", "CREATED>SUCCESS", "CREATED>WARNING", "PAUSED>CANCELLED",
        "PAUSED>FAILED", "PAUSED>RETRYING", "PAUSED>RUNNING", "PAUSED>SUCCESS", "PAUSED>WARNING",
        "RESTARTED>KILLING", "RETRYING>CANCELLED", "RETRYING>PAUSED", "RETRYING>RESTARTED",
        "RETRYING>SUCCESS",
    ]
    private static let untoldOfTaskRuns: Set<String> = [
        "CREATED>KILLED", "RESTARTED>SUCCESS", "RESTARTED>WARNING",
    ]

    private static func steps(_ states: [State]) -> [String] {
        zip(states, states.dropFirst()).map { "\($0.0.rawValue)>\($0.1.rawValue)" }
    }

    private static func steps(_ table: [State: Set<State>]) -> Set<String> {
        var steps: Set<String> = []
        for (before, after) in table {
            for state in after { steps.insert("\(before.rawValue)>\(state.rawValue)") }
        }
        return steps
    }

    private static func taken() throws -> Taken {
        var taken = Taken()
        for story in ScenarioTests.stories {
            let folder = ScenarioTests.folder.appendingPathComponent(story)
            let flow = try String(contentsOf: folder.appendingPathComponent("flow.yaml"), encoding: .utf8)
            let script = try String(
                contentsOf: folder.appendingPathComponent("script.txt"), encoding: .utf8)
            for moment in try Transcript.histories(flow: flow, script: script) {
                taken.executions.formUnion(steps(moment.execution))
                for run in moment.runs { taken.taskRuns.formUnion(steps(run)) }
            }
        }
        return taken
    }

    @Test("every step of an execution and of a task run is taken in a story")
    func coverage() throws {
        let taken = try Self.taken()
        Self.compare(
            "executions", Self.steps(Transitions.ofExecutions), taken.executions, Self.untoldOfExecutions)
        Self.compare("task runs", Self.steps(Transitions.ofTaskRuns), taken.taskRuns, Self.untoldOfTaskRuns)
    }

    private static func compare(
        _ name: String, _ known: Set<String>, _ taken: Set<String>, _ untold: Set<String>
    ) {
        let missing = known.subtracting(taken)
        print("\(known.count - missing.count) of \(known.count) steps of \(name) are taken in a story")
        let surprising = missing.symmetricDifference(untold).sorted()
        #expect(surprising.isEmpty, "steps of \(name) that lost, or now have, a story: \(surprising)")
    }
}
