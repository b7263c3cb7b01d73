import ApusModel
import ApusPlugin
import ApusSchema

/// A task that runs commands in a shell: how all of them run.
///
/// Source: plugins, Scripts; core-plugins section 7.
protocol ScriptTask: RunnableTask where Output == ScriptOutput {
    var common: ScriptProperties { get }

    /// What the interpreter runs first of all.
    func preparation(_ space: ScriptSpace) throws -> [String]
    /// The lines the interpreter runs, after the files they need are in place.
    func lines(in space: ScriptSpace) async throws -> [String]
}

extension ScriptTask {
    static var outputs: [PropertySchema]? {
        [
            .output("vars", "What the script gave by the output protocol.", .map(.any)),
            .output("exitCode", "The exit status of the last command.", .integer),
            .output("outputFiles", "Files in internal storage by path.", .map(.string)),
            .output("stdOutLineCount", "Lines on standard output.", .integer),
            .output("stdErrLineCount", "Lines on standard error.", .integer),
            .output("taskRunner", "What the task runner gave.", .map(.any), isRequired: false),
        ]
    }

    func preparation(_ space: ScriptSpace) throws -> [String] { [] }

    func run(_ context: TaskContext) async throws -> ScriptOutput {
        try TaskRunnerCheck(task: common).check(context)
        let space = try ScriptSpace(context)
        try await context.placeNamespaceFiles(common.namespaceFiles)
        try await space.place(common.inputFiles)
        let before = try preparation(space) + (await space.localized(common.beforeCommands))
        let lines = try await before + lines(in: space)
        let command = try space.command(
            common.interpreter, failFast: common.failFast, lines: lines, environment: common.env)
        let log = ScriptLog(context)
        let exit = try await ProcessRunner(longLines: OutputProtocol.longLines).run(command) {
            stream, lines in
            await log.take(stream, lines)
        }
        try Task.checkCancellation()
        return try await output(of: exit, log.summary(), space)
    }

    private func output(
        of exit: ProcessExit, _ summary: ScriptLog.Summary, _ space: ScriptSpace
    ) async throws -> ScriptOutput {
        var output = ScriptOutput(
            exitCode: exit.code, variables: summary.variables, lines: summary.lines,
            errorLines: summary.errorLines,
            endsInWarning: common.warningOnStdErr == true && summary.errorLines > 0)
        if let fault = summary.fault { throw TaskFailure(fault, outputs: output.values) }
        guard exit == .code(0) else {
            // The files may tell why it failed; that some are missing then is no news.
            output.files = (try? await space.stored(common.outputFiles, reportsMissing: false)) ?? [:]
            throw TaskFailure(Self.words(for: exit), outputs: output.values)
        }
        output.files = try await space.stored(common.outputFiles, reportsMissing: true)
        return output
    }

    private static func words(for exit: ProcessExit) -> String {
        switch exit {
        case .code(let code): "Command failed with exit code \(code)"
        case .signal(let number): "Command failed with exit code \(exit.code): ended by signal \(number)"
        }
    }
}
