import ApusExpressions
import ApusModel

/// Reads the properties of one map a user wrote and collects what is wrong with them.
struct PropertyReader {
    let map: OrderedMap<Value>
    let path: ValuePath
    let positions: PositionMap
    let edition: Edition
    private var ownFaults: [Fault] = []
    private var templates: TemplateReader

    var faults: [Fault] { ownFaults + templates.faults }
    /// The templates read so far.
    var placedTemplates: [PlacedTemplate] { templates.templates }

    init(_ map: OrderedMap<Value>, at path: ValuePath, positions: PositionMap, edition: Edition) {
        self.map = map
        self.path = path
        self.positions = positions
        self.edition = edition
        templates = TemplateReader(positions: positions, edition: edition)
    }

    mutating func fault(_ message: String, at key: String? = nil, remedy: String? = nil) {
        let place = key.map(path.key) ?? path
        ownFaults.append(
            Fault(message, at: place, position: positions.position(of: place), remedy: remedy))
    }

    mutating func add(_ fault: Fault) { ownFaults.append(fault) }

    /// A key that is given and not null.
    func given(_ key: String) -> Value? {
        guard let value = map[key], !value.isNull else { return nil }
        return value
    }

    mutating func flag(_ key: String, default fallback: Bool = false) -> Bool {
        switch given(key) {
        case nil: return fallback
        case .bool(let flag): return flag
        case .string("true"): return true
        case .string("false"): return false
        case .some(let value):
            fault("expected true or false, found the \(value.kind) \(value.json)", at: key)
            return false
        }
    }

    mutating func text(_ key: String) -> String? {
        switch given(key) {
        case nil: return nil
        case .string(let text): return text
        case .some(.int(let number)): return String(number)
        case .some(.double), .some(.bool), .some(.extended): return given(key)?.json
        case .some(let value):
            fault("expected a text, found a \(value.kind)", at: key)
            return nil
        }
    }

    mutating func duration(_ key: String) -> ISODuration? {
        guard let text = text(key) else { return nil }
        guard let duration = ISODuration(iso: text) else {
            fault("`\(text)` is not a duration", at: key, remedy: "write for example PT30S, PT5M or PT1H30M")
            return nil
        }
        return duration
    }

    mutating func integer(_ key: String, atLeast least: Int) -> Int? {
        switch given(key) {
        case nil: return nil
        case .int(let number) where number >= least && number <= Int32.max: return Int(number)
        case .string(let text):
            if let number = Int(text), number >= least { return number }
        case .some: break
        }
        fault("expected a whole number of at least \(least), found \(given(key)?.json ?? "nothing")", at: key)
        return nil
    }

    mutating func number(_ key: String) -> Double? {
        switch given(key) {
        case nil: return nil
        case .int(let number): return Double(number)
        case .double(let number): return number
        case .some(let value):
            fault("expected a number, found the \(value.kind) \(value.json)", at: key)
            return nil
        }
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, _: Choice.Type) -> Choice?
    where Choice.RawValue == String {
        guard let text = text(key) else { return nil }
        if let choice = Choice(rawValue: text.uppercased()) ?? Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        fault(
            "Cannot deserialize value of type `\(Self.name(of: Choice.self))` from String \"\(text)\"; accepted: \(names)",
            at: key)
        return nil
    }

    /// The name clients know a closed set of values by.
    private static func name(of type: Any.Type) -> String {
        type == LogLevel.self ? "org.slf4j.event.Level" : "\(type)"
    }

    mutating func template(_ key: String) -> Template? {
        guard let text = text(key) else { return nil }
        return templates.template(text, at: path.key(key))
    }

    /// A template that was made here, not written by the user.
    mutating func compiled(_ text: String) -> Template? { templates.template(text, at: path) }

    /// A template made of a part of a property's value.
    mutating func compiled(_ text: String, at key: String) -> Template? {
        templates.template(text, at: path.key(key))
    }

    /// A template whose result is a duration; one without expression is checked here.
    mutating func durationTemplate(_ key: String) -> Template? {
        guard let template = template(key) else { return nil }
        if template.isLiteral, ISODuration(iso: template.source) == nil {
            fault(
                "`\(template.source)` is not a duration", at: key,
                remedy: "write for example PT30S, PT5M or PT1H30M")
            return nil
        }
        return template
    }

    mutating func integerProperty(_ key: String, default fallback: Int) -> IntegerProperty {
        if case .string(let text) = given(key), text.contains("{") {
            return template(key).map { .template($0) } ?? .literal(fallback)
        }
        return .literal(integer(key, atLeast: 0) ?? fallback)
    }

    /// - Parameter isPlaced: False for templates that are rendered with variables the analysis cannot know.
    mutating func tree(_ key: String, isPlaced: Bool = true) -> TemplateTree? {
        guard let value = given(key) else { return nil }
        return templates.tree(value, at: path.key(key), isPlaced: isPlaced)
    }

    /// A part of the map itself as templates.
    mutating func tree(of part: OrderedMap<Value>) -> TemplateTree { templates.tree(.map(part), at: path) }

    /// The same for a task that renders some texts itself.
    ///
    /// - Parameter isOwn: Whether the task renders the text of a key itself, with variables of its own: it stays
    ///   as it is.
    /// - Returns: The templates that the task renders itself too, for what they read.
    mutating func tree(
        of part: OrderedMap<Value>, isOwn: (String) -> Bool
    ) -> (tree: TemplateTree, own: [Template]) {
        var (rendered, kept) = (part, OrderedMap<Value>())
        var own: [Template] = []
        for (key, value) in part {
            guard case .string(let text) = value, isOwn(key) else { continue }
            rendered[key] = nil
            kept[key] = value
            if let template = templates.template(text, at: path.key(key), isPlaced: false) {
                own.append(template)
            }
        }
        let tree = templates.tree(.map(rendered), at: path)
        guard !kept.isEmpty else { return (tree, []) }
        switch tree {
        case .map(let entries):
            return (.map(entries + kept.map { (.literal(.string($0)), .literal($1)) }), own)
        case .literal, .template, .attempt, .typed, .list: return (.literal(.map(part)), own)
        }
    }

    /// Reads the properties of a map that is itself a property; `nil` when it is not given or not a map, which the
    /// type's declaration reports.
    mutating func inside<Result>(_ key: String, _ read: (inout PropertyReader) -> Result) -> Result? {
        guard let map = given(key)?.mapValue else { return nil }
        var nested = PropertyReader(map, at: path.key(key), positions: positions, edition: edition)
        let result = read(&nested)
        ownFaults += nested.ownFaults
        templates.take(nested.templates)
        return result
    }

    /// Keys of the map that are none of these.
    mutating func refuseUnknown(besides known: [String], of type: String) {
        for key in map.keys where !known.contains(key) {
            let place = path.key(key)
            ownFaults.append(
                Fault(
                    "Unrecognized field \"\(key)\" (class \(type)), not marked as ignorable", at: place,
                    position: positions.positionOfKey(place),
                    remedy: NearestName.of(key, among: known).map { "did you mean `\($0)`?" }))
        }
    }
}
