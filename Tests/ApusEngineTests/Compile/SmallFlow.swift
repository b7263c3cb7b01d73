import ApusEngine
import ApusModel
import ApusSchema
import ApusYAML

/// Compiles flows written as a few lines.
enum SmallFlow {
    static let catalogue: Catalogue = {
        func text(_ name: String) -> PropertySchema { PropertySchema(name: name, valueType: .string) }
        func number(_ name: String) -> PropertySchema { PropertySchema(name: name, valueType: .integer) }
        let runner = PropertySchema(name: "taskRunner", valueType: .plugin(base: "taskRunner"))
        let free = PropertySchema(name: "options", valueType: .map(.any))
        var catalogue = Catalogue()
        let types: [TypeSchema] = [
            TypeSchema(
                type: "io.kestra.plugin.core.log.Log", aliases: ["io.kestra.core.tasks.log.Log"], summary: "",
                kind: .inline, properties: [text("message"), text("level")]),
            TypeSchema(
                type: "io.kestra.plugin.core.debug.Return", aliases: ["io.kestra.core.tasks.debugs.Return"],
                summary: "", kind: .inline, properties: [text("format")]),
            TypeSchema(
                type: "io.kestra.plugin.core.debug.Echo", aliases: ["io.kestra.core.tasks.debugs.Echo"],
                summary: "", kind: .inline, properties: [text("format"), text("level")]),
            TypeSchema(
                type: "io.kestra.plugin.core.http.Download", summary: "", kind: .runnable,
                properties: [text("uri"), free, PropertySchema(name: "allowFailed", valueType: .boolean)]),
            TypeSchema(
                type: "io.kestra.plugin.scripts.shell.Commands", summary: "", kind: .runnable,
                properties: [text("image"), number("size"), runner, free]),
            TypeSchema(
                type: "io.kestra.plugin.core.runner.Process", summary: "", kind: .taskRunner,
                properties: [number("nice")]),
            TypeSchema(
                type: "io.kestra.plugin.scripts.runner.docker.Docker", summary: "", kind: .taskRunner,
                properties: [text("image"), text("user")]),
            TypeSchema(
                type: "io.kestra.plugin.core.flow.Loop", summary: "", kind: .flow,
                properties: ["values", "tasks", "concurrencyLimit", "outputs"].map {
                    PropertySchema(name: $0, valueType: .any)
                }),
        ]
        for type in types { catalogue.add(type) }
        return catalogue
    }()

    /// A flow of these lines, with an id, a namespace, and a task unless they have `tasks`.
    static func compile(
        _ lines: String, defaultEdition: Edition = .one, pluginDefaults: [PluginDefault] = []
    ) throws -> Compilation {
        var source = "id: small\nnamespace: tests\n" + lines + "\n"
        if !("\n" + lines).contains("\ntasks:") {
            source += "tasks: [{id: only, type: io.kestra.plugin.core.debug.Return}]\n"
        }
        let document = try YAML.parse(source)
        return FlowCompiler(
            catalogue: catalogue, defaultEdition: defaultEdition, pluginDefaults: pluginDefaults
        ).compile(document.root, positions: document.positions)
    }

    /// `severity path: message` of each fault.
    static func faults(_ lines: String) throws -> [String] {
        try compile(lines).faults.map { "\($0.severity.rawValue) \($0.path): \($0.message)" }
    }
}
