import ApusModel

/// An operation written `name(arguments)`.
// A class, so that the many calls that hold it share one.
final class Function: Sendable {
    typealias Body = @Sendable (Arguments) throws(ExpressionError) -> Value

    let name: String
    let signature: Signature
    /// Root variables that the function looks at by itself; `*` for all of them.
    let reads: [String]
    /// Why the function can never be called; `nil` for all that can.
    let refusal: String?
    let apply: Body

    init(
        _ name: String, _ parameters: [String] = [], reads: [String] = [], refusal: String? = nil,
        _ apply: @escaping Body
    ) {
        self.name = name
        self.refusal = refusal
        signature = Signature(parameters)
        self.reads = reads
        self.apply = apply
    }

    static let all: [String: Function] = {
        let groups = [
            core, data, facts, files, rendering, identifiers, executions, calendar, cryptography, unsupported,
        ]
        return Dictionary(groups.joined().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()
}
