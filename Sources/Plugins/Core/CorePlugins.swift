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
        registry.add(runnable: SplitItems.self)
        registry.add(runnable: MergeOutputs.self)
        registry.add(inline: Labels.self)
        registry.add(inline: SetVariables.self)
        registry.add(inline: UnsetVariables.self)
        registry.add(inline: Exit.self)
        registry.add(inline: Assert.self)
        addStorage(to: &registry)
        addExecutions(to: &registry)
    }

    private static func addStorage(to registry: inout PluginRegistry) {
        registry.add(runnable: Write.self)
        registry.add(runnable: Concat.self)
        registry.add(runnable: Split.self)
        registry.add(runnable: Reverse.self)
        registry.add(runnable: Size.self)
        registry.add(runnable: Delete.self)
        registry.add(runnable: FilterItems.self)
        registry.add(runnable: DeduplicateItems.self)
        registry.add(runnable: LocalFiles.self)
        registry.add(runnable: PurgeCurrentExecutionFiles.self)
        registry.add(runnable: PurgeStorage.self)
        registry.add(polling: LocalFileTrigger.self)
    }

    private static func addExecutions(to registry: inout PluginRegistry) {
        registry.add(runnable: Fetch.self)
        registry.add(runnable: PurgeLogs.self)
        registry.add(runnable: Count.self)
        registry.add(runnable: Resume.self)
        registry.add(runnable: Toggle.self)
        registry.add(runnable: PurgeExecutions.self)
        registry.add(runnable: PurgeFlows.self)
        registry.add(runnable: TemplatedTask.self)
        addStores(to: &registry)
    }

    /// Key-value entries, states, files of namespaces.
    private static func addStores(to registry: inout PluginRegistry) {
        registry.add(runnable: KeyValueSet.self)
        registry.add(runnable: KeyValuePut.self)
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
