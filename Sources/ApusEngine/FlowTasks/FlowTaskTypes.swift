import ApusModel
public import ApusSchema

/// The types of the flow tasks: one file each declares its properties and how it is compiled.
public enum FlowTaskTypes {
    static let all: [FlowTaskType] = [
        .sequential, .allowFailure, .parallel, .dag, .ifElse, .switchOn, .forEach, .eachSequential,
        .eachParallel, .loopUntil, .pause, .subflow, .forEachItem,
        .forEachItemExecutable, .workingDirectory, .loop,
    ]

    public static let schemas: [TypeSchema] = all.map(\.schema)

    static func named(_ type: String) -> FlowTaskType? { byName[type] }

    private static let byName = Dictionary(
        all.map { ($0.schema.type, $0) }, uniquingKeysWith: { first, _ in first })
}

/// One type of flow task.
struct FlowTaskType: Sendable {
    var schema: TypeSchema
    /// Makes the task from its properties, compiling its children.
    var compile: @Sendable (inout Compiling) -> CompiledTask.Kind

    /// The task being compiled.
    struct Compiling {
        var tasks: TaskCompiler
        var reader: PropertyReader
        /// The place of the task itself.
        var index: Int
        /// The name of the type as the flow writes it, which may be an older one.
        var written: String
        var lists = TaskLists()
        /// The task its children belong to, when it is not itself.
        var owner: Int?
        /// Its `errors` and `finally` are compiled already.
        var hasOwnLists = false

        /// Compiles the children under a key.
        mutating func children(_ key: String) -> [Int] {
            tasks.list(reader.map[key], at: reader.path.key(key), parent: owner ?? index)
        }
    }

    init(
        _ type: String, _ summary: String, isDeprecated: Bool = false, aliases: [String]? = nil,
        properties: [PropertySchema],
        outputs: [PropertySchema] = [],
        compile: @escaping @Sendable (inout Compiling) -> CompiledTask.Kind
    ) {
        let name = type.split(separator: ".").last.map(String.init) ?? type
        let aliases = aliases ?? ["io.kestra.core.tasks.flows.\(name)"]
        schema = TypeSchema(
            type: type, aliases: aliases, summary: summary, isDeprecated: isDeprecated, kind: .flow,
            properties: properties, outputs: outputs)
        self.compile = compile
    }

    static func list(_ name: String, _ description: String, isRequired: Bool = false) -> PropertySchema {
        PropertySchema(
            name: name, description: description, valueType: .tasks, isRequired: isRequired, isDynamic: false)
    }

    static func property(
        _ name: String, _ description: String, _ type: ValueType, isRequired: Bool = false,
        default value: Value? = nil
    ) -> PropertySchema {
        PropertySchema(
            name: name, description: description, valueType: type, isRequired: isRequired,
            defaultValue: value,
            isDynamic: true)
    }
}

extension TaskCompiler {
    /// Compiles a flow task of a known type.
    mutating func flowTask(_ type: String, written: String, reader: inout PropertyReader, at index: Int) {
        guard let flowTaskType = FlowTaskTypes.named(type) else { return }
        var compiling = FlowTaskType.Compiling(
            tasks: self, reader: reader, index: index, written: written)
        let kind = flowTaskType.compile(&compiling)
        if !compiling.hasOwnLists {
            compiling.lists.errors = compiling.children("errors")
            compiling.lists.finally = compiling.children("finally")
        }
        self = compiling.tasks
        reader = compiling.reader
        set(index, kind, compiling.lists)
    }
}
