internal import ApusExpressions
internal import ApusModel

/// Defaults: what may be one, and whether a literal one would be accepted if somebody gave it.
extension InputParser {
    mutating func defaults(of declaration: Declaration, for definition: InputDefinition) -> TemplateTree? {
        if case .form = definition.type { return nil }
        let path = declaration.path.key("defaults")
        guard let value = declaration.given("defaults") else {
            checkPrefill(of: declaration, for: definition)
            return nil
        }
        if declaration.given("prefill") != nil {
            fault("`defaults` and `prefill` exclude each other", at: declaration.path.key("prefill"))
        }
        if !definition.isRequired {
            fault(
                "`required: false` has no effect on an input with `defaults`", at: path, .warning,
                remedy: "remove one of them")
        }
        let tree = templates.tree(value, at: path)
        if value.mayHaveTemplate {
            checkTemplate(tree, at: path, for: definition)
        } else {
            check(value, at: path, for: definition)
        }
        return tree
    }

    private mutating func checkTemplate(
        _ tree: TemplateTree, at path: ValuePath, for definition: InputDefinition
    ) {
        guard case .file = definition.type, !tree.reads.isEmpty else { return }
        fault("the default of a FILE input cannot use variables", at: path)
    }

    private mutating func check(_ value: Value, at path: ValuePath, for definition: InputDefinition) {
        do {
            if case .file = definition.type { try InputFiles.checkDefault(value.plainText) }
            _ = try read(value, as: definition.type)
        } catch {
            var shown: String? = value.plainText
            if case .secret = definition.type { shown = nil }
            fault(
                "the default of `\(definition.id)` does not fit: \(error.message(for: definition.id, given: shown))",
                at: path)
        }
    }

    private mutating func checkPrefill(of declaration: Declaration, for definition: InputDefinition) {
        guard let value = declaration.given("prefill"), !value.mayHaveTemplate else { return }
        do {
            _ = try read(value, as: definition.type)
        } catch {
            fault(
                "the `prefill` of `\(definition.id)` would not be accepted: \(error.cause)",
                at: declaration.path.key("prefill"), .warning)
        }
    }

    /// Options that an expression gives are not known yet, so any value passes then.
    private func read(_ value: Value, as type: InputType) throws(InputRefusal) -> Value? {
        var type = type
        switch type {
        case .select(let choices) where choices.expression != nil: type = .select(.free)
        case .multiselect(let choices, let item) where choices.expression != nil:
            type = .multiselect(.free, item: item)
        case .string, .secret, .select, .multiselect, .int, .float, .bool, .dateTime, .date, .time, .duration,
            .file,
            .json, .yaml, .ion, .uri, .email, .array, .form:
            break
        }
        var reader = InputReader(edition: edition)
        return try reader.read(value, as: type, isTyped: value.stringValue == nil)
    }
}
