public import ApusModel

extension TypeSchema {
    /// Gives properties that are text the text that was written, where a reader took it for a number or boolean:
    /// a `version: 3.10` stays `3.10`.
    ///
    /// - Parameters:
    ///   - literals: What was written, by path; those whose value prints the same are not in it.
    ///   - path: Where the properties stand in the document.
    public func restoringText(
        in properties: OrderedMap<Value>, at path: ValuePath, literals: [ValuePath: String],
        catalogue: Catalogue
    ) -> OrderedMap<Value> {
        guard !literals.isEmpty else { return properties }
        let restore = TextRestoration(literals: literals, catalogue: catalogue)
        return restore.entries(properties, at: path) { property(named: $0)?.valueType }
    }
}

private struct TextRestoration {
    let literals: [ValuePath: String]
    let catalogue: Catalogue

    func entries(
        _ entries: OrderedMap<Value>, at path: ValuePath, _ type: (String) -> ValueType?
    ) -> OrderedMap<Value> {
        var result = entries
        for (key, value) in entries {
            guard let type = type(key) else { continue }
            result[key] = self.value(value, type, at: path.key(key))
        }
        return result
    }

    private func value(_ value: Value, _ type: ValueType, at path: ValuePath) -> Value {
        switch (value, type) {
        case (.bool, .string), (.int, .string), (.double, .string): literals[path].map(Value.string) ?? value
        case (.list(let items), .list(let element)):
            .list(items.enumerated().map { self.value($1, element, at: path.index($0)) })
        case (.map(let entries), .map(let element)): .map(self.entries(entries, at: path) { _ in element })
        case (.map(let entries), .object(let properties)):
            .map(
                self.entries(entries, at: path) { name in
                    properties.first { $0.isNamed(name) }?.valueType
                })
        case (.map(let entries), .plugin):
            if let schema = entries["type"]?.stringValue.flatMap(catalogue.schema(named:)) {
                .map(self.entries(entries, at: path) { schema.property(named: $0)?.valueType })
            } else {
                value
            }
        case (_, .either(let alternatives)):
            alternatives.reduce(value) { self.value($0, $1, at: path) }
        default: value
        }
    }
}
