public import ApusExpressions
public import ApusModel

/// A flow made ready to run: checked, its tasks laid out flat, every template parsed.
///
/// Immutable, and shared by all executions of one revision.
public struct CompiledFlow: Sendable {
    public var reference: FlowReference
    public var edition: Edition
    /// The flow as written, for the API and for expressions over `flow`.
    public var definition: Value
    /// Every task of the flow, nested ones included; lists of tasks hold places in this array.
    public var tasks: [CompiledTask]
    public var main: [Int]
    public var errors: [Int]
    public var finally: [Int]
    public var afterExecution: [Int]
    public var inputs: [InputDefinition]
    public var outputs: [OutputDefinition]
    public var variables: Value
    public var labels: [Label]
    public var retry: RetryPolicy?
    public var isDisabled: Bool
    /// `nil` for no limit.
    public var concurrency: Concurrency?
    /// The entries of `sla`, in their order.
    public var serviceLevels: [ServiceLevel]
    /// Whether an entry of `sla` has to be looked at after every event.
    public let hasAssertions: Bool
    public var checks: [FlowCheck]
    /// Saved, but not the revision that runs.
    public var isDraft = false
    /// Conditions of listeners, by the place in `afterExecution` of the first task each holds back.
    public var gates: [Int: ListenerGate] = [:] {
        didSet {
            let calls = gates.values.flatMap(\.condition.templates).flatMap(\.calls)
            mayNeedFacts = mayNeedFacts || FactFunctions.isCalled(in: calls)
        }
    }

    public var triggers: [CompiledTrigger] = []
    /// What need not stay in memory of loops; everything stays unless it is set.
    var loopMemory = LoopMemory()

    /// Whether the machine's own expressions (conditions, loop values, outputs) call functions that look outside.
    public private(set) var mayNeedFacts: Bool
    private let places: [String: Int]

    init(
        reference: FlowReference, edition: Edition, definition: Value, tasks: [CompiledTask],
        lists: TaskLists,
        afterExecution: [Int], inputs: [InputDefinition], outputs: [OutputDefinition], variables: Value,
        labels: [Label], retry: RetryPolicy?, isDisabled: Bool, concurrency: Concurrency?,
        serviceLevels: [ServiceLevel] = [], checks: [FlowCheck] = []
    ) {
        self.reference = reference
        self.edition = edition
        self.definition = definition
        self.tasks = tasks
        main = lists.tasks
        errors = lists.errors
        finally = lists.finally
        self.afterExecution = afterExecution
        self.inputs = inputs
        self.outputs = outputs
        self.variables = variables
        self.labels = labels
        self.retry = retry
        self.isDisabled = isDisabled
        self.concurrency = concurrency
        self.serviceLevels = serviceLevels
        self.checks = checks
        let assertions = serviceLevels.compactMap(\.assertion)
        hasAssertions = !assertions.isEmpty
        mayNeedFacts =
            tasks.contains(where: \.callsOutside)
            || outputs.contains { FactFunctions.isCalled(in: $0.value.calls) }
            || assertions.contains { FactFunctions.isCalled(in: $0.calls) }
        places = Dictionary(
            tasks.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
    }

    public func trigger(_ id: String) -> CompiledTrigger? { triggers.first { $0.id == id } }

    /// The place of a task in `tasks`.
    public func place(of taskID: String) -> Int? { places[taskID] }
}

/// The lists of children a flow task can have, as places in `CompiledFlow.tasks`.
public struct TaskLists: Hashable, Sendable {
    public var tasks: [Int] = []
    public var errors: [Int] = []
    public var finally: [Int] = []
}

/// A task made ready to run.
public struct CompiledTask: Sendable {
    public enum Kind: Sendable {
        /// Decides the order of other tasks; handled by the machine itself.
        case flow(FlowTask)
        /// Only computes; run inside the turn that reaches it.
        case inline
        /// Run by a worker.
        case runnable
        /// Starts other executions and waits for them.
        case subflow(SubflowCall)
    }

    public var id: String
    /// The canonical type name.
    public var type: String
    public var kind: Kind
    /// The flow task around it.
    public var parent: Int?
    public var lists: TaskLists
    public var retry: RetryPolicy?
    public var timeout: Template?
    public var runIf: Template?
    public var isDisabled: Bool
    public var allowFailure: Bool
    public var allowWarning: Bool
    public var logLevel: LogLevel?
    /// `nil` when the task runs every time.
    public var cache: TaskCachePolicy?
    /// The task's own properties, compiled; empty for flow tasks.
    public var properties: TemplateTree
    /// The root variables and outputs its templates may read.
    public var reads: [ReadPath]
    /// The lines of its attempts go to a file in internal storage in place of the log.
    public var logsToFile = false
}

extension CompiledTask {
    /// Whether an expression that the machine itself renders for this task may ask for facts.
    var callsOutside: Bool {
        if let runIf, FactFunctions.isCalled(in: runIf.calls) { return true }
        if case .subflow(let call) = kind { return FactFunctions.isCalled(in: call.calls) }
        guard case .flow(let task) = kind else { return false }
        return FactFunctions.isCalled(in: (timeout?.calls ?? []) + task.calls)
    }
}

extension FlowTask {
    /// The functions its own expressions call.
    fileprivate var calls: [String] {
        switch self {
        case .sequential, .allowFailure: []
        case .parallel(let concurrent, let onFailure), .dag(_, let concurrent, let onFailure):
            concurrent.calls + (onFailure.written?.calls ?? [])
        case .ifElse(let condition, _, _): condition?.calls ?? []
        case .switchOn(let value, _, _): value?.calls ?? []
        case .forEach(let values, let limit): values.calls + limit.calls
        case .pause(let pause): pause.duration?.calls ?? []
        case .loopUntil(let rounds): rounds.calls
        case .workingDirectory, .iteration: []
        case .loop(let loop): loop.calls
        }
    }
}

extension LoopProperties {
    fileprivate var calls: [String] {
        values.calls + concurrencyLimit.calls + (breakWhen?.calls ?? []) + outputs.flatMap(\.value.calls)
    }
}

extension RoundProperties {
    fileprivate var calls: [String] {
        let templates = [condition, failsOnMaxReached].compactMap { $0 }
        let spans = [interval, maxDuration].compactMap { $0 }
        return templates.flatMap(\.calls) + spans.flatMap(\.calls) + (maxIterations?.calls ?? [])
    }
}

extension SpanProperty {
    fileprivate var calls: [String] {
        switch self {
        case .literal: []
        case .template(let template): template.calls
        }
    }
}

extension IntegerProperty {
    fileprivate var calls: [String] {
        switch self {
        case .literal: []
        case .template(let template): template.calls
        }
    }
}

/// Functions whose answer comes from outside of the execution, or that may call one that does.
enum FactFunctions {
    private static let names: Set<String> = [
        "secret", "kv", "errorLogs", "read", "fileURI", "fileSize", "fileExists", "isFileEmpty", "http",
        "randomPort",
        "render", "renderOnce",
    ]

    static func isCalled(in calls: [String]) -> Bool { calls.contains(where: names.contains) }
}
