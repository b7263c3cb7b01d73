import ApusExpressions
import ApusModel
import Foundation

// Times Apus' half of `Benchmarks/expressions/run`.
//
// usage: bench-expressions [--render] CONTEXT.json TEMPLATE… — for each template one line on standard output:
// name, nanoseconds to compile, nanoseconds to render, and the rendered text as a JSON text. With --render compiling
// is not timed, so that a profile shows rendering alone.

/// Processor time of this process, in nanoseconds: what others do on the machine does not count.
func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The least time of one call, in nanoseconds, over rounds of about 20 milliseconds each.
func nanoseconds(_ body: () throws -> Void) throws -> Double {
    var count = 1
    var best = Double.infinity
    var rounds = 0
    while rounds < 10 {
        let start = now()
        for _ in 0..<count { try body() }
        let spent = now() - start
        if spent < 20_000_000, rounds == 0 {
            count *= 2
            continue
        }
        best = min(best, spent / Double(count))
        rounds += 1
    }
    return best
}

func contents(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
}

var arguments = CommandLine.arguments.dropFirst()
let onlyRenders = arguments.first == "--render"
if onlyRenders { arguments.removeFirst() }
guard let variablesPath = arguments.first, arguments.count > 1 else {
    FileHandle.standardError.write(Data("usage: bench-expressions CONTEXT.json TEMPLATE…\n".utf8))
    exit(2)
}
let variables = try JSONParser.parse(try contents(variablesPath)).mapValue ?? [:]
let context = RenderContext(variables: Variables(variables), now: Timestamp(microseconds: 0))
for path in arguments.dropFirst() {
    let source = try contents(path)
    let template = try Template(source)
    var length = 0
    let compiling = onlyRenders ? 0 : try nanoseconds { length &+= try Template(source).source.utf8.count }
    let rendering = try nanoseconds { length &+= try template.render(context).utf8.count }
    precondition(length != 0, "the work must not be optimised away")
    let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    print(name, compiling, rendering, Value.string(try template.render(context)).json, separator: "\t")
}
