import ApusExpressions
import ApusModel
import Foundation

// Throws random templates at the expressions.
//
// usage: fuzz [--seeds N] [--from S] [--show] — every seed makes one template and one context; the template is compiled
// and rendered, to text and to a value, in both editions. Findings (slow, large) go to standard output with their seed
// and template; a trap or a hang prints the seed and ends the process. Exit status 1 after a finding.

/// Seconds of processor time and bytes that one compilation or rendering may take.
let (maxSeconds, maxBytes) = (0.050, 50 << 20)

var (seeds, from, shows): (UInt64, UInt64, Bool) = (10_000, 0, false)
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    switch argument {
    case "--seeds": seeds = arguments.popFirst().flatMap { UInt64($0) } ?? seeds
    case "--from": from = arguments.popFirst().flatMap { UInt64($0) } ?? from
    case "--show": shows = true
    default:
        print("usage: fuzz [--seeds N] [--from S] [--show]")
        exit(2)
    }
}

struct Tally {
    var compiled = 0
    var rendered = 0
    var limits = 0
    var findings = 0
    var slowest = (seconds: 0.0, seed: UInt64(0))
    var largest = 0
}
var tally = Tally()

@MainActor
func report(_ finding: String, seed: UInt64, _ template: String) {
    tally.findings += 1
    print("seed \(seed): \(finding)\n\(template.prefix(2000).debugDescription)\n")
    fflush(nil)
}

/// Runs one step of an input and looks at what it took.
@MainActor
func measured(_ what: String, seed: UInt64, _ template: String, _ body: () throws -> Void) {
    let before = Measure.seconds
    do {
        try body()
        if what != "compiling" { tally.rendered += 1 }
    } catch let error as ExpressionError {
        // Refusing is what most inputs deserve.
        if error.reason == .limit { tally.limits += 1 }
        if shows { print("\(what): \(error.description.prefix(500))") }
    } catch {
        report("\(what) throws \(error)", seed: seed, template)
    }
    let seconds = Measure.seconds - before
    if seconds > tally.slowest.seconds { tally.slowest = (seconds, seed) }
    if seconds > maxSeconds { report("\(what) takes \(Int(seconds * 1000)) ms", seed: seed, template) }
}

@MainActor
func run(_ seed: UInt64) {
    let source = Generator.template(seed: seed)
    let context = Contexts.context(seed: seed)
    if shows { print(source.debugDescription) }
    fflush(nil)
    for edition in [Edition.one, .two] {
        var context = context
        context.edition = edition
        var compiled: Template?
        measured("compiling", seed: seed, source) { compiled = try Template(source, edition: edition) }
        guard let compiled else { continue }
        tally.compiled += 1
        _ = compiled.faults.count + compiled.reads.count + compiled.calls.count
        measured("rendering", seed: seed, source) {
            let text = try compiled.render(context)
            if shows { print("text: \(text.prefix(500).debugDescription)") }
        }
        measured("evaluating", seed: seed, source) { _ = try compiled.evaluate(context) }
    }
}

Alarm.install()
// What is made once, such as the table of filters and of time zones, is no memory of an input.
let asked = shows
shows = false
for seed in 0..<UInt64(200) { run(seed) }
shows = asked
tally = Tally()
Measure.forgetPeak()
let baseline = Measure.residentBytes
let start = Date()
for seed in from..<from + seeds {
    Alarm.begin(seed)
    run(seed)
    if Measure.peakEver - baseline > tally.largest {
        let growth = Measure.peakBytes - baseline
        tally.largest = max(tally.largest, growth)
        if growth > maxBytes {
            report("takes \(growth >> 20) MB", seed: seed, Generator.template(seed: seed))
            Measure.forgetPeak()
            tally.largest = maxBytes
        }
    }
    if (seed - from + 1).isMultiple(of: 20_000) {
        FileHandle.standardError.write(
            Data(
                "\(seed - from + 1) inputs, \(tally.findings) findings, \(Int(-start.timeIntervalSinceNow)) s\n"
                    .utf8))
    }
}
print(
    "\(seeds) inputs from seed \(from): \(tally.compiled) compiled, \(tally.rendered) rendered, "
        + "\(tally.limits) stopped by a limit, \(tally.findings) findings; slowest \(Int(tally.slowest.seconds * 1000)) ms "
        + "(seed \(tally.slowest.seed)), peak memory \(tally.largest >> 20) MB above \(baseline >> 20) MB")
exit(tally.findings == 0 ? 0 : 1)
