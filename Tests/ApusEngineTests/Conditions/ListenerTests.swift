import ApusEngine
import ApusExpressions
import ApusModel
import Testing

/// Conditions, as listeners ask them.
@Suite struct ListenerTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var condition: String
        var holds: Bool
        var testDescription: String { condition }

        init(_ condition: String, _ holds: Bool) {
            self.condition = condition
            self.holds = holds
        }
    }

    private static let prefix = "io.kestra.plugin.core.condition."

    static let rows: [Row] = [
        Row("{type: P.ExecutionStatus, in: [SUCCESS, WARNING]}", true),
        Row("{type: P.ExecutionStatus, in: [FAILED]}", false),
        Row("{type: P.ExecutionStatusCondition, notIn: [FAILED]}", true),
        Row("{type: P.ExecutionStatus, in: [SUCCESS], notIn: [SUCCESS]}", false),
        Row("{type: P.ExecutionStatus}", true),
        Row("{type: P.ExecutionFlow, namespace: tests.a, flowId: it's}", true),
        Row("{type: P.ExecutionFlow, namespace: tests.a, flowId: \"{{ vars.id }}\"}", true),
        Row("{type: P.ExecutionFlow, namespace: tests.a, flowId: \"{{ vars.id }}x\"}", false),
        Row("{type: P.ExecutionNamespace, namespace: tests.a}", true),
        Row("{type: P.ExecutionNamespace, namespace: tests}", false),
        Row("{type: P.ExecutionNamespace, namespace: tests, prefix: true}", true),
        Row("{type: P.ExecutionNamespace, namespace: tests., comparison: PREFIX}", true),
        Row("{type: P.ExecutionNamespace, namespace: .a, comparison: SUFFIX}", true),
        Row("{type: P.ExecutionNamespace, namespace: .b, comparison: SUFFIX}", false),
        Row("{type: P.ExecutionLabels, labels: {team: data, a.b: '1'}}", true),
        Row("{type: P.ExecutionLabels, labels: [{key: team, value: data}]}", true),
        Row("{type: P.ExecutionLabels, labels: {team: data, none: x}}", false),
        Row("{type: P.Expression, expression: \"{{ vars.n > 2 }}\"}", true),
        Row(
            "{type: io.kestra.core.models.conditions.types.VariableCondition, expression: \"{{ vars.n > 3 }}\"}",
            false),
        Row("{type: P.Not, conditions: [{type: P.ExecutionStatus, in: [FAILED]}]}", true),
        Row(
            "{type: P.Or, conditions: [{type: P.ExecutionStatus, in: [FAILED]}, {type: P.ExecutionLabels, labels: {team: data}}]}",
            true),
        Row("{type: P.Or, conditions: [{type: P.ExecutionStatus, in: [FAILED]}]}", false),
        Row("{type: P.DayWeek, dayOfWeek: MONDAY, date: '2024-05-06T10:00:00Z'}", true),
        Row("{type: P.DayWeek, dayOfWeek: TUESDAY, date: '2024-05-06T10:00:00Z'}", false),
        Row(
            "{type: P.DayWeekInMonth, dayOfWeek: MONDAY, dayInMonth: FIRST, date: '2024-05-06T10:00:00Z'}",
            true),
        Row("{type: P.Weekend, date: '2024-05-05T10:00:00Z'}", true),
        Row("{type: P.PublicHoliday, country: FR, date: '2024-07-14T10:00:00Z'}", true),
        Row("{type: P.DateTimeBetween, after: '2024-01-01T00:00:00Z', date: '2024-07-14T10:00:00Z'}", true),
        Row("{type: P.DateTimeBetween, before: '2024-01-01T00:00:00Z', date: '2024-07-14T10:00:00Z'}", false),
        Row(
            "{type: P.TimeBetween, after: '11:00:00+02:00', before: '13:00:00+02:00', date: '2024-07-14T10:00:00Z'}",
            true),
        Row("{type: P.TimeBetween, after: '10:30:00Z', date: '2024-07-14T10:00:00Z'}", false),
    ]

    @Test("a condition holds or does not", arguments: rows)
    func condition(row: Row) throws {
        for edition in [1, 2] {
            let lines = """
                edition: \(edition)
                listeners:
                  - conditions: [\(row.condition.replacing("P.", with: Self.prefix))]
                    tasks: [{id: l, type: io.kestra.plugin.core.debug.Return}]
                """
            let compilation = try SmallFlow.compile(lines)
            #expect(compilation.errors.map(\.line) == [])
            guard let gate = compilation.flow?.gates[0] else {
                Issue.record("no condition")
                return
            }
            let context = RenderContext(
                variables: Variables(Self.variables), now: Timestamp(microseconds: 0),
                edition: edition == 1 ? .one : .two)
            let holds = try gate.condition.holds { (template) throws(ExpressionError) in
                try template.render(context)
            }
            #expect(holds == row.holds)
        }
    }

    private static let variables: OrderedMap<Value> = [
        "execution": ["state": "SUCCESS"], "flow": ["namespace": "tests.a", "id": "it's"],
        "labels": ["team": "data", "a": ["b": "1"]], "vars": ["n": 3, "id": "it's"],
    ]

    static let wrong: [(condition: String, fault: String)] = [
        ("{type: P.MultipleCondition, id: m, conditions: {}}", "MultipleCondition are not supported here"),
        ("{type: P.ExecutionStatus, in: [DONE]}", "from String \"DONE\""),
        ("{type: P.ExecutionFlow, flowId: a}", "must not be null"),
        ("{type: P.TimeBetween, after: noon}", "`noon` is not a time with an offset"),
        ("{type: P.Weekend, day: x}", "Unrecognized field \"day\""),
        ("just text", "expected a condition with a `type`"),
    ]

    @Test("a condition that cannot be read is refused", arguments: wrong)
    func refusal(condition: String, fault: String) throws {
        let faults = try SmallFlow.faults(
            """
            listeners:
              - conditions: [\(condition.replacing("P.", with: Self.prefix))]
                tasks: [{id: l, type: io.kestra.plugin.core.debug.Return}]
            """)
        #expect(
            faults.contains { $0.hasPrefix("error listeners[0].conditions[0]") && $0.contains(fault) },
            "\(faults)")
    }
}
