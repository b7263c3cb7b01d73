internal import ApusExpressions
internal import ApusModel

/// The rules each type brings with it.
extension InputParser {
    /// - Parameter form: The id of the form the input stands in.
    mutating func type(
        _ name: String, of declaration: Declaration, id: String, form: String?
    ) -> InputType? {
        switch name {
        case "STRING": return .string(validator: validator(of: declaration))
        case "SECRET": return .secret(validator: validator(of: declaration))
        case "SELECT", "ENUM": return .select(choices(of: declaration))
        case "MULTISELECT":
            let item = itemType(of: declaration) ?? .string(validator: nil)
            return .multiselect(choices(of: declaration), item: item)
        case "INT":
            let bounds = bounds("min", "max", of: declaration, "an integer", Self.integer)
            return .int(min: bounds.min, max: bounds.max)
        case "FLOAT":
            let bounds = bounds("min", "max", of: declaration, "a number", Self.number)
            return .float(min: bounds.min, max: bounds.max)
        case "DATETIME":
            let bounds = bounds("after", "before", of: declaration, "a date and time with its zone") {
                try? InputTimes.instant($0)  // the fault names what was expected
            }
            return .dateTime(after: bounds.min, before: bounds.max)
        case "DATE":
            let bounds = bounds("after", "before", of: declaration, "a date") { try? InputTimes.date($0) }
            return .date(after: bounds.min, before: bounds.max)
        case "TIME":
            let bounds = bounds("after", "before", of: declaration, "a time of day in quotes") {
                try? InputTimes.time($0)
            }
            return .time(after: bounds.min, before: bounds.max)
        case "DURATION":
            let bounds = bounds("min", "max", of: declaration, "an ISO 8601 duration") {
                try? InputTimes.duration($0, isTyped: false)
            }
            return .duration(min: bounds.min, max: bounds.max)
        case "FILE": return .file(extensions: extensions(of: declaration))
        case "JSON": return .json(schema: schema(of: declaration))
        case "ARRAY":
            if declaration.given("itemType") == nil {
                fault(
                    "an ARRAY input needs an `itemType`", at: declaration.path,
                    remedy: "for example `itemType: STRING`")
            }
            return .array(item: itemType(of: declaration))
        case "FORM": return self.form(declaration, id: id, outer: form)
        default: return InputType(bare: name)
        }
    }

    private mutating func validator(of declaration: Declaration) -> ValidatorPattern? {
        guard let source = text("validator", of: declaration) else { return nil }
        do {
            return try ValidatorPattern(source)
        } catch {
            fault(
                "the `validator` is not a regular expression: \(error.message) (character \(error.column))",
                at: declaration.path.key("validator"))
            return nil
        }
    }

    private mutating func choices(of declaration: Declaration) -> Choices {
        let key =
            declaration.given("values") == nil && declaration.given("options") != nil ? "options" : "values"
        let path = declaration.path.key(key)
        if key == "options" {
            fault("`options` is the old word for `values`", at: path, .warning, remedy: "write `values`")
        }
        var choices = Choices()
        choices.expression = template("expression", of: declaration)
        choices.allowsOthers = flag("allowCustomValue", of: declaration) ?? false
        choices.selectsFirst = flag("autoSelectFirst", of: declaration) ?? false
        _ = flag("isRadio", of: declaration)
        switch declaration.given(key) {
        case nil:
            if declaration.given("expression") == nil {
                fault(
                    "the input offers nothing to choose from", at: declaration.path,
                    remedy: "give it `values`")
            }
        case .list(let items)?:
            if items.isEmpty { fault("`\(key)` must not be empty", at: path) }
            if declaration.given("expression") != nil {
                fault("`\(key)` and `expression` exclude each other", at: path)
            }
            if let options = Choices.options(from: items) {
                choices.options = options
            } else {
                fault("each of the `\(key)` is a text, or a map of `label` and `value`", at: path)
            }
        case .some(let value): fault("expected a list, found a \(value.kind)", at: path)
        }
        return choices
    }

    private mutating func itemType(of declaration: Declaration) -> InputType? {
        guard let name = text("itemType", of: declaration) else { return nil }
        let path = declaration.path.key("itemType")
        guard let type = InputType(bare: name) else {
            fault(
                "Invalid type: \(InputRefusal.shortened(name))", at: path,
                remedy: NearestName.of(name, among: InputType.names).map { "did you mean `\($0)`?" })
            return nil
        }
        guard type.canBeItem else {
            fault("`itemType` cannot be `\(name)`", at: path)
            return nil
        }
        return type
    }

    private mutating func bounds<Bound: Comparable>(
        _ low: String, _ high: String, of declaration: Declaration, _ kind: String, _ read: (Value) -> Bound?
    ) -> Bounds<Bound> {
        var bounds = Bounds<Bound>(nil, nil)
        for (key, place) in [(low, \Bounds<Bound>.min), (high, \Bounds<Bound>.max)] {
            guard let value = declaration.given(key) else { continue }
            if let bound = read(value) {
                bounds[keyPath: place] = bound
            } else {
                let shown = InputRefusal.shortened(value.plainText)
                fault("`\(key)` must be \(kind), found `\(shown)`", at: declaration.path.key(key))
            }
        }
        if let min = bounds.min, let max = bounds.max, min > max {
            fault("`\(low)` lies beyond `\(high)`: no value can pass", at: declaration.path.key(low))
        }
        return bounds
    }

    private static func integer(_ value: Value) -> Int64? {
        value.intValue ?? value.stringValue.flatMap { Int64($0) }
    }

    private static func number(_ value: Value) -> Double? {
        var reader = InputReader(edition: .one)
        // An unreadable bound is reported by the caller.
        guard
            case .double(let number)? = try? reader.read(value, as: .float(min: nil, max: nil), isTyped: true)
        else { return nil }
        return number
    }

    private mutating func extensions(of declaration: Declaration) -> [String] {
        if declaration.given("extension") != nil {
            fault(
                "`extension` has no effect any more", at: declaration.path.key("extension"), .warning,
                remedy: "write `allowedFileExtensions`")
        }
        let path = declaration.path.key("allowedFileExtensions")
        guard let value = declaration.given("allowedFileExtensions"), let texts = texts(value, at: path)
        else { return [] }
        for (place, text) in texts.enumerated() where !Self.isExtension(text) {
            fault(
                "`\(InputRefusal.shortened(text))` is not a file extension: it takes a dot, then lower case letters and digits, such as `.csv`",
                at: path.index(place))
        }
        return texts
    }

    private static func isExtension(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: ".") && text.utf8.count > 1
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (97...122).contains(byte) || "._-+".utf8.contains(byte)
            }
    }

    private mutating func schema(of declaration: Declaration) -> Value? {
        guard let value = declaration.given("jsonSchema") else { return nil }
        let path = declaration.path.key("jsonSchema")
        var schema = value
        if let text = value.stringValue {
            do {
                schema = try JSONParser.parse(text)
            } catch {
                fault("the `jsonSchema` is not JSON: \(error)", at: path)
                return nil
            }
        }
        guard schema.mapValue != nil || schema.boolValue != nil else {
            fault("the `jsonSchema` must be a JSON object, found a \(schema.kind)", at: path)
            return nil
        }
        return schema
    }

    private mutating func form(_ declaration: Declaration, id: String, outer: String?) -> InputType? {
        if outer != nil {
            fault("a form cannot stand inside a form", at: declaration.path)
            return nil
        }
        for key in ["defaults", "prefill"] where declaration.given(key) != nil {
            fault("a form has no `\(key)`; give them to its inputs", at: declaration.path.key(key))
        }
        let path = declaration.path.key("inputs")
        let children = inputs(declaration.given("inputs") ?? .null, at: path, form: id)
        if declaration.given("inputs")?.listValue?.isEmpty ?? true {
            fault("`inputs` of a form must not be empty", at: declaration.path)
        }
        return .form(children)
    }
}
