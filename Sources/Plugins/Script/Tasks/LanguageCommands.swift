import ApusModel
import ApusPlugin
import ApusSchema

/// Source: plugins, Scripts.
struct LanguageCommands<Language: ScriptLanguage>: ScriptTask {
    static var type: String { "io.kestra.plugin.scripts.\(Language.package).Commands" }
    static var summary: String { "Runs commands that use \(Language.title)." }

    @Property("The commands, one after the other.")
    var commands: [String]
    @Property("Where it runs; only the Process task runner is there so far.", isDynamic: false)
    var taskRunner: PluginReference<TaskRunnerPlugin>?
    @Property("Former way to say where it runs: `PROCESS`.")
    var runner: String?
    @Property("Image for container task runners.")
    var containerImage: String?
    @Property("Former options for containers.")
    var docker: Value?
    @Property("Commands to run before.")
    var beforeCommands: [String] = []
    @Property("Environment variables.")
    var env: OrderedMap<Value> = [:]
    @Property("The program that runs the lines, and its arguments.")
    var interpreter: [String] = ["/bin/sh", "-c"]
    @Property("The first command that fails ends the task.")
    var failFast: Bool = true
    @Property("Files to write before: content or `kestra://` URI by path, or the JSON text of such a map.")
    var inputFiles: Value?
    @Property("Patterns of files to keep: `report.csv`, `out/**`.")
    var outputFiles: [String] = []
    @Property("Files of the namespace to copy before.")
    var namespaceFiles: Value?
    @Property("The system the commands are written for: `AUTO`, `LINUX`.")
    var targetOS: String = "AUTO"
    @Property("Lines on standard error end the task in `WARNING`.")
    var warningOnStdErr: Bool?
    @Property("Has no effect; `outputDir` is always there.")
    var outputDirectory: Bool?

    func lines(in space: ScriptSpace) async throws -> [String] { try await space.localized(commands) }
}
