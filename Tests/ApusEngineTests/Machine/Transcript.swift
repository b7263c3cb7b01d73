import ApusEngine
import ApusExpressions
import ApusModel
import ApusSchema
import ApusYAML

/// Plays events against the machine and writes down what followed.
///
/// A script is a list of events, one a line after `> `; below each stand the commands and the new states. The
/// clock stands still but for `> wait PT5S`.
struct Transcript {
    private var machine: ExecutionMachine
    private var now = Timestamp(microseconds: 1_800_000_000_000_000)
    private var timers: [(timer: Timer, at: Timestamp)] = []
    private var states: [TaskRun.ID: State] = [:]
    private var executionState: State?
    private var labels: [Label] = []
    private var variables: Value
    /// The task runs by their numbers, where the machine lets go of iterations that are over.
    private var store: [Int: TaskRun]?

    struct Failure: Error { var message: String }

    init(flow source: String) throws {
        let document = try YAML.parse(source)
        let compilation = FlowCompiler(catalogue: Self.catalogue).compile(
            document.root, positions: document.positions)
        guard let flow = compilation.flow else {
            throw Failure(message: compilation.faults.map(\.line).joined(separator: "\n"))
        }
        var execution = Execution(id: "exec", flow: flow.reference, createdAt: now)
        execution.variables = flow.variables
        variables = flow.variables
        machine = ExecutionMachine(execution: execution, flow: flow)
    }

    /// The script again, with what really follows below each event.
    ///
    /// - Parameter letsGo: After each event the machine lets go of what it may, as one in a server does after thousands.
    static func play(flow: String, script: String, letsGo: Bool = false) throws -> String {
        var transcript = try Transcript(flow: flow)
        if letsGo { transcript.store = [:] }
        var text = ""
        for line in script.split(separator: "\n") where line.hasPrefix("> ") {
            text += line + "\n"
            for answer in try transcript.answer(line.dropFirst(2).split(separator: " ").map(String.init)) {
                text += answer + "\n"
            }
            if letsGo { transcript.machine.letGo(beyond: 0) }
            text += "\n"
        }
        return text
    }

    /// The histories of the execution and its task runs after each event of a script.
    static func histories(flow: String, script: String) throws -> [(execution: [State], runs: [[State]])] {
        var transcript = try Transcript(flow: flow)
        var histories: [(execution: [State], runs: [[State]])] = []
        for line in script.split(separator: "\n") where line.hasPrefix("> ") {
            _ = try transcript.answer(line.dropFirst(2).split(separator: " ").map(String.init))
            histories.append(
                (
                    transcript.machine.execution.state.histories.map(\.state),
                    transcript.machine.runs.map { $0.state.histories.map(\.state) }
                ))
        }
        return histories
    }

    /// All task runs, in the order of their creation.
    private var runs: [TaskRun] {
        store.map { store in store.keys.sorted().compactMap { store[$0] } } ?? machine.runs
    }

    /// Writes what changed, as the executor does.
    private mutating func write() {
        guard store != nil else { return }
        let changes = machine.takeChanges()
        for sequence in changes.removed { store?[sequence] = nil }
        for place in changes.runs { store?[machine.sequence(of: place)] = machine.runs[place] }
    }

    /// Drops the machine and reads it back; where it lets go of runs, a few at a time.
    private mutating func reload() {
        guard let store else {
            let stored = machine.runs.indices.map { (machine.sequence(of: $0), machine.runs[$0]) }
            machine = ExecutionMachine(execution: machine.execution, flow: machine.flow, stored: stored)
            return
        }
        var rows = store.sorted { $0.key < $1.key }[...]
        machine = ExecutionMachine(execution: machine.execution, flow: machine.flow, keeping: 0) {
            defer { rows = rows.dropFirst(3) }
            return rows.prefix(3).map { ($0.key, $0.value) }
        }
    }

    /// Reads back what the machine let go of, before events that look at all of it.
    private mutating func readBack(before words: [String]) {
        guard let store, !machine.isWhole else { return }
        let looksAtAll = ["restart", "change", "replay"].contains { words.contains($0) }
        guard looksAtAll else { return }
        machine = ExecutionMachine(
            execution: machine.execution, flow: machine.flow,
            stored: store.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    private mutating func answer(_ words: [String]) throws -> [String] {
        var commands: [Command] = []
        readBack(before: words)
        switch words.first {
        case "created": commands = try machine.apply(.created, at: now)
        case "end":
            let (id, attempt) = try run(words[1])
            let state = State(rawValue: words[2]) ?? .success
            let number = words.count > 3 ? Int(words[3]) ?? attempt : attempt
            commands = try machine.apply(
                .taskRunEnded(
                    id, attempt: number, TaskResult(state: state, outputs: ["value": .string(words[1])])),
                at: now)
        case "began":
            // began call one — the child `one`; began items 2 of 3 — two of three children.
            let (id, attempt) = try run(words[1])
            let start =
                words.count > 3
                ? SubflowStart(child: nil, begun: Int(words[2]) ?? 0, total: Int(words[4]), uri: "list")
                : SubflowStart(child: words[2])
            commands = try machine.apply(.subflowsBegan(id, attempt: attempt, start), at: now)
        case "stand":
            // stand items RUNNING=1 SUCCESS=2 — all batches were looked at again.
            let (id, attempt) = try run(words[1])
            var standing: [State: Int] = [:]
            for word in words[2...] {
                let parts = word.split(separator: "=")
                if parts.count == 2, let state = State(rawValue: String(parts[0])) {
                    standing[state] = Int(parts[1])
                }
            }
            commands = try machine.apply(
                .subflowsBegan(id, attempt: attempt, SubflowStart(child: nil, standing: standing)), at: now)
        case "child":
            let (id, _) = try run(words[1])
            let result = TaskResult(
                state: State(rawValue: words[3]) ?? .success, outputs: ["of": .string(words[2])])
            commands = try machine.apply(.subflowEnded(id, child: words[2], result), at: now)
        case "exit", "label", "set", "keep", "unset":
            let (id, attempt) = try run(words[1])
            let result = TaskResult(state: .success, effects: [try effect(words)])
            commands = try machine.apply(.taskRunEnded(id, attempt: attempt, result), at: now)
        case "refuse":
            commands = try machine.apply(
                .startRefused(words.dropFirst().joined(separator: " ")), at: now)
        case "lost":
            let (id, attempt) = try run(words[1])
            let number = words.count > 2 ? Int(words[2]) ?? attempt : attempt
            commands = try machine.apply(.workerLost(id, attempt: number), at: now)
        case "wait":
            guard let span = ISODuration(iso: words[1]) else {
                throw Failure(message: "no duration: \(words)")
            }
            now = now.advanced(by: span)
            for (timer, _) in timers.filter({ $0.at <= now }) {
                commands += try machine.apply(.timerFired(timer), at: now)
            }
            timers.removeAll { $0.at <= now }
        case "resume": commands = try machine.apply(.resumed(nil, inputs: .map([:])), at: now)
        case "outputs":
            let (id, _) = try run(words[1])
            let outputs = runs.first { $0.id == id }?.outputs
            return ["  " + (outputs?.json ?? "none")]
        case "batches":
            let (id, _) = try run(words[1])
            return ["  " + (machine.subflow(of: id)?.batches?.json ?? "none")]
        case "pause": commands = try machine.apply(.pauseRequested, at: now)
        case "kill": commands = try machine.apply(.killRequested, at: now)
        case "restart": commands = try machine.apply(.restarted, at: now)
        case "break":
            var execution = machine.execution
            execution.breakpoints = words[1...].compactMap { Breakpoint(text: $0) }
            machine = ExecutionMachine(execution: execution, flow: machine.flow)
        case "pass":
            let breakpoints = words[1...].compactMap { Breakpoint(text: $0) }
            commands = try machine.apply(
                .breakpointPassed(breakpoints.isEmpty ? nil : breakpoints), at: now)
        case "change":
            let (id, _) = try run(words[1])
            commands = try machine.apply(
                .taskRunChanged(id, State(rawValue: words[2]) ?? .success), at: now)
        case "status":
            commands = try machine.apply(.statusChanged(State(rawValue: words[1]) ?? .success), at: now)
        case "replay":
            let start = try words.count > 1 ? run(words[1]).0 : nil
            guard let replay = machine.replay(as: "replay", from: start, .init(), at: now) else {
                return ["  refused"]
            }
            machine = replay
            states = [:]
            executionState = nil
            timers = []
            if store != nil { store = [:] }
            write()
            let kept = news()
            let begun = try machine.apply(.created, at: now)
            write()
            return kept + begun.map { text(of: $0) } + news()
        case "turned-away":
            // The event that began it, and the flow's behavior.
            let event: Event = words.count > 2 && words[2] == "restart" ? .restarted : .created
            let behavior = words.count > 1 ? Concurrency.Behavior(rawValue: words[1]) : nil
            commands = try machine.turnAway(event, behavior ?? .queue, at: now)
        case "admitted": commands = try machine.apply(.admitted, at: now)
        case "unqueue":
            let state = words.count > 1 ? State(rawValue: words[1]) : nil
            commands = try machine.apply(.unqueued(state ?? .cancelled), at: now)
        case "reload":
            reload()
            commands = try machine.takeUp(at: now)
        default: throw Failure(message: "unknown event \(words)")
        }
        write()
        return commands.map { text(of: $0) } + news()
    }

    /// What a task asks for: `exit TASK STATE`, `label TASK KEY=VALUE`, `set TASK JSON`, `keep TASK JSON` (a set that
    /// overwrites nothing), `unset TASK NAME`.
    private func effect(_ words: [String]) throws -> ExecutionEffect {
        guard words.count > 2 else { throw Failure(message: "no effect: \(words)") }
        switch words[0] {
        case "exit": return .exit(State(rawValue: words[2]) ?? .success)
        case "label":
            let parts = words[2].split(separator: "=").map(String.init)
            return .addLabels([Label(parts[0], parts.last ?? "")])
        case "unset": return .unsetVariables([words[2]], ignoreMissing: false)
        default:
            let variables = try JSONParser.parse(words[2]).mapValue ?? [:]
            return .setVariables(variables, overwrite: words[0] == "set")
        }
    }

    /// A task run by its task, or `task[value]` in a loop; the newest when there are several.
    private func run(_ name: String) throws -> (TaskRun.ID, Int) {
        let open = runs.first {
            self.name(of: $0) == name && $0.state.current == .running && $0.scope != nil
        }
        guard let run = open ?? runs.last(where: { self.name(of: $0) == name }) else {
            throw Failure(message: "no task run \(name)")
        }
        return (run.id, run.attempts.count)
    }

    private func name(of run: TaskRun) -> String { run.value.map { "\(run.taskID)[\($0)]" } ?? run.taskID }

    private func name(of id: TaskRun.ID) -> String {
        runs.first { $0.id == id }.map { name(of: $0) } ?? id
    }

    private mutating func text(of command: Command) -> String {
        switch command {
        case .dispatch(let id, let attempt): return "  dispatch \(name(of: id)) attempt \(attempt)"
        case .cancel(let id, let attempt): return "  cancel \(name(of: id)) attempt \(attempt)"
        case .startTimer(let timer, let date):
            timers.append((timer, date))
            return "  timer in \(date.since(now).iso)"
        case .loadRows(let id, let uri): return "  load rows of \(name(of: id)) from \(uri)"
        case .holdDirectory(let id): return "  hold the directory of \(name(of: id))"
        case .releaseDirectory(let id): return "  release the directory of \(name(of: id))"
        case .startSubflows(let id, let attempt):
            return "  start subflows of \(name(of: id)) attempt \(attempt)"
        case .killSubflows(let id): return "  kill subflows of \(name(of: id))"
        case .log(let line): return "  log \(line.level.rawValue) \(line.message)"
        case .replace(let date): return "  replace in \(date.since(now).iso)"
        case .reached(let state): return "  reached \(state.rawValue)"
        case .ended(let state): return "  ended \(state.rawValue)"
        }
    }

    private mutating func news() -> [String] {
        var lines: [String] = []
        for run in runs where states[run.id] != run.state.current {
            let path = run.state.histories.suffix(2).map(\.state.rawValue)
            lines.append(
                "  \(name(of: run)) \(states[run.id] == nil ? run.state.histories.map(\.state.rawValue).joined(separator: ">") : path.joined(separator: ">"))"
            )
            states[run.id] = run.state.current
        }
        let own = machine.execution.labels.filter { !$0.key.hasPrefix("system.") }
        if labels != own {
            labels = own
            lines.append("  labels " + labels.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
        }
        if variables != machine.execution.variables {
            variables = machine.execution.variables
            lines.append("  vars \(variables.json)")
        }
        if executionState != machine.execution.state.current {
            executionState = machine.execution.state.current
            lines.append("  execution \(machine.execution.state.current.rawValue)")
        }
        return lines
    }

    private static let catalogue: Catalogue = {
        var catalogue = Catalogue()
        let items = "io.kestra.plugin.core.flow.ForEachItem$ForEachItem"
        let types: [(String, TypeSchema.Kind, [String])] = [
            ("run", .runnable, []), ("inline", .inline, []),
            (items + "Split", .runnable, ["items", "batch"]),
            (items + "MergeOutputs", .runnable, ["parent"]),
        ]
        for (type, kind, properties) in types {
            catalogue.add(
                TypeSchema(
                    type: type, aliases: [], summary: "For tests.", isDeprecated: false, kind: kind,
                    properties: properties.map { PropertySchema(name: $0, valueType: .any) }))
        }
        return catalogue
    }()
}
