import ApusModel
import ApusSchema

struct SampleLog: PluginType {
    static let type = "io.kestra.plugin.core.log.Log"
    static let aliases = ["io.kestra.core.tasks.log.Log"]
    static let summary = "Writes a message to the log of the execution."

    @Property("The text to write.")
    var message: OneOrMany<String>
    @Property("Severity of the entry.")
    var level: LogLevel = .info
}

struct SampleFile: PropertyGroup {
    @Property("Where it goes.")
    var path: String
    @Property("Its mode.", aliases: ["chmod"])
    var mode: Int = 420
}

struct SampleTask: PluginType {
    static let type = "test.Sample"
    static let summary = "Has one property of each kind."
    static let isDeprecated = true

    @Property("Name.")
    var name: String
    @Property("How often.", aliases: ["count", "tries"])
    var times: Int = 3
    @Property("How long.")
    var delay: ISODuration = .seconds(5)
    @Property("Share.")
    var ratio: Double?
    @Property("Whether.", isDynamic: false)
    var strict: Bool = false
    @Property("Since when.")
    var since: Timestamp?
    @Property("Severity.")
    var level: LogLevel?
    @Property("Words.")
    var words: [String] = []
    @Property("Levels.")
    var levels: [LogLevel] = [.info]
    @Property("Headers.")
    var headers: [String: Int] = [:]
    @Property("Options, ordered.")
    var options: OrderedMap<Value> = [:]
    @Property("Anything.")
    var extra: Value = .null
    @Property("A file.")
    var file: SampleFile?
    @Property("Files.")
    var files: [SampleFile] = []
    @Property("Files by name.")
    var named: [String: SampleFile] = [:]
    @Property("Where it runs.")
    var taskRunner: PluginReference<TaskRunnerPlugin>?
    @Property("Words of the language.")
    var `else`: String = "x"
}

struct SampleRunner: PluginType {
    static let type = "test.Docker"
    static let summary = "Runs in a container."

    @Property("Image.")
    var image: String
}

enum Samples {
    static let log = TypeSchema(SampleLog.self, kind: .inline)
    static let task = TypeSchema(SampleTask.self, kind: .runnable)
    static let parallel = TypeSchema(
        type: "io.kestra.plugin.core.flow.Parallel", summary: "Runs tasks at once.", kind: .flow,
        properties: [
            PropertySchema(
                name: "tasks", description: "The tasks.", valueType: .tasks, isRequired: true,
                isDynamic: false),
            PropertySchema(
                name: "concurrent", description: "Cap.", valueType: .integer, defaultValue: 0,
                isDynamic: false),
        ])
    static let catalogue: Catalogue = {
        var catalogue = Catalogue()
        catalogue.add(log)
        catalogue.add(task)
        catalogue.add(parallel)
        catalogue.add(TypeSchema(SampleRunner.self, kind: .taskRunner))
        return catalogue
    }()
}
