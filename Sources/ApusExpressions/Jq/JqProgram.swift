import ApusModel
import CJQ
import Dispatch
import Synchronization

/// Runs jq programs with libjq.
///
/// A program sees its input and nothing else: the environment, modules, further inputs, the clock and the exit of
/// the process are replaced before it starts. A program that runs longer than `RenderLimits.jqSeconds` is stopped.
///
/// A class for it owns the C state. Compiling takes about a millisecond, so a rendering keeps the programs it has used.
final class JqProgram {
    let source: String
    /// What `now` answers, in seconds.
    let now: Double
    let limits: RenderLimits
    private let state: OpaquePointer
    private let messages = Messages()

    init(source: String, now: Double, limits: RenderLimits) throws(ExpressionError) {
        guard !source.utf8.contains(0) else { throw .argument("a jq expression cannot hold a zero byte") }
        guard let state = jq_init() else { throw .failed("jq cannot be started") }
        self.source = source
        self.now = now
        self.limits = limits
        self.state = state
        jq_set_error_cb(state, { data, message in Messages.take(message, data) }, messages.pointer)
        guard jq_compile(state, guarded) != 0 else {
            throw .argument("`\(source)` is not a jq expression: \(messages.text)")
        }
    }

    deinit {
        var optional: OpaquePointer? = state
        jq_teardown(&optional)
        messages.release()
    }

    /// Directives such as `import` must come first in a program, so with this in front they are errors of syntax.
    private var guarded: String {
        func refused(_ name: String) -> String { "def \(name): error(\"\(name) is not available\");" }
        let names = [
            "input", "inputs", "modulemeta", "halt", "halt_error", "halt_error($status)", "input_filename",
        ]
        return names.map(refused).joined()
            + "def env: {}; def debug: .; def debug($message): .; def stderr: .; def get_search_list: [];"
            + "def input_line_number: 0; def now: \(now);"
            + Self.boundedOperations
            // Bound here, `$ENV` no longer means the environment of the process.
            + "{} as $ENV |\n" + source
    }

    /// What a single step could take long or gigabytes for: repeating a text, and writing far behind the end of a list.
    ///
    /// Operations on constants are out of reach: the compiler of jq carries them out.
    /// Source: operators are calls of functions named like this in jq 1.5 to 1.7.
    private static let boundedOperations = """
        def apus_multiply(a; b): a * b;
        def _multiply(a; b): b as $b | a as $a
          | if ($a | type) == "string" and ($b | type) == "number" and ($b > 100000 or ($a | length) * $b > 1000000)
            then error("a repeated text is too long") else apus_multiply($a; $b) end;
        def apus_setpath(p; v): setpath(p; v);
        def setpath(p; v): p as $p
          | if ($p | type) == "array" and any($p[]; type == "number" and . > 1000000)
            then error("an index is too large") else apus_setpath($p; v) end;
        def _assign(paths; $value): reduce path(paths) as $p (.; setpath($p; $value));
        def apus_modify(paths; update): _modify(paths; update);
        def _modify(paths; update):
          if any(path(paths)[]; type == "number" and . > 1000000)
          then error("an index is too large") else apus_modify(paths; update) end;

        """

    /// All outputs, in order.
    func outputs(of input: Value) throws(ExpressionError) -> [Value] {
        let text = input.compactJSON
        let parsed = jv_parse_sized(text, Int32(clamping: text.utf8.count))
        guard jv_get_kind(parsed) != JV_KIND_INVALID else {
            jv_free(parsed)
            throw .failed("the input of jq is not JSON")
        }
        jq_start(state, parsed, 0)
        let deadline = Deadline(state, seconds: limits.jqSeconds)
        defer { deadline.end() }
        return try collect(state)
    }

    private func collect(_ state: OpaquePointer) throws(ExpressionError) -> [Value] {
        var outputs: [Value] = []
        var bytes = 0
        while true {
            let result = jq_next(state)
            guard jv_get_kind(result) != JV_KIND_INVALID else {
                try finish(state, result)
                return outputs
            }
            var nodes = 0
            guard isPrintable(result, &nodes) else {
                jv_free(result)
                throw .limit("jq gives a value that is too large")
            }
            let text = Self.string(jv_dump_string(result, 0))
            bytes += text.utf8.count
            guard bytes <= limits.textBytes else {
                throw .limit("jq gives more than \(limits.textBytes) bytes")
            }
            do {
                outputs.append(try JSONParser.parse(text))
            } catch {
                throw .failed("jq gives what is not JSON: \(error)")
            }
        }
    }

    private static let maxDepth = Int32(500)

    /// Whether the text of a value stays within bounds; a small value may hold another many times. Not consumed.
    private func isPrintable(_ value: jv, _ nodes: inout Int, depth: Int32 = 0) -> Bool {
        nodes += 1
        guard nodes <= limits.steps, depth <= Self.maxDepth else { return false }
        switch jv_get_kind(value) {
        case JV_KIND_STRING:
            nodes += Int(jv_string_length_bytes(jv_copy(value))) / Limits.bytesPerStep
            return nodes <= limits.steps
        case JV_KIND_ARRAY:
            for place in 0..<jv_array_length(jv_copy(value)) {
                let item = jv_array_get(jv_copy(value), place)
                defer { jv_free(item) }
                guard isPrintable(item, &nodes, depth: depth + 1) else { return false }
            }
            return true
        case JV_KIND_OBJECT:
            var place = jv_object_iter(value)
            while jv_object_iter_valid(value, place) != 0 {
                let item = jv_object_iter_value(value, place)
                defer { jv_free(item) }
                guard isPrintable(item, &nodes, depth: depth + 1) else { return false }
                place = jv_object_iter_next(value, place)
            }
            return true
        default: return true
        }
    }

    /// Tells the end of the outputs from a fault.
    private func finish(_ state: OpaquePointer, _ result: jv) throws(ExpressionError) {
        guard jq_halted(state) == 0 else {
            jv_free(result)
            throw .limit("the jq expression takes more than \(limits.jqSeconds) seconds")
        }
        guard jv_invalid_has_msg(jv_copy(result)) != 0 else { return jv_free(result) }
        let message = jv_invalid_get_msg(result)
        let isText = jv_get_kind(message) == JV_KIND_STRING
        throw .failed("jq: " + Self.string(isText ? message : jv_dump_string(message, 0)).prefix(500))
    }

    /// The text of a jq string, which is consumed.
    fileprivate static func string(_ value: jv) -> String {
        defer { jv_free(value) }
        return jv_string_value(value).map { String(cString: $0) } ?? ""
    }
}

/// What the compiler of jq complains about.
private final class Messages {
    private(set) var text = ""

    /// Kept alive until `release()`.
    var pointer: UnsafeMutableRawPointer { reference.toOpaque() }
    private lazy var reference = Unmanaged.passRetained(self)

    func release() { reference.release() }

    static func take(_ message: jv, _ data: UnsafeMutableRawPointer?) {
        guard let data else { return jv_free(message) }
        let messages = Unmanaged<Messages>.fromOpaque(data).takeUnretainedValue()
        let line = JqProgram.string(
            jv_get_kind(message) == JV_KIND_STRING ? message : jv_dump_string(message, 0))
        if messages.text.utf8.count < 1000 { messages.text += messages.text.isEmpty ? line : "; " + line }
    }
}

/// Stops a jq program from outside when its time is up.
private final class Deadline: Sendable {
    // The state belongs to the thread that runs the program. The timer only sets its flag, which the program reads
    // before each instruction, and the lock keeps it from doing so after the end.
    private struct Handle: @unchecked Sendable { var state: OpaquePointer? }
    private let handle: Mutex<Handle>

    init(_ state: OpaquePointer, seconds: Double) {
        handle = Mutex(Handle(state: state))
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [weak self] in self?.halt() }
    }

    func end() { handle.withLock { $0.state = nil } }

    private func halt() {
        handle.withLock { handle in
            guard let state = handle.state else { return }
            jq_halt(state, jv_invalid(), jv_invalid())
        }
    }
}
