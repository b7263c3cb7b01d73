import ApusEngine
import ApusModel
import ApusYAML
import Foundation
import Testing

/// Flows nested as deep as YAML may be, on a stack smaller than any that reads, compiles or runs flows: cooperative
/// threads, which handle requests, have 8 MiB, the database's 16 MiB.
@Suite struct DepthTests {
    /// Half of the smallest.
    private static let stackBytes = 4 << 20

    /// What stands around the tasks inside, at a level of indentation.
    struct Shape: Sendable {
        var name: String
        /// Lines before the task inside.
        var lines: [String]
        /// Columns the task inside is moved by.
        var indent: Int
    }

    private static let flow = "  type: io.kestra.plugin.core.flow."
    static let shapes: [Shape] = [
        Shape(name: "Sequential", lines: [flow + "Sequential", "  tasks:"], indent: 2),
        Shape(name: "Parallel", lines: [flow + "Parallel", "  tasks:"], indent: 2),
        Shape(name: "If", lines: [flow + "If", "  condition: '{{ true }}'", "  then:"], indent: 2),
        Shape(
            name: "Switch", lines: [flow + "Switch", "  value: a", "  cases:", "    a:"], indent: 4),
        Shape(name: "ForEach", lines: [flow + "ForEach", "  values: [1]", "  tasks:"], indent: 2),
        Shape(name: "errors", lines: [flow + "Sequential", "  errors:"], indent: 2),
    ]

    static func text(_ shape: Shape, depth: Int) -> String {
        var text = "id: deep\nnamespace: tests\ntasks:\n"
        var margin = ""
        for level in 0..<depth {
            text += margin + "- id: t\(level)\n"
            if shape.name == "errors" {
                text += margin + "  tasks: [{id: u\(level), type: io.kestra.plugin.core.log.Log}]\n"
            }
            for line in shape.lines { text += margin + line + "\n" }
            margin += String(repeating: " ", count: shape.indent)
        }
        return text + margin + "- {id: last, type: io.kestra.plugin.core.log.Log, message: '{{ flow.id }}'}\n"
    }

    /// Runs on a thread of its own with a small stack; an overflow ends the process.
    static func onSmallStack<Answer: Sendable>(_ body: @escaping @Sendable () -> Answer) async -> Answer {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: body()) }
            thread.stackSize = stackBytes
            thread.start()
        }
    }

    @Test("a flow nested eighty deep compiles on a small stack", arguments: shapes)
    func eighty(shape: Shape) async {
        let text = Self.text(shape, depth: 80)
        let compiled = await Self.onSmallStack { Self.compile(text) }
        #expect(compiled == "81 tasks" || compiled == "161 tasks")
    }

    @Test(
        "a flow as deep as the bound compiles on a small stack, and a level more is refused",
        arguments: shapes)
    func bound(shape: Shape) async {
        let answers = await Self.onSmallStack {
            var answers: [String] = []
            // A flow task costs a list and a map at the least.
            for depth in stride(from: 80, through: YAMLLimits.default.depth / 2 + 7, by: 7) {
                let answer = Self.compile(Self.text(shape, depth: depth))
                guard !answer.hasSuffix("tasks") else { continue }
                answers.append(answer)
                break
            }
            return answers
        }
        #expect(answers == ["nested deeper than 256 levels"])
    }

    @Test("values as deep as the bound are read, compared, printed and read again on a small stack")
    func values() async {
        let bound = YAMLLimits.default.depth
        let same = await Self.onSmallStack {
            let text =
                "- " + String(repeating: "[", count: bound - 2) + String(repeating: "]", count: bound - 2)
            guard let first = try? YAML.parse("a:\n" + text).root,
                let printed = try? YAML.parse(YAML.print(first)).root,
                let json = try? JSONParser.parse(first.json)
            else { return false }
            return first == printed && first == json && first.hashValue == json.hashValue
        }
        #expect(same)
    }

    @Test("ten thousand levels are refused with their place")
    func tenThousand() async {
        let text = "tasks:\n" + String(repeating: "- ", count: 10_000) + "x\n"
        let fault = await Self.onSmallStack {
            do throws(Fault) {
                _ = try YAML.parse(text)
                return Fault?.none
            } catch {
                return error
            }
        }
        #expect(fault?.message == "nested deeper than 256 levels")
        #expect(fault?.position == SourcePosition(line: 2, column: 511))
    }

    /// What came of a flow: the number of its tasks, or the first fault.
    private static func compile(_ text: String) -> String {
        do throws(Fault) {
            let document = try YAML.parse(text)
            let compilation = FlowCompiler(catalogue: SmallFlow.catalogue).compile(
                document.root, positions: document.positions)
            guard let flow = compilation.flow else { return compilation.faults.first?.message ?? "no flow" }
            return "\(flow.tasks.count) tasks"
        } catch {
            return error.message
        }
    }
}
