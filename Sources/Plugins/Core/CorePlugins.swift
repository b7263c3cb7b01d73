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
        addStores(to: &registry)
    }

    /// Key-value entries, states, files of namespaces.
    private static func addStores(to registry: inout PluginRegistry) {
        registry.add(runnable: KeyValueSet.self)
        registry.add(runnable: KeyValueGet.self)
        registry.add(runnable: KeyValueKeys.self)
        registry.add(runnable: KeyValueDelete.self)
        registry.add(runnable: KeyValuePurge.self)
        registry.add(runnable: StateSet.self)
        registry.add(runnable: StateGet.self)
        registry.add(runnable: StateDelete.self)
        registry.add(runnable: UploadFiles.self)
        registry.add(runnable: DownloadFiles.self)
        registry.add(runnable: DeleteFiles.self)
        registry.add(runnable: PurgeFiles.self)
    }
}
