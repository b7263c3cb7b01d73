import ApusEngine
import ApusExpressions
import ApusModel
import Testing

/// When a flow trigger fires: histories of what it sees.
@Suite struct FlowTriggerRuleTests {
    struct Story: Sendable {
        var name: String
        var needed: Int
        var rule: FlowWindow.Rule
        var resets: Bool
        /// `requirement@hour` each, and what follows: `.` waits, `!` fires, `-` lies in no window.
        var history: String
        var answers: String

        init(
            _ name: String, _ history: String, _ answers: String, needed: Int = 2,
            _ rule: FlowWindow.Rule = .always, resets: Bool = true
        ) {
            self.name = name
            self.needed = needed
            self.rule = rule
            self.resets = resets
            self.history = history
            self.answers = answers
        }
    }

    static let day = FlowWindow.Rule.tiles(every: .seconds(86_400), offset: .zero)
    static let morning = FlowWindow.Rule.daily(from: .midnight, to: LocalTime(iso: "09:00") ?? .midnight)

    static let stories: [Story] = [
        Story("both, whatever their order", "a@1 b@2", ".!"),
        Story("both, the other way", "b@1 a@2", ".!"),
        Story("one twice is not both", "a@1 a@2 a@3 b@4", "...!"),
        Story("both at once", "ab@1", "!"),
        Story("what fired counts no more", "a@1 b@2 b@3 a@4", ".!.!"),
        Story("what fired still counts", "a@1 b@2 b@3 a@4", ".!!!", resets: false),
        Story("any", "a@1 b@2", "!!", needed: 1),
        Story("two of three", "a@1 c@2 b@3", ".!."),
        Story("within a day", "a@23 b@25 a@26", "..!", day),
        Story("within a day, not reset", "a@1 b@2 a@25 b@26 b@27", ".!.!!", day, resets: false),
        Story("in the last hours", "a@1 b@4 a@5", "..!", .lookback(.seconds(7200))),
        Story("until nine", "a@8 b@10 b@25 a@33", ".-.!", morning),
        Story("any until nine", "a@8 a@10 b@30", "!-!", needed: 1, morning),
        // Two executions that end at once may be looked at in any order.
        Story("late news of the same day", "a@5 b@3", ".!", day),
        Story("late news of the day before", "a@25 b@3 b@26", ".-!", day),
        Story("an older one does not replace a newer", "a@5 a@3 b@6", "..!", .lookback(.seconds(7200))),
    ]

    @Test("a history leads to firings", arguments: stories)
    func histories(_ story: Story) throws {
        let trigger = try Self.trigger(story)
        var known: [FlowEvidence] = []
        var answers = ""
        for entry in story.history.split(separator: " ") {
            let parts = entry.split(separator: "@")
            let hour = try #require(Int64(parts[1]))
            let hits = parts[0].map { Self.evidence(String($0), hour) }
            switch trigger.take(hits, knowing: known) {
            case .outside: answers += "-"
            case .waits(let seen):
                answers += "."
                known = seen
            case .fires(_, let kept):
                answers += "!"
                known = kept
            }
        }
        #expect(answers == story.answers, "\(story.name)")
    }

    @Test("outputs of several executions are one map, or nested by flow")
    func outputs() throws {
        var trigger = try Self.trigger(Story("", "", ""))
        var first = Self.evidence("a", 1)
        first.outputs = ["x": 1, "m": ["p": 1]]
        var second = Self.evidence("b", 2)
        second.outputs = ["y": 2, "m": ["q": 2]]
        let seen = [first, second]
        trigger.outputs = .merged
        #expect(
            trigger.outputs(second.outputs, of: "b", seen: seen)
                == ["x": 1, "m": ["p": 1, "q": 2], "y": 2])
        trigger.outputs = .nested
        let nested = trigger.outputs(second.outputs, of: "b", seen: seen)
        #expect(nested?["y"] == 2)
        #expect(nested?["x"] == nil)
        #expect(nested?["flow-a"]?["x"] == 1)
        #expect(nested?["ns.a"]?["flow-a"]?["x"] == 1)
        #expect(trigger.outputs(second.outputs, of: "b", seen: [second]) == second.outputs)
        #expect(trigger.outputs(nil, of: "b", seen: []) == nil)
    }

    struct Fit: Sendable {
        var requirement: FlowRequirement
        var fits: Bool

        init(_ fits: Bool, _ requirement: FlowRequirement) {
            self.requirement = requirement
            self.fits = fits
        }
    }

    static let fits: [Fit] = [
        Fit(true, FlowRequirement(key: "a", states: [.success])),
        Fit(false, FlowRequirement(key: "a", states: [.failed])),
        Fit(true, FlowRequirement(key: "a", namespace: "n", flowID: "f", states: [.success])),
        Fit(false, FlowRequirement(key: "a", namespace: "n.m", states: [.success])),
        Fit(false, FlowRequirement(key: "a", flowID: "g", states: [.success])),
        Fit(true, FlowRequirement(key: "a", states: [.success], labels: [Label("k", "v")])),
        Fit(false, FlowRequirement(key: "a", states: [.success], labels: [Label("k", "w")])),
        Fit(
            false, FlowRequirement(key: "a", states: [.success], labels: [Label("k", "v"), Label("l", "v")])),
    ]

    @Test("an execution fits what is asked of it", arguments: fits)
    func fit(_ example: Fit) {
        let signal = FlowSignal(
            namespace: "n", flowID: "f", state: .success, labels: [Label("k", "v")],
            date: Timestamp(microseconds: 0))
        #expect(example.requirement.fits(signal) == example.fits)
    }

    private static func evidence(_ key: String, _ hour: Int64) -> FlowEvidence {
        FlowEvidence(
            requirement: key, executionID: key, namespace: "ns.\(key)", flowID: "flow-\(key)",
            date: Timestamp(microseconds: hour * 3_600_000_000), outputs: nil)
    }

    private static func trigger(_ story: Story) throws -> FlowTrigger {
        let compilation = try SmallFlow.compile(
            "triggers: [{id: t, type: io.kestra.plugin.core.trigger.Flow, states: [SUCCESS]}]")
        guard case .flow(var trigger)? = compilation.flow?.triggers.first?.kind else { throw NotRead() }
        trigger.requirements = ["a", "b", "c"].map { FlowRequirement(key: $0, states: [.success]) }
        trigger.needed = story.needed
        trigger.window = FlowWindow(story.rule, in: try ZoneRules.named("UTC"))
        trigger.resets = story.resets
        return trigger
    }

    private struct NotRead: Error {}
}
