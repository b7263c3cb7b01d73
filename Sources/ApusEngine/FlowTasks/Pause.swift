import ApusExpressions
import ApusModel

extension FlowTaskType {
    static let pause = FlowTaskType(
        "io.kestra.plugin.core.flow.Pause", "Waits for a person, or for a time.",
        properties: [
            property("pauseDuration", "Ends the pause by itself after this time.", .duration),
            property("delay", "Older name of `pauseDuration`.", .duration),
            property(
                "behavior", "What the end of `pauseDuration` means.",
                .enumeration(PauseProperties.Behavior.allCases.map(\.rawValue)), default: "RESUME"),
            property("onPause", "A task to run when the pause begins, such as a message.", .map(.any)),
            property("onResume", "Inputs the person who resumes has to give.", .list(.any)),
            list("tasks", "Tasks to run after the pause; better written after it."),
        ],
        outputs: [
            .output("onResume", "The inputs the person gave who resumed.", .map(.any)),
            .output("resumed", "When the pause ended and what it became.", .map(.string)),
        ]
    ) { compiling in
        let key = compiling.reader.given("pauseDuration") == nil ? "delay" : "pauseDuration"
        let duration = compiling.reader.durationTemplate(key)
        let behavior = compiling.reader.choice("behavior", PauseProperties.Behavior.self) ?? .resume
        let inputs = InputDefinition.parse(
            compiling.reader.given("onResume") ?? .null, at: compiling.reader.path.key("onResume"),
            positions: compiling.reader.positions, edition: compiling.reader.edition)
        compiling.tasks.add(inputs.faults)
        compiling.lists.tasks = compiling.children("tasks")
        let onPause = compiling.reader.given("onPause").flatMap { task in
            compiling.tasks.task(task, at: compiling.reader.path.key("onPause"), parent: compiling.index)
        }
        return .flow(
            .pause(
                PauseProperties(
                    duration: duration, behavior: behavior, onPause: onPause, onResume: inputs.definitions)))
    }
}
