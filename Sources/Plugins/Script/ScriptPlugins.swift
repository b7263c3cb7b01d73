public import ApusPlugin
import ApusSchema

/// The task types that run commands and scripts as processes of the worker.
public enum ScriptPlugins {
    public static func add(to registry: inout PluginRegistry) {
        registry.add(TypeSchema(ProcessTaskRunner.self, kind: .taskRunner))
        registry.add(runnable: PrepareDirectory.self)
        registry.add(runnable: CollectDirectory.self)
        registry.add(runnable: LanguageCommands<Shell>.self)
        registry.add(runnable: ShellScript.self)
        registry.add(runnable: PythonCommands.self)
        registry.add(runnable: PythonScript.self)
        add(Node.self, to: &registry)
        add(Bun.self, to: &registry)
        add(Deno.self, to: &registry)
        add(Go.self, to: &registry)
        add(Ruby.self, to: &registry)
        add(Perl.self, to: &registry)
        add(PHP.self, to: &registry)
        add(Lua.self, to: &registry)
        add(Julia.self, to: &registry)
        add(R.self, to: &registry)
    }

    private static func add<Language: ScriptLanguage>(_: Language.Type, to registry: inout PluginRegistry) {
        registry.add(runnable: LanguageCommands<Language>.self)
        registry.add(runnable: LanguageScript<Language>.self)
    }
}
