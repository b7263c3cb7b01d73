import ApusExpressions
import ApusModel
import ApusYAML
import Testing

@testable import ApusEngine

/// Iterations that are over leave the memory of the machine, and nothing else changes.
@Suite struct LetGoTests {
    private static let now = Timestamp(microseconds: 1_800_000_000_000_000)

    private static func machine(_ tasks: String) throws -> ExecutionMachine {
        let document = try YAML.parse("id: small\nnamespace: tests\n" + tasks)
        let compilation = FlowCompiler(catalogue: SmallFlow.catalogue).compile(document.root)
        let flow = try #require(compilation.flow, "\(compilation.faults.map(\.line))")
        let execution = Execution(id: "exec", flow: flow.reference, createdAt: now)
        return ExecutionMachine(execution: execution, flow: flow)
    }

    struct Course {
        var most = 0
        var states: [State] = []
        var outputs: Value = .null
    }

    /// Ends every task run that is dispatched, one event after another, and lets go of iterations after each.
    private static func course(_ machine: inout ExecutionMachine, keeping count: Int) throws -> Course {
        var course = Course()
        var open = try machine.apply(.created, at: now)
        var place = 0
        while place < open.count {
            defer { place += 1 }
            guard case .dispatch(let id, let attempt) = open[place] else { continue }
            let value = machine.place(of: id).flatMap { machine.runs[$0].value } ?? ""
            open += try machine.apply(
                .taskRunEnded(
                    id, attempt: attempt,
                    TaskResult(state: .success, outputs: ["value": .string(value)])), at: now)
            _ = machine.takeChanges()
            machine.letGo(beyond: count)
            course.most = max(course.most, machine.runs.count)
        }
        course.states = machine.execution.state.histories.map(\.state)
        course.outputs = machine.outputs
        return course
    }

    static let loop = """
        tasks:
          - id: each
            type: io.kestra.plugin.core.flow.KIND
            values: "{{ range(1, 2000) }}"
            tasks: [{id: one, type: io.kestra.plugin.core.debug.Return}]
        """

    @Test("a loop of thousands holds the runs of a few", arguments: ["ForEach", "Loop"])
    func few(kind: String) throws {
        var machine = try Self.machine(Self.loop.replacing("KIND", with: kind))
        let course = try Self.course(&machine, keeping: 20)
        #expect(course.most < 150)
        #expect(!machine.isWhole)
        #expect(course.states == [.created, .running, .success])
        if kind == "Loop" {
            #expect(machine.runs.first?.outputs?["terminatedIterations"]?["SUCCESS"] == 2000)
        } else {
            // What no expression reads is not kept either.
            #expect((course.outputs["one"]?.mapValue?.count ?? 0) < 150)
        }
    }

    @Test("outputs that an expression reads stay")
    func read() throws {
        let reader = """

              - {id: last, type: io.kestra.plugin.core.debug.Return, format: "{{ outputs.one['7'].value }}"}
            """
        var machine = try Self.machine(Self.loop.replacing("KIND", with: "ForEach") + reader)
        let course = try Self.course(&machine, keeping: 20)
        #expect(course.most < 150)
        #expect(course.outputs["one"]?.mapValue?.count == 2000)
        #expect(course.outputs["one"]?["7"]?["value"] == "7")
    }

    static let keepers: [String] = [
        "{{ tasks.one.state }}", "{{ render(vars.x) }}", "{{ tasksWithState('FAILED') }}",
    ]

    @Test("a flow whose expressions look at task runs keeps them all", arguments: keepers)
    func keeps(expression: String) throws {
        let reader = "\nvariables: {x: 1}\noutputs: [{id: o, type: STRING, value: \"\(expression)\"}]"
        var machine = try Self.machine(Self.loop.replacing("KIND", with: "ForEach") + reader)
        _ = try Self.course(&machine, keeping: 20)
        #expect(machine.isWhole)
    }

    @Test("rounds and directories, which are forgotten whole, keep what ran in them")
    func forgotten() throws {
        let source = """
            tasks:
              - id: rounds
                type: io.kestra.plugin.core.flow.LoopUntil
                condition: "{{ true }}"
                tasks:
                  - id: each
                    type: io.kestra.plugin.core.flow.ForEach
                    values: "{{ range(1, 300) }}"
                    tasks: [{id: one, type: io.kestra.plugin.core.debug.Return}]
            """
        var machine = try Self.machine(source)
        _ = try Self.course(&machine, keeping: 20)
        #expect(machine.isWhole)
    }

    @Test("what is read back a part at a time goes on, and is as small", arguments: ["ForEach", "Loop"])
    func parts(kind: String) throws {
        var machine = try Self.machine(Self.loop.replacing("KIND", with: kind))
        var store: [Int: TaskRun] = [:]
        func write() {
            let changes = machine.takeChanges()
            for place in changes.runs { store[machine.sequence(of: place)] = machine.runs[place] }
        }
        var open = try machine.apply(.created, at: Self.now)
        var most = 0
        var place = 0
        while place < open.count {
            if case .dispatch(let id, let attempt) = open[place] {
                open += try machine.apply(
                    .taskRunEnded(id, attempt: attempt, TaskResult(state: .success)), at: Self.now)
            }
            place += 1
            write()
            guard place % 400 == 0, !machine.isOver else { continue }
            var rows = store.sorted { $0.key < $1.key }[...]
            machine = ExecutionMachine(execution: machine.execution, flow: machine.flow, keeping: 20) {
                defer { rows = rows.dropFirst(50) }
                return rows.prefix(50).map { ($0.key, $0.value) }
            }
            most = max(most, machine.runs.count)
            #expect(try machine.takeUp(at: Self.now).isEmpty)
        }
        #expect(most < 150)
        #expect(machine.execution.state.current == .success)
        #expect(store.count == (kind == "Loop" ? 4001 : 2001))
    }

    @Test("lanes are kept as ranges, in whatever order they end")
    func lanes() {
        var past = PastLanes()
        for lane in [3, 1, 0, 7, 2, 8, 5, 6, 4, 4] { past.add(lane, .success) }
        past.add(11, .failed)
        #expect(past.ranges == [0..<9, 11..<12])
        #expect(past.states == [.success, .failed])
        #expect(past.end == 12)
        #expect(past.missing(below: 14) == [9, 10, 12, 13])
        #expect(past.missing(below: 5).isEmpty)
        #expect(
            (0...12).map { past.contains($0) } == Array(repeating: true, count: 9) + [
                false, false, true, false,
            ])
    }
}
