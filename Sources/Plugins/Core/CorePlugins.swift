public import ApusPlugin

/// The task types that every server has.
public enum CorePlugins {
    public static func add(to registry: inout PluginRegistry) {
        registry.add(inline: Log.self)
        registry.add(inline: Return.self)
        registry.add(inline: Echo.self)
        registry.add(inline: Fail.self)
        registry.add(inline: OutputValues.self)
        registry.add(inline: Publish.self)
        registry.add(runnable: Sleep.self)
        registry.add(runnable: LoopStore.self)
        registry.add(inline: Labels.self)
        registry.add(inline: SetVariables.self)
        registry.add(inline: UnsetVariables.self)
        registry.add(inline: Exit.self)
        registry.add(inline: Assert.self)
    }
}
