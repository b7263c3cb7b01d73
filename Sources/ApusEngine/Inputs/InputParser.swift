internal import ApusExpressions
public import ApusModel

extension InputDefinition {
    /// Reads the `inputs` of a flow, the `onResume` of a pause, and other lists of inputs.
    ///
    /// - Parameter list: A list of maps; null counts as an empty list.
    /// - Returns: The inputs that could be read, and all that is wrong: errors, and warnings about old names.
    public static func parse(
        _ list: Value, at path: ValuePath, positions: PositionMap, edition: Edition
    ) -> (definitions: [InputDefinition], faults: [Fault]) {
        var parser = InputParser(positions: positions, edition: edition)
        let definitions = parser.read(list, at: path)
        return (definitions, parser.allFaults)
    }
}

/// Reads declarations of inputs and collects what is wrong with them.
struct InputParser {
    let positions: PositionMap
    let edition: Edition
    var faults: [Fault] = []
    var templates: TemplateReader
    /// Where each id was declared, forms included; the later of two.
    var places: [String: ValuePath] = [:]
    /// Ids declared more than once, in the order of the second declarations.
    var doubles: [String] = []

    init(positions: PositionMap, edition: Edition) {
        self.positions = positions
        self.edition = edition
        templates = TemplateReader(positions: positions, edition: edition)
    }

    var allFaults: [Fault] { faults + templates.faults }

    /// A list of inputs by itself.
    mutating func read(_ list: Value, at path: ValuePath) -> [InputDefinition] {
        let definitions = inputs(list, at: path, form: nil)
        checkTogether(definitions, at: path)
        return definitions
    }

    mutating func fault(
        _ message: String, at path: ValuePath, _ severity: Fault.Severity = .error, remedy: String? = nil
    ) {
        faults.append(
            Fault(severity, message, at: path, position: positions.position(of: path), remedy: remedy))
    }

    /// - Parameter form: The id of the form whose inputs these are.
    mutating func inputs(_ list: Value, at path: ValuePath, form: String?) -> [InputDefinition] {
        if list.isNull { return [] }
        guard let items = list.listValue else {
            fault("expected a list of inputs, found a \(list.kind)", at: path)
            return []
        }
        var definitions: [InputDefinition] = []
        for (place, item) in items.enumerated() {
            let here = path.index(place)
            guard let map = item.mapValue else {
                fault("expected an input with `id` and `type`, found \(item.kind)", at: here)
                continue
            }
            if let definition = input(Declaration(map: map, path: here), form: form) {
                definitions.append(definition)
            }
        }
        return definitions
    }

    /// What a user wrote for one input.
    struct Declaration {
        let map: OrderedMap<Value>
        let path: ValuePath

        /// A key that is there and not null.
        func given(_ key: String) -> Value? {
            guard let value = map[key], !value.isNull else { return nil }
            return value
        }
    }

    private mutating func input(_ declaration: Declaration, form: String?) -> InputDefinition? {
        let id = id(of: declaration, kind: "input")
        if let id { note(form.map { "\($0).\(id)" } ?? id, at: declaration.path) }
        guard let typeName = typeName(of: declaration, kind: "input"), let id,
            let type = type(typeName, of: declaration, id: id, form: form)
        else { return nil }
        refuseUnknown(typeName, in: declaration)
        var definition = InputDefinition(id: id, type: type, typeName: typeName)
        definition.isRequired = flag("required", of: declaration) ?? true
        definition.displayName = text("displayName", of: declaration)
        definition.description = text("description", of: declaration)
        definition.prefill = declaration.given("prefill")
        definition.dependsOn = dependency(of: declaration)
        definition.defaults = defaults(of: declaration, for: definition)
        return definition
    }

    mutating func note(_ id: String, at path: ValuePath) {
        if places[id] != nil, !doubles.contains(id) { doubles.append(id) }
        places[id] = path
    }

    /// - Parameter kind: `input` or `output`, for messages.
    mutating func id(of declaration: Declaration, kind: String) -> String? {
        if kind == "input", declaration.given("id") == nil, let name = text("name", of: declaration) {
            fault(
                "`name` is the old word for `id`", at: declaration.path.key("name"), .warning,
                remedy: "write `id`")
            return valid(name, at: declaration.path.key("name"))
        }
        guard let id = text("id", of: declaration) else {
            if declaration.given("id") == nil { fault("the \(kind) has no `id`", at: declaration.path) }
            return nil
        }
        return valid(id, at: declaration.path.key("id"))
    }

    private mutating func valid(_ id: String, at path: ValuePath) -> String? {
        guard id.isInputID else {
            fault(
                "`\(InputRefusal.shortened(id))` is not a valid id: it takes letters and digits first, then also `.`, `_` and `-`",
                at: path)
            return nil
        }
        return id
    }

    mutating func typeName(of declaration: Declaration, kind: String) -> String? {
        let path = declaration.path.key("type")
        guard let value = declaration.given("type") else {
            fault(
                "Invalid type: null", at: declaration.path, remedy: "give the \(kind) a `type` such as STRING"
            )
            return nil
        }
        guard let name = value.stringValue, InputType(bare: name) != nil else {
            let text = InputRefusal.shortened(value.plainText)
            fault(
                "Invalid type: \(text)", at: path,
                remedy: NearestName.of(text, among: InputType.names).map { "did you mean `\($0)`?" })
            return nil
        }
        let modern = name == "BOOLEAN" ? "BOOL" : name == "ENUM" ? "SELECT" : name
        if modern != name {
            fault(
                "`\(name)` is the old word for `\(modern)`", at: path, .warning, remedy: "write `\(modern)`")
        }
        return name
    }

    /// What can be seen only when all inputs are read.
    mutating func checkTogether(_ definitions: [InputDefinition], at path: ValuePath) {
        if let first = doubles.first {
            fault("Duplicate input with name [\(doubles.joined(separator: ", "))]", at: places[first] ?? path)
        }
        let graph = InputGraph(definitions)
        for problem in graph.problems { fault(problem.message, at: places[problem.id] ?? path) }
        for (inner, outer) in graph.overlaps {
            fault(
                "`\(inner)` lies inside the value of `\(outer)`; one of them hides the other",
                at: places[inner] ?? path,
                .warning)
        }
    }
}

extension String {
    /// `^[a-zA-Z0-9][.a-zA-Z0-9_-]*$`
    var isInputID: Bool {
        guard let first = utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "_"),
            first != UInt8(ascii: "-")
        else { return false }
        return utf8.allSatisfy { byte in
            (48...57).contains(byte) || (97...122).contains(byte | 0x20) || "._-".utf8.contains(byte)
        }
    }
}
