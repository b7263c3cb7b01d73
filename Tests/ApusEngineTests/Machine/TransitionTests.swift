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

    @Test("every step of an execution and of a task run is taken in a story, and no other one")
    func coverage() throws {
        let taken = try Self.taken()
        Self.compare("executions", Self.steps(Transitions.ofExecutions), taken.executions)
        Self.compare("task runs", Self.steps(Transitions.ofTaskRuns), taken.taskRuns)
    }

    private static func compare(_ name: String, _ known: Set<String>, _ taken: Set<String>) {
        let untold = known.subtracting(taken).sorted()
        let told = known.count - untold.count
        print("\(told) of \(known.count) steps of \(name) are taken in a story")
        #expect(untold.isEmpty, "steps of \(name) without a story: \(untold)")
        let unknown = taken.subtracting(known).filter { !isByHand($0) }.sorted()
        #expect(unknown.isEmpty, "steps of \(name) that are taken and may not be: \(unknown)")
    }

    /// A person may give what has ended any final state, and a replay keeps runs that had not ended.
    private static func isByHand(_ step: String) -> Bool {
        let states = step.split(separator: ">").compactMap { State(rawValue: String($0)) }
        guard states.count == 2 else { return false }
        return states.allSatisfy(\.isTerminal) || states[1] == .restarted
    }
}
