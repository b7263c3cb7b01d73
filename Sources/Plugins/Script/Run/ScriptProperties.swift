import ApusModel
import ApusPlugin
import ApusSchema

/// What every script task takes besides the script.
///
/// Source: plugins, Scripts; core-plugins section 7.
struct ScriptProperties: PropertyGroup {
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
    @Property(
        "Files to write before: content, or a `kestra://` or `nsfile://` URI, by path; or the JSON text of such a map."
    )
    var inputFiles: Value?
    @Property("Patterns of files to keep: `report.csv`, `out/**`.")
    var outputFiles: [String] = []
    @Property("Files of the namespace to copy before: `true`, or a map that says which.")
    var namespaceFiles: NamespaceFilesOptions?
    @Property("The system the commands are written for: `AUTO`, `LINUX`.")
    var targetOS: String = "AUTO"
    @Property("Lines on standard error end the task in `WARNING`.")
    var warningOnStdErr: Bool?
    @Property("Has no effect; `outputDir` is always there.")
    var outputDirectory: Bool?
}

/// What script tasks take that run Python.
struct PythonProperties: PropertyGroup {
    @Property(
        "Packages to install before.",
        refusal: "is not supported by this server: install what you need in `beforeCommands`")
    var dependencies: [String] = []
    @Property("The version of Python, such as `3.12`; it must be installed.")
    var pythonVersion: String?
    @Property("Installed packages are kept for the next run.")
    var dependencyCacheEnabled: Bool = true
    @Property("What installs packages: `UV` or `PIP`.")
    var packageManager: String = "UV"
    @Property("Installs `uv` where it is missing.")
    var uvAutoInstallEnabled: Bool = true
    @Property("The version of `uv` to install.")
    var uvInstallerVersion: String?
    @Property("Checksum of the installer of `uv`.")
    var uvInstallerSha256: String?
}
