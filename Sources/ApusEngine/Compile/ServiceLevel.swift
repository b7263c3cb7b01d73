public import ApusExpressions
public import ApusModel

/// What an execution promises, and what happens when the promise is broken: an entry of a flow's `sla`.
public struct ServiceLevel: Sendable {
    public enum Rule: Sendable {
        /// The execution has ended this long after its creation.
        case maxDuration(ISODuration)
        /// Renders to something other than `false`, `0` or nothing at every change of the execution.
        case assertion(Template)
    }

    public enum Behavior: String, Hashable, Sendable, CaseIterable {
        /// What runs is killed, and the execution is FAILED.
        case fail = "FAIL"
        /// What runs is killed, and the execution is CANCELLED.
        case cancel = "CANCEL"
        /// The execution goes on.
        case none = "NONE"
    }

    public var id: String
    public var rule: Rule
    public var behavior: Behavior
    /// Added to the execution, whatever the behavior.
    public var labels: [Label]

    /// The template of an assertion; `nil` for other rules.
    var assertion: Template? {
        if case .assertion(let template) = rule { template } else { nil }
    }
}

/// Reads a flow's `sla`.
struct ServiceLevelReader {
    private enum Kind: String, CaseIterable {
        case maxDuration = "MAX_DURATION"
        case executionAssertion = "EXECUTION_ASSERTION"
    }

    private(set) var levels: [ServiceLevel] = []
    private(set) var faults: [Fault] = []
    private(set) var templates: [PlacedTemplate] = []

    init(_ value: Value?, positions: PositionMap, edition: Edition) {
        let list = PropertyList(value, at: "sla", positions: positions, edition: edition)
        faults = list.faults
        for var reader in list.readers {
            reader.refuseUnknown(
                besides: ["id", "type", "behavior", "duration", "assert", "labels"],
                of: "io.kestra.core.models.flows.sla.SLA")
            let id = reader.required("id") { $0.text("id") }
            let behavior = reader.required("behavior") { $0.choice("behavior", ServiceLevel.Behavior.self) }
            let rule = Self.rule(&reader)
            let (labels, labelFaults) = Labels.read(reader.given("labels"), reader, [])
            if let id, let behavior, let rule {
                levels.append(ServiceLevel(id: id, rule: rule, behavior: behavior, labels: labels))
            }
            faults += reader.faults + labelFaults
            templates += reader.placedTemplates
        }
    }

    private static func rule(_ reader: inout PropertyReader) -> ServiceLevel.Rule? {
        switch reader.required("type", read: { $0.choice("type", Kind.self) }) {
        case nil: return nil
        case .maxDuration:
            guard let duration = reader.required("duration", read: { $0.duration("duration") }) else {
                return nil
            }
            guard duration > .zero else {
                reader.fault("`\(duration.iso)` is over before anything can run", at: "duration")
                return nil
            }
            return .maxDuration(duration)
        case .executionAssertion:
            return reader.required("assert") { $0.template("assert") }.map { .assertion($0) }
        }
    }
}
