import ApusModel
import ApusPlugin
import ApusSchema

/// Source: plugins, Scripts.
struct LanguageScript<Language: ScriptLanguage>: ScriptTask {
    static var type: String { "io.kestra.plugin.scripts.\(Language.package).Script" }
    static var summary: String { "Runs a script in \(Language.title)." }

    @Property("The text of the script.")
    var script: String

    @Included var common: ScriptProperties

    func lines(in space: ScriptSpace) async throws -> [String] {
        let text = try await space.localized(script)
        let file = try space.write(text, named: "script", suffix: Language.suffix)
        return ["\(Language.program) \(file.shellQuoted)"]
    }
}
