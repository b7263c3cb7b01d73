import ApusModel
import ApusPlugin
import ApusSchema

/// Source: plugins, Scripts.
struct PythonCommands: PythonTask {
    static let type = "io.kestra.plugin.scripts.python.Commands"
    static let summary = "Runs commands that use Python."

    @Property("The commands, one after the other.")
    var commands: [String]

    @Included var python: PythonProperties
    @Included var common: ScriptProperties

    func lines(in space: ScriptSpace) async throws -> [String] { try await space.localized(commands) }
}
