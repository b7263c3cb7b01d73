internal import ApusModel

/// Holds values against a JSON Schema, by the keywords people use for inputs. Unknown keywords are ignored, as
/// the specification asks.
///
/// Source: JSON Schema, draft 2020-12, validation vocabulary.
struct JSONSchemaCheck {
    /// References may lead in circles, so the work is bounded.
    private static let maxChecks = 200_000

    private let root: Value
    private var checks = 0

    /// The first thing that is wrong with a value, with its place; `nil` when it fits.
    static func violation(of schema: Value, by value: Value) -> String? {
        var check = JSONSchemaCheck(root: schema)
        return check.violation(of: schema, by: value, at: ValuePath(), depth: 0)
    }

    private init(root: Value) { self.root = root }

    private mutating func violation(of schema: Value, by value: Value, at path: ValuePath, depth: Int)
        -> String?
    {
        checks += 1
        guard checks <= Self.maxChecks, depth < JSONParser.maxDepth else {
            return "the schema is too deep to be checked"
        }
        if schema == .bool(false) { return Self.at(path, "nothing is allowed here") }
        guard let rules = schema.mapValue else { return nil }
        if let reference = rules["$ref"]?.stringValue {
            guard let target = resolved(reference) else {
                return "the schema refers to `\(reference)`, which is not in it"
            }
            if let found = violation(of: target, by: value, at: path, depth: depth + 1) { return found }
        }
        if let found = Self.plainViolation(rules, value) { return Self.at(path, found) }
        if let found = combined(rules, value, path, depth) { return found }
        switch value {
        case .map(let entries): return inObject(rules, entries, path, depth)
        case .list(let items): return inList(rules, items, path, depth)
        case .null, .bool, .int, .double, .string, .extended: return nil
        }
    }

    private static func at(_ path: ValuePath, _ message: String) -> String {
        path.steps.isEmpty ? message : "`\(path)`: \(message)"
    }

    /// `#/$defs/a`, `#/definitions/a` and other ways from the root.
    private func resolved(_ reference: String) -> Value? {
        guard reference.hasPrefix("#") else { return nil }
        var current = root
        for part in reference.dropFirst().split(separator: "/") {
            let key = part.replacing("~1", with: "/").replacing("~0", with: "~")
            guard let next = current[String(key)] else { return nil }
            current = next
        }
        return current
    }

    // MARK: Keywords that look at the value alone

    private static func plainViolation(_ rules: OrderedMap<Value>, _ value: Value) -> String? {
        if let types = rules["type"] {
            let names = (types.listValue ?? [types]).compactMap(\.stringValue)
            if !names.contains(where: { matches(value, $0) }) {
                return "expected \(names.joined(separator: " or ")), found \(value.kind)"
            }
        }
        if let allowed = rules["enum"]?.listValue, !allowed.contains(where: { isSame($0, value) }) {
            return "expected one of \(Value.list(allowed).json)"
        }
        if let constant = rules["const"], !isSame(constant, value) { return "expected \(constant.json)" }
        if let number = number(value), let found = numberViolation(rules, number) { return found }
        if let text = value.stringValue { return textViolation(rules, text) }
        return nil
    }

    private static func matches(_ value: Value, _ type: String) -> Bool {
        switch (type, value) {
        case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .list), ("object", .map),
            ("integer", .int), ("number", .int), ("number", .double), ("number", .extended(.decimal)),
            ("integer", .extended(.decimal)):
            true
        case ("integer", .double(let number)): number.rounded() == number
        default: false
        }
    }

    private static func isSame(_ left: Value, _ right: Value) -> Bool {
        if left == right { return true }
        guard let left = number(left), let right = number(right) else { return false }
        return left == right
    }

    private static func number(_ value: Value) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .null, .bool, .string, .list, .map, .extended: nil
        }
    }

    private static func numberViolation(_ rules: OrderedMap<Value>, _ value: Double) -> String? {
        if let limit = rules["minimum"].flatMap(number), value < limit { return "must be at least \(limit)" }
        if let limit = rules["maximum"].flatMap(number), value > limit { return "must be at most \(limit)" }
        if let limit = rules["exclusiveMinimum"].flatMap(number), value <= limit {
            return "must be more than \(limit)"
        }
        if let limit = rules["exclusiveMaximum"].flatMap(number), value >= limit {
            return "must be less than \(limit)"
        }
        if let factor = rules["multipleOf"].flatMap(number), factor > 0 {
            let quotient = value / factor
            if (quotient - quotient.rounded()).magnitude > 1e-9 { return "must be a multiple of \(factor)" }
        }
        return nil
    }

    private static func textViolation(_ rules: OrderedMap<Value>, _ text: String) -> String? {
        let length = text.unicodeScalars.count
        if let limit = rules["minLength"]?.intValue, length < limit {
            return "must have at least \(limit) characters"
        }
        if let limit = rules["maxLength"]?.intValue, length > limit {
            return "must have at most \(limit) characters"
        }
        guard let source = rules["pattern"]?.stringValue else { return nil }
        // Patterns of a schema match anywhere. One that cannot be read refuses, rather than let all through.
        guard let pattern = try? ValidatorPattern("(?s:.*(?:\(source)).*)"),
            pattern.matchesWhole(text) == true
        else { return "must match the pattern `\(source)`" }
        return nil
    }

    // MARK: Keywords that lead to other schemas

    private mutating func combined(
        _ rules: OrderedMap<Value>, _ value: Value, _ path: ValuePath, _ depth: Int
    ) -> String? {
        for schema in rules["allOf"]?.listValue ?? [] {
            if let found = violation(of: schema, by: value, at: path, depth: depth + 1) { return found }
        }
        if let schemas = rules["anyOf"]?.listValue {
            guard count(of: schemas, value, path, depth) > 0 else {
                return Self.at(path, "fits none of `anyOf`")
            }
        }
        if let schemas = rules["oneOf"]?.listValue {
            let fitting = count(of: schemas, value, path, depth)
            guard fitting == 1 else { return Self.at(path, "fits \(fitting) of `oneOf`, not one") }
        }
        if let schema = rules["not"], violation(of: schema, by: value, at: path, depth: depth + 1) == nil {
            return Self.at(path, "fits what it must not be")
        }
        if let condition = rules["if"] {
            let holds = violation(of: condition, by: value, at: path, depth: depth + 1) == nil
            if let schema = rules[holds ? "then" : "else"] {
                return violation(of: schema, by: value, at: path, depth: depth + 1)
            }
        }
        return nil
    }

    private mutating func count(of schemas: [Value], _ value: Value, _ path: ValuePath, _ depth: Int) -> Int {
        var count = 0
        for schema in schemas where violation(of: schema, by: value, at: path, depth: depth + 1) == nil {
            count += 1
        }
        return count
    }

    private mutating func inObject(
        _ rules: OrderedMap<Value>, _ entries: OrderedMap<Value>, _ path: ValuePath, _ depth: Int
    ) -> String? {
        for name in (rules["required"]?.listValue ?? []).compactMap(\.stringValue) where entries[name] == nil
        {
            return Self.at(path, "`\(name)` is missing")
        }
        if let limit = rules["minProperties"]?.intValue, entries.count < limit {
            return Self.at(path, "must have at least \(limit) entries")
        }
        if let limit = rules["maxProperties"]?.intValue, entries.count > limit {
            return Self.at(path, "must have at most \(limit) entries")
        }
        let properties = rules["properties"]?.mapValue
        for (key, value) in entries {
            let schema: Value
            if let known = properties?[key] {
                schema = known
            } else if let other = rules["additionalProperties"], rules["patternProperties"] == nil {
                guard other != .bool(false) else { return Self.at(path, "`\(key)` is not allowed") }
                schema = other
            } else {
                continue
            }
            if let found = violation(of: schema, by: value, at: path.key(key), depth: depth + 1) {
                return found
            }
        }
        return nil
    }

    private mutating func inList(
        _ rules: OrderedMap<Value>, _ items: [Value], _ path: ValuePath, _ depth: Int
    ) -> String? {
        if let limit = rules["minItems"]?.intValue, items.count < limit {
            return Self.at(path, "must have at least \(limit) items")
        }
        if let limit = rules["maxItems"]?.intValue, items.count > limit {
            return Self.at(path, "must have at most \(limit) items")
        }
        if rules["uniqueItems"] == .bool(true), Set(items).count < items.count {
            return Self.at(path, "the items must differ")
        }
        let first = rules["prefixItems"]?.listValue ?? []
        for (place, item) in items.enumerated() {
            guard let schema = place < first.count ? first[place] : rules["items"] else { continue }
            if let found = violation(of: schema, by: item, at: path.index(place), depth: depth + 1) {
                return found
            }
        }
        return nil
    }
}
