import ApusExpressions
public import ApusModel
public import ApusSchema

/// What came of compiling a flow: the flow when it can run, and everything worth telling its author.
public struct Compilation: Sendable {
    public var flow: CompiledFlow?
    public var faults: [Fault]
    /// The edition it is run in, and why.
    public var choice: EditionChoice

    public init(flow: CompiledFlow?, faults: [Fault], choice: EditionChoice) {
        self.flow = flow
        self.faults = faults
        self.choice = choice
    }

    public var edition: Edition { choice.edition }

    public var errors: [Fault] { faults.filter { $0.severity == .error } }
}

/// Checks a flow against the catalogue and makes it ready to run. Pure; collects every fault instead of stopping at
/// the first.
public struct FlowCompiler: Sendable {
    public var catalogue: Catalogue
    /// For flows that use nothing only one edition has.
    public var defaultEdition: Edition
    /// Plugin defaults for all flows.
    public var pluginDefaults: [PluginDefault]
    /// The zone of schedules that name none, an IANA name.
    public var timeZone = "UTC"
    /// What becomes of missed dates of schedules that do not say.
    public var missedTicks = MissedTicks.all

    public init(
        catalogue: Catalogue, defaultEdition: Edition = .one, pluginDefaults: [PluginDefault] = []
    ) {
        self.catalogue = catalogue
        self.defaultEdition = defaultEdition
        self.pluginDefaults = pluginDefaults
        for schema in FlowTaskTypes.schemas + ConditionTypes.schemas + TriggerTypes.schemas {
            self.catalogue.add(schema)
        }
    }

    /// Of what is no flow at all.
    public var editionOfNothing: EditionChoice { EditionChoice(edition: defaultEdition, reason: .configured) }

    /// What becomes of references in expressions that cannot be there when they are read.
    public enum References: Sendable {
        /// Not looked for: the flow was accepted before.
        case unchecked
        case warn
        /// The flow is refused.
        case refuse
    }

    /// - Parameters:
    ///   - root: The flow as read from YAML or JSON.
    ///   - revision: The revision it has or will get.
    public func compile(
        _ root: Value, positions: PositionMap = PositionMap(), revision: Int = 1,
        references: References = .warn
    ) -> Compilation {
        guard case .map(let written) = root else {
            let message =
                root.isNull ? "the flow must not be empty" : "a flow is a map of keys; found a \(root.kind)"
            return Compilation(flow: nil, faults: [Fault(message)], choice: editionOfNothing)
        }
        let choice = EditionRule.choice(for: written, default: defaultEdition)
        let edition = choice.edition
        var defaults = PluginDefaults(
            flow: written, global: pluginDefaults, positions: positions, catalogue: catalogue)
        let map = defaults.applied(to: written)
        var reader = PropertyReader(map, at: ValuePath(), positions: positions, edition: edition)
        let header = FlowHeader(&reader, revision: revision)
        var tasks = TaskCompiler(
            catalogue: catalogue, positions: positions, edition: edition, self: header.reference)
        let lists = TaskLists(
            tasks: tasks.list(map["tasks"], at: ValuePath().key("tasks"), parent: nil, isRequired: true),
            errors: tasks.list(map["errors"], at: ValuePath().key("errors"), parent: nil),
            finally: tasks.list(map["finally"], at: ValuePath().key("finally"), parent: nil))
        var after = tasks.list(map["afterExecution"], at: ValuePath().key("afterExecution"), parent: nil)
        let gates = tasks.listeners(map["listeners"], after: &after)
        tasks.refuseDoubles()
        var inputs = InputParser(positions: positions, edition: edition)
        let inputDefinitions = inputs.read(map["inputs"] ?? .null, at: ValuePath().key("inputs"))
        var outputs = InputParser(positions: positions, edition: edition)
        let outputDefinitions = outputs.outputs(map["outputs"] ?? .null, at: ValuePath().key("outputs"))
        var triggers = TriggerCompiler(
            catalogue: catalogue, positions: positions, edition: edition, inputs: inputDefinitions,
            timeZone: timeZone, missedTicks: missedTicks)
        triggers.read(map["triggers"])
        let levels = ServiceLevelReader(map["sla"], positions: positions, edition: edition)
        let checks = FlowCheckReader(map["checks"], positions: positions, edition: edition)
        var faults =
            EditionRule.faults(of: written, choice, positions) + defaults.faults + reader.faults
            + header.faults + tasks.faults + inputs.allFaults
            + outputs.allFaults + triggers.faults + levels.faults + checks.faults
        // With errors, tasks may be missing from what was read.
        if references != .unchecked, !faults.contains(where: { $0.severity == .error }) {
            var check = ReferenceCheck(
                tasks: tasks.tasks,
                order: TaskOrder(tasks.tasks, main: lists, afterExecution: after),
                inputs: inputDefinitions, variables: header.variables, catalogue: catalogue,
                positions: positions, severity: references == .refuse ? .error : .warning)
            for (task, templates) in tasks.templates where check.order.isReached(task) {
                for template in templates { check.check(template, in: .task(task)) }
            }
            for template in inputs.templates.templates { check.check(template, in: .inputs) }
            for template in outputs.templates.templates { check.check(template, in: .outputs) }
            for template in levels.templates { check.check(template, in: .serviceLevel) }
            for template in checks.templates { check.check(template, in: .checks) }
            faults += check.faults
        }
        if !defaults.origins.isEmpty {
            var seen: Set<Fault> = []
            faults = faults.map(defaults.traced).filter { seen.insert($0).inserted }
        }
        faults.sort { ($0.position ?? Self.start) < ($1.position ?? Self.start) }
        guard !faults.contains(where: { $0.severity == .error }) else {
            return Compilation(flow: nil, faults: faults, choice: choice)
        }
        var flow = CompiledFlow(
            reference: header.reference, edition: edition, definition: root, tasks: tasks.tasks, lists: lists,
            afterExecution: after, inputs: inputDefinitions, outputs: outputDefinitions,
            variables: header.variables, labels: header.labels, retry: header.retry,
            isDisabled: header.isDisabled, concurrency: header.concurrency, serviceLevels: levels.levels,
            checks: checks.checks)
        flow.isDraft = header.isDraft
        flow.gates = gates
        flow.triggers = triggers.triggers
        var placed: [PlacedTemplate] = inputs.templates.templates + outputs.templates.templates
        placed += levels.templates
        placed += checks.templates
        for (_, templates) in tasks.templates { placed += templates }
        var reads: [ReadPath] = placed.flatMap { $0.template.reads }
        for task in tasks.tasks { reads += task.reads }
        for gate in gates.values {
            for template in gate.condition.templates { reads += template.reads }
        }
        flow.loopMemory = LoopMemory(tasks.tasks, reads: reads)
        return Compilation(flow: flow, faults: faults, choice: choice)
    }

    private static let start = SourcePosition(line: 1, column: 1)
}
