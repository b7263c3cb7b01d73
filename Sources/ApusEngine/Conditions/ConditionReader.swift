import ApusExpressions
import ApusModel
import ApusSchema

/// Makes a list of conditions into one predicate, and collects what is wrong with them.
struct ConditionReader {
    private static let depthLimit = 32

    let catalogue: Catalogue
    let positions: PositionMap
    let edition: Edition
    let subject: ConditionSubject
    private(set) var faults: [Fault] = []
    private(set) var properties: PropertyReader
    private var depth = 0

    init(catalogue: Catalogue, positions: PositionMap, edition: Edition, subject: ConditionSubject) {
        self.catalogue = catalogue
        self.positions = positions
        self.edition = edition
        self.subject = subject
        properties = PropertyReader([:], at: ValuePath(), positions: positions, edition: edition)
    }

    mutating func fault(_ message: String, at path: ValuePath, remedy: String? = nil) {
        faults.append(Fault(message, at: path, position: positions.position(of: path), remedy: remedy))
    }

    /// Worth telling, though the condition works.
    mutating func warn(_ message: String, at path: ValuePath, remedy: String) {
        faults.append(
            Fault(.warning, message, at: path, position: positions.position(of: path), remedy: remedy))
    }

    /// All conditions of a list.
    ///
    /// - Parameter others: Places of conditions that are read elsewhere.
    mutating func all(_ value: Value, at path: ValuePath, besides others: Set<Int> = []) -> [Predicate] {
        if value.isNull { return [] }
        guard let items = value.listValue else {
            fault("expected a list of conditions, found a \(value.kind)", at: path)
            return []
        }
        return items.enumerated().compactMap { others.contains($0) ? nil : condition($1, at: path.index($0)) }
    }

    mutating func condition(_ value: Value, at path: ValuePath) -> Predicate? {
        guard depth < Self.depthLimit else {
            fault("conditions are nested more than \(Self.depthLimit) deep", at: path)
            return nil
        }
        guard var map = value.mapValue, let type = map["type"]?.stringValue else {
            fault("expected a condition with a `type`, found a \(value.kind)", at: path)
            return nil
        }
        guard let condition = catalogue.canonicalName(type).flatMap(ConditionTypes.named) else {
            let names = ConditionTypes.schemas.map(\.type)
            fault(
                "Invalid type: \(type)", at: path.key("type"),
                remedy: NearestName.of(type, among: names).map { "did you mean `\($0)`?" }
                    ?? "no condition of this name can be used here")
            return nil
        }
        map["type"] = nil
        let found = condition.schema.validate(map, at: path, positions: positions, catalogue: catalogue)
        faults += found
        guard found.isEmpty else { return nil }
        let outer = properties
        depth += 1
        properties = PropertyReader(map, at: path, positions: positions, edition: edition)
        defer {
            faults += properties.faults
            properties = outer
            depth -= 1
        }
        return condition.compile(&self)
    }

    /// The conditions below `conditions` of the one being read.
    mutating func inner() -> [Predicate] {
        all(properties.given("conditions") ?? .null, at: properties.path.key("conditions"))
    }

    mutating func template(_ key: String) -> Predicate? { properties.template(key).map(Predicate.template) }

    /// An expression of ours as a predicate.
    mutating func holds(_ expression: String) -> Predicate? {
        properties.compiled("{{ \(expression) }}").map(Predicate.template)
    }

    /// The expression for a property that is a text; `nil` when it is not there.
    mutating func text(_ key: String) -> String? { properties.text(key).map(ExpressionText.rendered) }

    /// The expression for a property that is a list of texts, or a template that gives one.
    mutating func texts(_ key: String) -> String? {
        guard let value = properties.given(key) else { return nil }
        if let items = value.listValue {
            return
                "[\(items.map { ExpressionText.rendered($0.stringValue ?? $0.json) }.joined(separator: ", "))]"
        }
        return value.stringValue.map(ExpressionText.rendered)
    }

    /// The date a condition is about.
    mutating func date() -> String { text("date") ?? subject.date }
}
