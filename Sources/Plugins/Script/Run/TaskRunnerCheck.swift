import ApusModel
import ApusPlugin
import ApusSchema

/// Runs scripts as processes of the worker. The only task runner so far, and the default.
struct ProcessTaskRunner: PluginType {
    static let type = "io.kestra.plugin.core.runner.Process"
    static let aliases = ["io.kestra.core.models.tasks.runners.types.ProcessTaskRunner"]
    static let summary = "Runs commands as processes of the worker, in a directory of their own."
}

/// Whether the `Process` task runner can do what a task asks for.
struct TaskRunnerCheck {
    let task: ScriptProperties

    func check(_ context: TaskContext) throws(TaskFailure) {
        let isExplicit = try checkRunner()
        guard task.targetOS.uppercased() != "WINDOWS" else {
            throw TaskFailure("`targetOS: WINDOWS`: this worker runs on Linux")
        }
        let unused = [
            ("containerImage", task.containerImage != nil), ("docker", task.docker?.isNull == false),
        ]
        for (name, isGiven) in unused where isGiven {
            guard isExplicit else {
                throw TaskFailure(
                    "`\(name)`: this server has no container task runner. Remove it, or name the runner: "
                        + "`taskRunner: {type: \(ProcessTaskRunner.type)}`")
            }
            context.log("`\(name)` has no effect with the Process task runner", at: .debug)
        }
    }

    /// Whether the task names the `Process` runner itself.
    private func checkRunner() throws(TaskFailure) -> Bool {
        if let named = task.taskRunner {
            guard ([ProcessTaskRunner.type] + ProcessTaskRunner.aliases).contains(named.type) else {
                throw TaskFailure(
                    "`taskRunner: \(named.type)` is not supported by this server; use `\(ProcessTaskRunner.type)`"
                )
            }
            return true
        }
        if let runner = task.runner {
            guard runner.uppercased() == "PROCESS" else {
                throw TaskFailure("`runner: \(runner)` is not supported by this server; use `PROCESS`")
            }
            return true
        }
        return false
    }
}
