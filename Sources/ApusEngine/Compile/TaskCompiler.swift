import ApusExpressions
import ApusModel
import ApusSchema

/// Makes the tasks of a flow ready to run, and lays them out flat.
struct TaskCompiler {
    let catalogue: Catalogue
    let positions: PositionMap
    let edition: Edition
    let reference: FlowReference
    private(set) var tasks: [CompiledTask] = []
    private(set) var faults: [Fault] = []
    /// The templates of each task, by its place.
    private(set) var templates: [(task: Int, templates: [PlacedTemplate])] = []
    private var identifiers: [(id: String, path: ValuePath)] = []

    init(catalogue: Catalogue, positions: PositionMap, edition: Edition, self reference: FlowReference) {
        self.catalogue = catalogue
        self.positions = positions
        self.edition = edition
        self.reference = reference
    }

    mutating func fault(_ message: String, at path: ValuePath, remedy: String? = nil) {
        faults.append(Fault(message, at: path, position: positions.position(of: path), remedy: remedy))
    }

    mutating func add(_ more: [Fault]) { faults += more }

    /// Compiles a list of tasks; disabled ones are checked and left out.
    mutating func list(_ value: Value?, at path: ValuePath, parent: Int?, isRequired: Bool = false) -> [Int] {
        guard let value, !value.isNull else {
            if isRequired { fault("must not be empty", at: path, remedy: "add at least one task") }
            return []
        }
        guard let items = value.listValue else {
            fault("expected a list of tasks, found a \(value.kind)", at: path)
            return []
        }
        if items.isEmpty, isRequired { fault("must not be empty", at: path, remedy: "add at least one task") }
        return items.enumerated().compactMap { place, item in
            task(item, at: path.index(place), parent: parent)
        }
    }

    /// Compiles one task and all it holds; `nil` when it is disabled or cannot run.
    mutating func task(_ value: Value, at path: ValuePath, parent: Int?) -> Int? {
        guard let map = value.mapValue else {
            fault("expected a task with an `id` and a `type`, found a \(value.kind)", at: path)
            return nil
        }
        var reader = PropertyReader(map, at: path, positions: positions, edition: edition)
        let common = CommonProperties(&reader)
        if !common.id.isEmpty { identifiers.append((common.id, path.key("id"))) }
        guard let type = reader.text("type") else {
            reader.fault("Invalid type: null", at: "type", remedy: "give the task a `type`")
            faults += reader.faults + common.faults
            return nil
        }
        guard let schema = catalogue.schema(named: type), [.runnable, .inline, .flow].contains(schema.kind)
        else {
            reader.fault(
                "Invalid type: \(type)", at: "type",
                remedy: catalogue.nearest(to: type).map { "did you mean `\($0)`?" })
            faults += reader.faults + common.faults
            return nil
        }
        noteOldNames(type, schema, path)
        let index = tasks.count
        tasks.append(
            CompiledTask(
                id: common.id, type: schema.type, kind: .inline, parent: parent, lists: TaskLists(),
                retry: common.retry, timeout: common.timeout, runIf: common.runIf,
                isDisabled: common.isDisabled,
                allowFailure: common.allowFailure, allowWarning: common.allowWarning,
                logLevel: common.logLevel, cache: common.cache,
                properties: .literal(.null), reads: [], logsToFile: common.logsToFile))
        var own = map
        for key in CommonProperties.names { own[key] = nil }
        faults += schema.validate(own, at: path, positions: positions, catalogue: catalogue)
        switch schema.kind {
        case .flow:
            if common.cache != nil {
                reader.fault(
                    "`taskCache` works for tasks that do something themselves, not for `\(schema.type)`",
                    at: "taskCache", remedy: "give it to the tasks inside")
            }
            flowTask(schema.type, written: type, reader: &reader, at: index)
        case .inline, .runnable:
            let attempted = schema.properties.filter(\.isAttempted).flatMap { [$0.name] + $0.aliases }
            let (plain, ownTemplates) = reader.tree(of: own) {
                schema.property(named: $0)?.isDynamic == false
            }
            let tree = plain.attempting(attempted).keepingTypes(
                of: schema.properties.filter(\.keepsType).map(\.name))
            // What a cached task gives is not known to the turn: a worker looks it up.
            let isInline =
                schema.kind == .inline && !common.logsToFile && common.cache == nil
                && !tree.calls.contains(where: Self.workerFunctions.contains)
                && !tree.reads.contains { Self.workerVariables.contains($0.root) }
            tasks[index].kind = isInline ? .inline : .runnable
            tasks[index].properties = tree
            tasks[index].reads =
                tree.reads + (common.timeout?.reads ?? []) + ownTemplates.flatMap(\.reads)
                + (schema.readsAllVariables ? [ReadPath(root: "*")] : [])
        case .trigger, .condition, .taskRunner, .other:
            break
        }
        faults += reader.faults + common.faults
        templates.append((index, reader.placedTemplates))
        return common.isDisabled ? nil : index
    }

    /// Functions that look at files or the network: a task that calls one runs on a worker, not inside a turn.
    private static let workerFunctions: Set<String> = [
        "read", "fileURI", "fileSize", "fileExists", "isFileEmpty", "http", "randomPort",
    ]

    /// Variables that only a worker knows.
    private static let workerVariables: Set<String> = ["workingDir", "outputDir"]

    private mutating func noteOldNames(_ written: String, _ schema: TypeSchema, _ path: ValuePath) {
        if schema.isDeprecated {
            faults.append(
                Fault(
                    .warning, "`\(schema.type)` is deprecated", at: path,
                    position: positions.position(of: path.key("type"))))
        }
        if written != schema.type {
            faults.append(
                Fault(
                    .info, "\(written) is replaced by \(schema.type)", at: path,
                    position: positions.position(of: path.key("type"))))
        }
    }

    /// Adds the task that stands for one iteration of a loop.
    ///
    /// - Parameter outputs: The templates of what an iteration gives.
    mutating func addIteration(of loop: Int, _ outputs: [PlacedTemplate]) -> Int {
        let index = tasks.count
        tasks.append(
            CompiledTask(
                // A task of the flow cannot have such an id.
                id: "\(tasks[loop].id).iteration", type: tasks[loop].type, kind: .flow(.iteration),
                parent: loop,
                lists: TaskLists(), isDisabled: false, allowFailure: false, allowWarning: false,
                properties: .literal(.null), reads: []))
        templates.append((index, outputs))
        return index
    }

    /// What a worker does for a flow task besides its children.
    mutating func set(_ index: Int, workerProperties tree: TemplateTree) {
        tasks[index].properties = tree
        tasks[index].reads = tree.reads
    }

    mutating func set(_ index: Int, _ kind: CompiledTask.Kind, _ lists: TaskLists) {
        tasks[index].kind = kind
        tasks[index].lists = lists
    }

    /// Task ids are unique over the whole flow.
    mutating func refuseDoubles() {
        var seen: [String: Int] = [:]
        for (id, _) in identifiers { seen[id, default: 0] += 1 }
        var doubles: [String] = []
        for (id, _) in identifiers where seen[id, default: 0] > 1 && !doubles.contains(id) {
            doubles.append(id)
        }
        guard let last = identifiers.last(where: { doubles.contains($0.id) }) else { return }
        fault("Duplicate task id with name [\(doubles.joined(separator: ", "))]", at: last.path)
    }
}
