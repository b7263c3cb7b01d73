import ApusModel
import ApusPlugin
import ApusSchema

/// Source: plugins, Scripts.
struct ShellScript: ScriptTask {
    static let type = "io.kestra.plugin.scripts.shell.Script"
    static let summary = "Runs a shell script."

    @Property("The text of the script.")
    var script: String

    @Included var common: ScriptProperties

    func lines(in space: ScriptSpace) async throws -> [String] { [try await space.localized(script)] }
}
