import ApusEngine
import ApusHTTP
import ApusModel

/// What a check found in one document.
struct ValidationResult {
    var index: Int
    var namespace: String?
    var flow: String?
    /// Whether the document's own `revision` is older than the stored one.
    var isOutdated = false
    /// The edition the flow is run in, and why; `nil` for parts of flows.
    var choice: EditionChoice?
    var faults: [Fault]

    init(index: Int, faults: [Fault]) {
        self.index = index
        self.faults = faults
    }

    /// `{index, flow, namespace, constraints?, outdated, deprecationPaths, warnings, infos, edition, editionReason,
    /// faults}`; `constraints` has every error on a line of its own and is absent when there is none.
    func write(to writer: inout JSONWriter) {
        let errors = faults.filter { $0.severity == .error }
        let deprecations = faults.filter(\.isDeprecation)
        let warnings = faults.filter { $0.severity == .warning && !$0.isDeprecation }
        writer.object { object in
            object.field("index", index)
            object.field("namespace", namespace)
            object.field("flow", flow)
            if !errors.isEmpty { object.field("constraints", errors.map(\.line).joined(separator: "\n")) }
            object.field("outdated", isOutdated)
            object.texts("deprecationPaths", deprecations.map(\.path.description))
            object.texts("warnings", warnings.map(\.line))
            object.texts("infos", faults.filter { $0.severity == .info }.map(\.message))
            object.field("edition", choice?.edition.rawValue)
            object.field("editionReason", choice?.words)
            object.list("faults", faults) { $0.write(to: &$1) }
        }
    }

    var response: Response {
        var writer = JSONWriter(capacity: 256)
        write(to: &writer)
        return .json(bytes: writer.bytes)
    }
}

extension Fault {
    /// The warning the compiler gives for a type or property kept for old flows.
    fileprivate var isDeprecation: Bool { severity == .warning && message.hasSuffix("is deprecated") }
}

extension JSONObject {
    fileprivate mutating func texts(_ name: String, _ texts: [String]) {
        list(name, texts) { $1.write($0) }
    }
}
