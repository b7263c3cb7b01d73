import ApusModel
import ApusPlugin
import ApusSchema

/// Source: plugins, Scripts.
struct PythonScript: PythonTask {
    static let type = "io.kestra.plugin.scripts.python.Script"
    static let summary = "Runs a Python script."

    @Property("The text of the script.")
    var script: String

    @Included var python: PythonProperties
    @Included var common: ScriptProperties

    func lines(in space: ScriptSpace) async throws -> [String] {
        let file = try space.write(try await space.localized(script), named: "script", suffix: "py")
        return ["python \(file.shellQuoted)"]
    }
}
