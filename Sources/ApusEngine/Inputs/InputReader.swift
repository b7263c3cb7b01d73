internal import ApusModel

/// Turns what was given into values of the types of inputs.
struct InputReader {
    let edition: Edition
    /// Things that were accepted but look wrong, half sentences without the input's name.
    private(set) var warnings: [String] = []

    init(edition: Edition) { self.edition = edition }

    /// The typed and checked value; `nil` when what was given amounts to nothing.
    ///
    /// The options of choices must be known; forms have no value of their own.
    mutating func read(_ given: GivenInput, as type: InputType) throws(InputRefusal) -> Value? {
        switch given {
        case .text(let text): return try read(.string(text), as: type, isTyped: false)
        case .value(let value): return try read(value, as: type, isTyped: true)
        case .file(let uri, let name):
            guard case .file(let extensions) = type else {
                throw InputRefusal("a file was given, but it takes \(type.name)")
            }
            return try InputFiles.uploaded(uri, named: name, extensions: extensions)
        }
    }

    /// - Parameter isTyped: Whether the value has passed through JSON, where a duration is a number of seconds.
    mutating func read(_ value: Value, as type: InputType, isTyped: Bool) throws(InputRefusal) -> Value? {
        if value.isNull { return nil }
        if value == .string(""), !type.takesEmptyText { return nil }
        switch type {
        case .string(let validator): return .string(try text(value.plainText, matching: validator))
        case .secret(let validator): return try secret(value, matching: validator)
        case .select(let choices): return try selected(value, of: choices)
        case .multiselect(let choices, let item): return try selected(value, of: choices, item: item)
        case .int(let min, let max): return .int(try Bounds(min, max).check(try integer(value)))
        case .float(let min, let max): return .double(try Bounds(min, max).check(try number(value)))
        case .bool: return .bool(try flag(value))
        case .dateTime, .date, .time, .duration: return try InputTimes.read(value, as: type, isTyped: isTyped)
        case .file(let extensions): return try InputFiles.reference(value, extensions: extensions)
        case .json(let schema): return try json(value, schema: schema)
        case .yaml: return try InputTexts.yaml(value)
        case .ion: return try InputTexts.ion(value)
        case .uri: return try InputTexts.uri(value)
        case .email: return try InputTexts.email(value)
        case .array(let item): return try array(value, of: item)
        case .form: throw InputRefusal("a form has no value; give its inputs one by one")
        }
    }

    private func text(_ text: String, matching validator: ValidatorPattern?) throws(InputRefusal) -> String {
        guard let validator else { return text }
        switch validator.matchesWhole(text) {
        case true?: return text
        case false?: throw InputRefusal("it must match the pattern `\(validator.source)`")
        case nil: throw InputRefusal("it is too long to be checked against the pattern `\(validator.source)`")
        }
    }

    /// Secrets that are encrypted already, from a parent flow or a default, stay as they are.
    private func secret(_ value: Value, matching validator: ValidatorPattern?) throws(InputRefusal) -> Value {
        value.isEncrypted ? value : .string(try text(value.plainText, matching: validator))
    }

    private func integer(_ value: Value) throws(InputRefusal) -> Int64 {
        switch value {
        case .int(let number): return number
        case .double(let number):
            guard let exact = Int64(exactly: number) else { break }
            return exact
        case .string(let text):
            guard let number = Int64(text) else { break }
            return number
        case .null, .bool, .list, .map, .extended: break
        }
        throw InputRefusal("it must be an integer of at most 64 bits")
    }

    private func number(_ value: Value) throws(InputRefusal) -> Double {
        switch value {
        case .int(let number): return Double(number)
        case .double(let number) where number.isFinite: return number
        case .string(let text):
            guard let number = Self.decimal(text) else { break }
            return number
        case .extended(.float), .extended(.decimal):
            guard let number = Self.decimal(value.plainText) else { break }
            return number
        case .null, .bool, .double, .list, .map, .extended: break
        }
        throw InputRefusal("it must be a number")
    }

    /// Decimal digits with point and exponent; the words and hexadecimal forms of Swift are not numbers here.
    private static func decimal(_ text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy { byte in
            (48...57).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isPlain, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    private mutating func flag(_ value: Value) throws(InputRefusal) -> Bool {
        if let flag = value.boolValue { return flag }
        let word = value.plainText.lowercased()
        if edition == .two {
            if word != "true", word != "false" { warnings.append("`\(word.prefix(50))` counts as false") }
            return word == "true"
        }
        switch word {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0": return false
        default: throw InputRefusal("it must be `true` or `false`")
        }
    }

    private func selected(_ value: Value, of choices: Choices) throws(InputRefusal) -> Value {
        let text = value.plainText
        guard choices.allows(text) else {
            throw InputRefusal("it must match the values `\(choices.listing)`")
        }
        return .string(text)
    }

    private mutating func selected(
        _ value: Value, of choices: Choices, item: InputType
    ) throws(InputRefusal) -> Value {
        let items = try list(value)
        for item in items where !choices.allows(item.plainText) {
            let shown = InputRefusal.shortened(item.plainText)
            throw InputRefusal("value `\(shown)` doesn't match the values `\(choices.listing)`")
        }
        return .list(try read(items, as: item))
    }

    private mutating func array(_ value: Value, of item: InputType?) throws(InputRefusal) -> Value {
        let items = try list(value)
        guard let item else { return .list(items) }
        return .list(try read(items, as: item))
    }

    private mutating func read(_ items: [Value], as type: InputType) throws(InputRefusal) -> [Value] {
        var result: [Value] = []
        result.reserveCapacity(items.count)
        for item in items {
            do {
                result.append(try read(item, as: type, isTyped: true) ?? .null)
            } catch {
                let shown = InputRefusal.shortened(item.plainText)
                throw InputRefusal(
                    "Unable to parse array element as `\(type.name)` on `\(shown)`: \(error.cause)")
            }
        }
        return result
    }

    /// A list, or the JSON text of one.
    private func list(_ value: Value) throws(InputRefusal) -> [Value] {
        if let items = value.listValue { return items }
        guard let text = value.stringValue, let items = (try? JSONParser.parse(text))?.listValue else {
            // The place of a JSON fault says less than what was expected.
            throw InputRefusal("it must be a JSON list such as `[\"a\", \"b\"]`")
        }
        return items
    }

    private func json(_ value: Value, schema: Value?) throws(InputRefusal) -> Value? {
        var value = value
        if let text = value.stringValue {
            do {
                value = try JSONParser.parse(text)
            } catch {
                throw InputRefusal("it must be JSON: \(error)")
            }
        }
        if value.isNull { return nil }
        if let schema, let violation = JSONSchemaCheck.violation(of: schema, by: value) {
            throw InputRefusal("it does not fit the JSON Schema: \(violation)")
        }
        return value
    }
}

extension Value {
    /// The stored form of a secret.
    var isEncrypted: Bool {
        self["type"]?.stringValue == "io.kestra.datatype:aes_encrypted" && self["value"]?.stringValue != nil
    }
}
