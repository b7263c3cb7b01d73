public import ApusPlugin
public import ApusSchema

/// The task types that run commands and scripts as processes of the worker.
public enum ScriptPlugins {
    public static func add(to registry: inout PluginRegistry) {
        registry.add(TypeSchema(ProcessTaskRunner.self, kind: .taskRunner))
        registry.add(runnable: ShellCommands.self)
        registry.add(runnable: ShellScript.self)
        registry.add(runnable: PythonCommands.self)
        registry.add(runnable: PythonScript.self)
    }
}
