public import ApusModel

/// A value whose texts are templates: the properties of a task, compiled once.
public indirect enum TemplateTree: Sendable {
    /// A value without expressions.
    case literal(Value)
    case template(Template)
    /// A template that is rendered by itself: gives `{source, text}`, or `{source, fault}` when it cannot be rendered.
    case attempt(Template)
    /// A text whose only expression keeps its type: `{{ 5 }}` gives a number, not text.
    case typed(Template)
    case list([TemplateTree])
    /// Keys are rendered too; of keys that come out equal the first wins.
    case map([(key: TemplateTree, value: TemplateTree)])
}

extension TemplateTree {
    /// Compiles every text in a value. All faults are collected; a faulty text stays as it is.
    ///
    /// - Parameter path: Where the value stands in its document, for the faults.
    public static func compile(
        _ value: Value, edition: Edition, at path: ValuePath
    ) -> (tree: TemplateTree, faults: [(ValuePath, ExpressionError)]) {
        var faults: [(ValuePath, ExpressionError)] = []
        let tree = compile(value, at: path) { text, path in
            do throws(ExpressionError) {
                return try Template(text, edition: edition)
            } catch {
                faults.append((path, error))
                return nil
            }
        }
        return (tree, faults)
    }

    /// Compiles every text in a value.
    ///
    /// - Parameters:
    ///   - path: Where the value stands in its document.
    ///   - template: Makes a template of a text that stands at a path; `nil` leaves the text as it is.
    public static func compile(
        _ value: Value, at path: ValuePath, template: (String, ValuePath) -> Template?
    ) -> TemplateTree {
        switch value {
        case .string(let text):
            guard let template = template(text, path), !template.isLiteral else { return .literal(value) }
            return .template(template)
        case .list(let items):
            let trees = items.enumerated().map { compile($1, at: path.index($0), template: template) }
            return trees.allSatisfy(\.isLiteral) ? .literal(value) : .list(trees)
        case .map(let entries):
            let trees = entries.map { key, value in
                (
                    key: compile(.string(key), at: path.key(key), template: template),
                    value: compile(value, at: path.key(key), template: template)
                )
            }
            return trees.allSatisfy { $0.key.isLiteral && $0.value.isLiteral } ? .literal(value) : .map(trees)
        case .null, .bool, .int, .double, .extended: return .literal(value)
        }
    }

    /// The same with the texts of some members of the map keeping their types.
    public func keepingTypes(of names: [String]) -> TemplateTree {
        guard !names.isEmpty, case .map(let entries) = self else { return self }
        return .map(
            entries.map { key, value in
                guard case .literal(.string(let name)) = key, names.contains(name),
                    case .template(let template) = value
                else { return (key, value) }
                return (key, .typed(template))
            })
    }

    /// Nothing in it depends on variables.
    public var isLiteral: Bool {
        if case .literal = self { true } else { false }
    }

    /// The value with every text rendered. Texts stay texts; a member of a list or map that prints nothing is null.
    public func render(_ context: RenderContext) throws(ExpressionError) -> Value {
        var ordinal: UInt64 = 0
        let value = try render(context, &ordinal)
        // Alone, a text that prints nothing is empty.
        if case .template = self, value.isNull { return .string("") }
        return value
    }

    private func render(_ context: RenderContext, _ ordinal: inout UInt64) throws(ExpressionError) -> Value {
        switch self {
        case .literal(let value): return value
        case .template(let template):
            // Equal texts in one tree must not get equal random values.
            var own = context
            own.seed = context.seed &+ ordinal &* 0x9E37_79B9_7F4A_7C15
            ordinal += 1
            return try template.renderIfPrinted(own).map { .string($0) } ?? .null
        case .attempt(let template):
            var own = context
            own.seed = context.seed &+ ordinal &* 0x9E37_79B9_7F4A_7C15
            ordinal += 1
            do throws(ExpressionError) {
                return ["source": .string(template.source), "text": .string(try template.render(own))]
            } catch {
                if case .missingFacts = error.reason { throw error }
                return ["source": .string(template.source), "fault": .string(error.message)]
            }
        case .typed(let template): return try template.evaluate(context)
        case .list(let items):
            var values: [Value] = []
            values.reserveCapacity(items.count)
            for item in items { values.append(try item.render(context, &ordinal)) }
            return .list(values)
        case .map(let entries):
            var map = OrderedMap<Value>()
            map.reserveCapacity(entries.count)
            for (key, value) in entries {
                let name = try key.render(context, &ordinal).printed
                guard map[name] == nil else { continue }
                map[name] = try value.render(context, &ordinal)
            }
            return .map(map)
        }
    }

    /// The same, with each template under some keys of the map rendered by itself, so that a fault in it does not keep
    /// the rest from being rendered.
    public func attempting(_ keys: [String]) -> TemplateTree {
        guard !keys.isEmpty, case .map(let entries) = self else { return self }
        return .map(
            entries.map { entry in
                guard case .literal(.string(let key)) = entry.key, keys.contains(key) else { return entry }
                return (key: entry.key, value: entry.value.attempted)
            })
    }

    private var attempted: TemplateTree {
        switch self {
        case .literal, .attempt, .typed: self
        case .template(let template): .attempt(template)
        case .list(let items): .list(items.map(\.attempted))
        case .map(let entries): .map(entries.map { (key: $0.key, value: $0.value.attempted) })
        }
    }

    /// Every template in it, in order.
    private var templates: [Template] {
        switch self {
        case .literal: []
        case .template(let template), .attempt(let template), .typed(let template): [template]
        case .list(let items): items.flatMap(\.templates)
        case .map(let entries): entries.flatMap { $0.key.templates + $0.value.templates }
        }
    }

    /// The variable paths that rendering may read, each once, in order of appearance.
    public var reads: [ReadPath] { Dependencies(of: templates).reads }

    /// The functions that rendering may call, each once, in order of appearance.
    public var calls: [String] { Dependencies(of: templates).calls }
}
