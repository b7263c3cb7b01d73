import ApusModel

/// Types and properties that only one edition has.
///
/// Source: the lists of types of 1.3 and 2.0, and the rename table of the flow language.
enum EditionNames {
    static func edition(ofType name: String) -> Edition? {
        if second.contains(name) { return .two }
        let isFirst =
            first.contains(name) || firstPrefixes.contains { name.hasPrefix($0) }
        return isFirst ? .one : nil
    }

    /// Properties by the last part of their type's name.
    static let properties: [String: [(key: String, edition: Edition)]] = [
        "Pause": [("delay", .one), ("tasks", .one)],
        "Subflow": [("outputs", .one)],
        "Download": [("allowFailed", .one)],
        "Parallel": [("onChildFailure", .two)],
        "Dag": [("onChildFailure", .two)],
        "Webhook": [("fetchType", .two)],
    ]

    private static let second: Set<String> = [
        "io.kestra.plugin.core.flow.Loop", "io.kestra.plugin.core.flow.PurgeFlows",
        "io.kestra.plugin.core.trigger.McpToolTrigger",
    ]

    private static let firstPrefixes = [
        "io.kestra.core.tasks.", "io.kestra.core.models.conditions.", "io.kestra.core.models.triggers.",
        "io.kestra.plugin.core.condition.", "io.kestra.plugin.core.state.",
    ]

    private static let first: Set<String> = [
        "io.kestra.plugin.core.flow.EachParallel", "io.kestra.plugin.core.flow.EachSequential",
        "io.kestra.plugin.core.flow.ForEach", "io.kestra.plugin.core.flow.ForEachItem",
        "io.kestra.plugin.core.flow.Template",
        "io.kestra.plugin.core.debug.Echo", "io.kestra.plugin.core.execution.Count",
        "io.kestra.plugin.core.execution.Resume", "io.kestra.plugin.core.log.Fetch",
        "io.kestra.plugin.core.storage.LocalFiles", "io.kestra.plugin.core.trigger.Toggle",
    ]
}
