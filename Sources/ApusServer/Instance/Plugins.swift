import ApusPlugin
import ApusPluginsCore
import ApusPluginsHTTP
import ApusPluginsScript

/// The families of task types this program holds.
enum Plugins {
    static func add(to registry: inout PluginRegistry) {
        CorePlugins.add(to: &registry)
        ScriptPlugins.add(to: &registry)
        HTTPPlugins.add(to: &registry)
    }
}
