import ApusModel
import ApusPlugin
import ApusSchema

/// Source: plugins, Scripts.
struct LanguageCommands<Language: ScriptLanguage>: ScriptTask {
    static var type: String { "io.kestra.plugin.scripts.\(Language.package).Commands" }
    static var summary: String { "Runs commands that use \(Language.title)." }

    @Property("The commands, one after the other.")
    var commands: [String]

    @Included var common: ScriptProperties

    func lines(in space: ScriptSpace) async throws -> [String] { try await space.localized(commands) }
}
