import ApusEngine
import ApusModel
import Testing

/// How flow triggers are written, and what is refused.
@Suite struct FlowTriggerCompileTests {
    struct Form: Sendable {
        /// The properties of the trigger.
        var written: String
        /// `needed/requirements window`, and the requirements as `namespace/flow`.
        var read: String

        init(_ written: String, _ read: String) {
            self.written = written
            self.read = read
        }
    }

    private static let condition = "type: io.kestra.plugin.core.condition"
    private static let aOfN = "{\(condition).ExecutionFlow, namespace: n, flowId: a}"
    private static let bOfN = "{\(condition).ExecutionFlow, namespace: n, flowId: b}"

    static let forms: [Form] = [
        Form("states: [FAILED]", "1/1 always */*"),
        Form("conditions: [\(aOfN)]", "1/1 always n/a"),
        Form("conditions: [{\(condition).ExecutionNamespace, namespace: n}]", "1/1 always n/*"),
        Form("conditions: [{\(condition).ExecutionNamespace, namespace: n, prefix: true}]", "1/1 always */*"),
        Form("preconditions: {id: p, flows: [{namespace: n, flowId: a}, {namespace: m}]}", "2/2 24h n/a m/*"),
        Form(
            "preconditions: {id: p, where: [{id: w, filters: [{field: FLOW_ID, type: EQUAL_TO, value: a}]}]}",
            "1/1 24h */a"),
        Form(
            "conditions: [{\(condition).MultipleCondition, id: m, window: PT6H, windowAdvance: PT1H, conditions: {x: \(aOfN), y: \(bOfN)}}]",
            "2/2 6h+1h n/a n/b"),
        Form(
            "preconditions: {id: p, timeWindow: {type: SLIDING_WINDOW, window: PT2H}, flows: [{namespace: n}]}",
            "1/1 last2h n/*"),
        Form(
            "preconditions: {id: p, timeWindow: {type: DAILY_TIME_WINDOW, startTime: '06:00:00', endTime: '09:00:00'}, flows: [{namespace: n}]}",
            "1/1 06:00-09:00 n/*"),
        Form("dependsOn: [{namespace: n, flowId: a}, {flowId: b}]", "2/2 always n/a */b"),
        Form("mode: ANY\ndependsOn: [{namespace: n}, {flowId: b}]", "1/2 always n/* */b"),
        Form(
            "mode: AT_LEAST\nminSatisfied: 2\ndependsOn: [{flowId: a}, {flowId: b}, {flowId: c}]\nwindow: {every: P1D, offset: PT3H}",
            "2/3 24h+3h */a */b */c"),
        Form("dependsOn: [{flowId: a}]\nwindow: {deadline: '09:00:00Z'}", "1/1 00:00-09:00 */a"),
        Form("dependsOn: [{flowId: a}]\nwindow: {lookback: PT1H}", "1/1 last1h */a"),
    ]

    @Test("each form is a list of requirements", arguments: forms)
    func reading(_ form: Form) throws {
        let compilation = try Self.compile(form.written)
        #expect(compilation.errors.map(\.line) == [])
        let trigger = try #require(Self.trigger(compilation))
        let places = trigger.requirements.map { "\($0.namespace ?? "*")/\($0.flowID ?? "*")" }
        let read = "\(trigger.needed)/\(trigger.requirements.count) \(Self.shown(trigger.window.rule))"
        #expect(([read] + places).joined(separator: " ") == form.read)
    }

    @Test("states are those of the trigger, of the requirement, or what both leave")
    func states() throws {
        func states(_ written: String) throws -> Set<State>? {
            Self.trigger(try Self.compile(written))?.requirements.first?.states
        }
        #expect(try states("dependsOn: [{flowId: a}]") == FlowRequirement.defaultStates)
        #expect(FlowRequirement.defaultStates.contains(.paused))
        #expect(!FlowRequirement.defaultStates.contains(.running))
        #expect(try states("states: [RUNNING]\ndependsOn: [{flowId: a}]") == [.running])
        #expect(try states("dependsOn: [{flowId: a, states: [RUNNING]}]") == [.running])
        #expect(
            try states("states: [SUCCESS, FAILED]\ndependsOn: [{flowId: a, states: [FAILED]}]") == [.failed])
    }

    struct Refusal: Sendable {
        var written: String
        /// Path and message, a part of them.
        var message: String

        init(_ written: String, _ message: String) {
            self.written = written
            self.message = message
        }
    }

    private static let window = "preconditions.timeWindow"
    private static func filter(_ filter: String) -> String {
        "preconditions: {id: p, where: [{id: w, filters: [\(filter)]}]}"
    }
    private static func timeWindow(_ window: String) -> String {
        "preconditions: {id: p, timeWindow: {\(window)}, flows: [{namespace: n}]}"
    }
    private static func window(_ window: String) -> String { "dependsOn: [{flowId: a}]\nwindow: {\(window)}" }

    static let refusals: [Refusal] = [
        Refusal("mode: AT_LEAST\ndependsOn: [{flowId: a}]", "mode: `mode: AT_LEAST` needs `minSatisfied`"),
        Refusal(
            "mode: AT_LEAST\nminSatisfied: 2\ndependsOn: [{flowId: a}]", "minSatisfied: `minSatisfied` is 2"),
        Refusal("mode: AT_LEAST\nminSatisfied: 0\ndependsOn: [{flowId: a}]", "at least 1"),
        Refusal("mode: SOME\ndependsOn: [{flowId: a}]", "mode: "),
        Refusal("mode: ANY", "`mode` needs `dependsOn`"),
        Refusal("dependsOn: [{flowId: a, flow: b}]", "dependsOn[0].flow: Unrecognized field"),
        Refusal("dependsOn: [{flowId: a, states: [DONE]}]", "dependsOn[0].states[0]: "),
        Refusal("dependsOn: [{when: '{{ 1 + }}'}]", "dependsOn[0].when: "),
        Refusal("dependsOn: [{flowId: a}]\npreconditions: {id: p, flows: [{namespace: n}]}", "and once"),
        Refusal(window("every: PT1H, deadline: '09:00:00'"), "found `deadline` and `every`"),
        Refusal(window("from: '09:00:00'"), "window.to: "),
        Refusal(window("to: '09:00:00'"), "window.from: "),
        Refusal(window("offset: PT1H"), "window.offset: `offset` needs `every`"),
        Refusal(window("every: PT0S"), "window.every: a window is longer than nothing"),
        Refusal(window("every: P9999999D"), "window.every: a window is longer than nothing"),
        Refusal(window("deadline: nine"), "window.deadline: `nine` is not a time of day"),
        Refusal(window("every: PT1H, timezone: Mars"), "window.timezone: timezone '(Mars)' is not a valid"),
        Refusal(window(""), "window: the window is empty"),
        Refusal("dependsOn: [{flowId: a}]\nonMiss: {behavior: FAIL}", "onMiss: `onMiss` needs a window"),
        Refusal(window("every: PT1H") + "\nonMiss: {behavior: RETRY}", "onMiss.behavior: "),
        Refusal("preconditions: {id: p}", "preconditions: `preconditions` needs"),
        Refusal("preconditions: {flows: [{namespace: n}]}", "preconditions.id: must not be null"),
        Refusal("preconditions: {id: p, flows: [{flowId: a}]}", "preconditions.flows[0].namespace: must not"),
        Refusal(timeWindow("type: DAILY_TIME_DEADLINE"), "must have a deadline."),
        Refusal(timeWindow("type: DAILY_TIME_WINDOW, startTime: '09:00:00'"), "must have an end time."),
        Refusal(timeWindow("type: SLIDING_WINDOW"), "must have a window."),
        Refusal(timeWindow("type: DURATION_WINDOW, deadline: '09:00:00'"), "cannot have a deadline."),
        Refusal(
            timeWindow("type: SLIDING_WINDOW, window: PT1H, windowAdvance: PT1H"), "cannot have a window a"),
        Refusal(timeWindow("type: HOURLY"), "timeWindow.type: "),
        Refusal(
            filter("{field: FLOW_ID, type: EQUAL_TO, values: [a]}"),
            "`value` cannot be null for type EQUAL_TO"),
        Refusal(filter("{field: FLOW_ID, type: IN, value: a}"), "`value` must be null for type IN"),
        Refusal(filter("{field: FLOW_ID, type: NOT_IN}"), "`values` cannot be null for type NOT_IN"),
        Refusal(filter("{field: EXPRESSION, type: IN, values: [a]}"), "the field EXPRESSION goes with"),
        Refusal(filter("{field: EXPRESSION, type: IS_TRUE}"), "it is the expression"),
        Refusal(filter(""), "where[0].filters: must not be empty"),
        Refusal(
            "conditions: [{\(condition).Not, conditions: [{\(condition).MultipleCondition, id: m, conditions: {}}]}]",
            "not inside another condition"),
        Refusal(
            "conditions: [{\(condition).MultipleCondition, id: m, conditions: {}}]",
            "conditions[0].conditions: must"),
    ]

    @Test("what cannot be meant is refused at its place", arguments: refusals)
    func refusing(_ refusal: Refusal) throws {
        let compilation = try Self.compile(refusal.written)
        #expect(compilation.flow == nil)
        let lines = compilation.errors.map { "\($0.path): \($0.message)" }
        #expect(lines.contains { $0.contains(refusal.message) }, "\(lines)")
        #expect(compilation.errors.allSatisfy { $0.position != nil })
    }

    @Test("preconditions of a flow have ids of their own")
    func doubles() throws {
        let one =
            "{type: io.kestra.plugin.core.trigger.Flow, preconditions: {id: p, flows: [{namespace: n}]}, id: "
        let faults = try SmallFlow.faults("triggers: [\(one)a}, \(one)b}]")
        #expect(
            faults.contains("error triggers[1].preconditions.id: Duplicate preconditions with id [p]"),
            "\(faults)")
    }

    @Test("a trigger that never fires, or whose flow lacks an input, is warned of")
    func warnings() throws {
        let never = try Self.compile("states: [FAILED]\ndependsOn: [{flowId: a, states: [SUCCESS]}]")
        #expect(never.faults.contains { $0.message.contains("it never fires") })
        let inputs = try Self.compile("states: [FAILED]", flow: "inputs: [{id: day, type: STRING}]")
        #expect(inputs.faults.contains { $0.message.contains("requires `day`") })
        #expect(inputs.flow != nil)
    }

    private static func compile(_ trigger: String, flow: String = "") throws -> Compilation {
        let lines =
            ["id: t", "type: io.kestra.plugin.core.trigger.Flow"]
            + trigger.split(separator: "\n").map(String.init)
        let indented = lines.joined(separator: "\n    ")
        return try SmallFlow.compile("\(flow)\ntriggers:\n  - \(indented)")
    }

    private static func trigger(_ compilation: Compilation) -> FlowTrigger? {
        guard case .flow(let trigger)? = compilation.flow?.triggers.first?.kind else { return nil }
        return trigger
    }

    private static func shown(_ rule: FlowWindow.Rule) -> String {
        switch rule {
        case .always: return "always"
        case .tiles(let every, let offset):
            let hours = "\(every.microseconds / 3_600_000_000)h"
            return offset == .zero ? hours : "\(hours)+\(offset.microseconds / 3_600_000_000)h"
        case .lookback(let length): return "last\(length.microseconds / 3_600_000_000)h"
        case .daily(let from, let to): return "\(from.iso)-\(to.iso)"
        }
    }
}
