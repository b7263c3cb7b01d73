internal import ApusModel

/// Collects what in values does not fit their types.
///
/// The wording begins as clients of the product know it.
struct ValueCheck {
    /// The plugin type in whose properties the values stand.
    let owner: String
    let positions: PositionMap
    /// `nil`: nested plugins are not looked up.
    let catalogue: Catalogue?
    /// Rendering is done: what still looks like an expression is text.
    var isRendered = false
    private(set) var faults: [Fault] = []

    init(owner: String, positions: PositionMap, catalogue: Catalogue?, isRendered: Bool = false) {
        self.owner = owner
        self.positions = positions
        self.catalogue = catalogue
        self.isRendered = isRendered
    }

    mutating func check(
        _ entries: OrderedMap<Value>, against properties: [PropertySchema],
        also common: [PropertySchema] = [],
        at path: ValuePath, isDynamic: Bool
    ) {
        for (name, value) in entries {
            let place = path.key(name)
            if let property = properties.first(where: { $0.isNamed(name) })
                ?? common.first(where: { $0.isNamed(name) })
            {
                guard !value.isNull else { continue }
                if let refusal = property.refusal {
                    if !Self.isNothing(value) {
                        add("`\(name)` \(refusal)", at: place, remedy: "remove `\(name)`")
                    }
                    continue
                }
                check(value, is: property.valueType, isDynamic: isDynamic && property.isDynamic, at: place)
                if property.isRequired, property.valueType == .tasks, value.listValue?.isEmpty == true {
                    add("must not be empty", at: place, remedy: "add at least one task")
                }
            } else {
                addUnknown(name, among: properties + common, at: place)
            }
        }
        for property in properties where property.isRequired {
            let names = [property.name] + property.aliases
            guard !names.contains(where: { entries[$0].map { !$0.isNull } ?? false }) else { continue }
            add("must not be null", at: path.key(property.name), remedy: "add `\(property.name)`")
        }
    }

    /// What leaves a property as if it were not there.
    private static func isNothing(_ value: Value) -> Bool {
        switch value {
        case .null: true
        case .string(let text): text.isEmpty
        case .list(let items): items.isEmpty
        case .map(let entries): entries.isEmpty
        case .bool, .int, .double, .extended: false
        }
    }

    mutating func check(_ value: Value, is type: ValueType, isDynamic: Bool, at path: ValuePath) {
        if isDynamic, case .string(let text) = value, Self.hasExpression(text) { return }
        switch type {
        case .any: break
        case .string: require(Conversion.text(value), value, type, at: path)
        case .integer: require(Conversion.integer(value), value, type, at: path)
        case .number: require(Conversion.number(value), value, type, at: path)
        case .boolean: require(Conversion.boolean(value), value, type, at: path)
        case .duration:
            require(
                Conversion.duration(value), value, type, at: path, remedy: "write it as `PT1H30M` or `P1D`")
        case .instant:
            require(
                Conversion.instant(value), value, type, at: path, remedy: "write it as `2026-01-31T10:00:00Z`"
            )
        case .enumeration(let names): checkChoice(value, among: names, at: path)
        case .list(let element):
            guard let items = require(Conversion.list(value), value, type, at: path) else { return }
            for (place, item) in items.enumerated() where !item.isNull {
                check(item, is: element, isDynamic: isDynamic, at: path.index(place))
            }
        case .map(let element):
            guard let entries = require(Conversion.map(value), value, type, at: path) else { return }
            for (key, item) in entries where !item.isNull {
                check(item, is: element, isDynamic: isDynamic, at: path.key(key))
            }
        case .object(let properties):
            guard let entries = require(Conversion.map(value), value, type, at: path) else { return }
            check(entries, against: properties, at: path, isDynamic: isDynamic)
        case .plugin(let base): checkPlugin(value, base: base, at: path)
        case .tasks: checkTasks(value, at: path)
        case .either(let alternatives): checkEither(value, alternatives, isDynamic: isDynamic, at: path)
        }
    }

    @discardableResult
    private mutating func require<T>(
        _ converted: T?, _ value: Value, _ type: ValueType, at path: ValuePath, remedy: String? = nil
    ) -> T? {
        if converted == nil {
            var remedy = remedy
            if !isRendered, case .string(let text) = value, Self.hasExpression(text) {
                remedy = "this property is not rendered: write the value itself"
            }
            add(Self.message(value, type: type.words), at: path, remedy: remedy)
        }
        return converted
    }

    private mutating func checkChoice(_ value: Value, among names: [String], at path: ValuePath) {
        let text = Conversion.text(value)
        if let text, names.contains(text) { return }
        let near = text.flatMap { NearestName.of($0, among: names) }
        add(
            Self.message(value, type: Self.name(of: names))
                + ": the accepted values are [\(names.joined(separator: ", "))]", at: path,
            remedy: near.map { "did you mean `\($0)`?" } ?? "use one of the accepted values")
    }

    /// The name clients know a closed set of values by; some match error messages against it.
    private static func name(of names: [String]) -> String {
        names == LogLevel.allCases.map(\.rawValue) ? "org.slf4j.event.Level" : "enum"
    }

    private mutating func checkEither(
        _ value: Value, _ alternatives: [ValueType], isDynamic: Bool, at path: ValuePath
    ) {
        var nearest: [Fault]?
        for alternative in alternatives {
            var attempt = ValueCheck(
                owner: owner, positions: positions, catalogue: catalogue, isRendered: isRendered)
            attempt.check(value, is: alternative, isDynamic: isDynamic, at: path)
            if attempt.faults.isEmpty { return }
            // Faults deeper inside mean that the form as a whole was right.
            if nearest == nil, attempt.faults.allSatisfy({ $0.path != path }) { nearest = attempt.faults }
        }
        if let nearest {
            faults += nearest
        } else {
            add(Self.message(value, type: ValueType.either(alternatives).words), at: path)
        }
    }

    private mutating func checkTasks(_ value: Value, at path: ValuePath) {
        guard let tasks = require(value.listValue, value, .tasks, at: path) else { return }
        for (place, task) in tasks.enumerated() where task.mapValue == nil {
            add(
                task.isNull ? "must not be null" : Self.message(task, type: "task"), at: path.index(place),
                remedy: "write a task with `id` and `type`")
        }
    }

    private mutating func checkPlugin(_ value: Value, base: String, at path: ValuePath) {
        guard var properties = require(value.mapValue, value, .plugin(base: base), at: path) else { return }
        let place = path.key("type")
        guard let type = properties["type"]?.stringValue else {
            return add("must not be null", at: place, remedy: "name the plugin with `type`")
        }
        guard let catalogue else { return }
        guard let schema = catalogue.schema(named: type) else {
            let near = catalogue.nearest(to: type)
            return add("Invalid type: \(type)", at: place, remedy: near.map { "did you mean `\($0)`?" })
        }
        guard schema.kind.belongs(to: base) else {
            return add(
                "Invalid type: \(type)", at: place,
                remedy: "it is a \(schema.kind.words), here belongs a \(base)")
        }
        properties["type"] = nil
        faults += schema.validate(properties, at: path, positions: positions, catalogue: catalogue)
    }

    private mutating func addUnknown(_ name: String, among properties: [PropertySchema], at path: ValuePath) {
        let names = properties.map(\.name)
        let known = names.map { "\"\($0)\"" }.joined(separator: ", ")
        let near = NearestName.of(name, among: names + properties.flatMap(\.aliases))
        faults.append(
            Fault(
                .error,
                "Unrecognized field \"\(name)\" (class \(owner)), not marked as ignorable "
                    + "(\(names.count) known properties: \(known))",
                at: path, position: positions.positionOfKey(path),
                remedy: near.map { "did you mean `\($0)`?" } ?? "remove it"))
    }

    private mutating func add(_ message: String, at path: ValuePath, remedy: String? = nil) {
        faults.append(
            Fault(.error, message, at: path, position: positions.position(of: path), remedy: remedy))
    }

    /// ``Cannot deserialize value of type `integer` from String "x"``.
    static func message(_ value: Value, type: String) -> String {
        let found =
            switch value {
            case .null: "null"
            case .bool(let flag): "Boolean value (\(flag))"
            case .int(let number): "Integer value (\(number))"
            case .double(let number): "Floating-point value (\(number))"
            case .string(let text): "String \"\(text.count > 100 ? text.prefix(100) + "…" : text)\""
            case .list: "Array value"
            case .map: "Object value"
            case .extended(let extended): "\(extended.kind) \"\(extended.text.prefix(100))\""
            }
        return "Cannot deserialize value of type `\(type)` from \(found)"
    }

    private static func hasExpression(_ text: String) -> Bool {
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if previous == UInt8(ascii: "{"),
                byte == UInt8(ascii: "{") || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "#")
            {
                return true
            }
            previous = byte
        }
        return false
    }
}

extension TypeSchema.Kind {
    fileprivate var words: String {
        switch self {
        case .runnable, .inline, .flow: "task"
        case .trigger: "trigger"
        case .condition: "condition"
        case .taskRunner: "task runner"
        case .other: "plugin of another kind"
        }
    }

    fileprivate func belongs(to base: String) -> Bool {
        switch base {
        case "task": self == .runnable || self == .inline || self == .flow
        case "trigger": self == .trigger
        case "condition": self == .condition
        case "taskRunner": self == .taskRunner
        default: true
        }
    }
}
