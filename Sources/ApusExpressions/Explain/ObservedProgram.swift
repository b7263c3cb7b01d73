import ApusModel

extension Program {
    /// The program of a template that tells the trace of its steps.
    ///
    /// Expressions bring their places from the parser. Branches and loops get expressions that print nothing and
    /// are told of when they are passed, so that the evaluator runs the same kinds of nodes as ever.
    static func observed(_ source: String, edition: Edition) throws(ExpressionError) -> Program {
        let parsed = try TemplateParser.parse(source, edition: edition, isObserved: true)
        return Program(
            source: source, nodes: observed(parsed.nodes),
            macros: parsed.macros.mapValues {
                Macro(name: $0.name, parameters: $0.parameters, body: observed($0.body))
            }, blocks: parsed.blocks.mapValues(observed), faults: parsed.faults)
    }

    private static func observed(_ nodes: [Node]) -> [Node] { nodes.flatMap(observed) }

    private static func observed(_ node: Node) -> [Node] {
        switch node {
        case .text, .raw, .print: [node]
        case .condition(let branches, let otherwise): [condition(branches, otherwise)]
        case .loop(let name, let over, let body, let otherwise, let at):
            [
                passing(.loopBegins(.init(words: "for \(name) in", range: over.range, at: at))),
                .loop(
                    name: name, over: over, body: [passing(.iteration(variable: name))] + observed(body),
                    otherwise: observed(otherwise), at: at),
                passing(.loopEnds),
            ]
        case .set(let name, let value):
            [
                .set(
                    name: name,
                    value: value.range.map { .observed(value, .binding(name: name, $0)) } ?? value)
            ]
        case .filter(let calls, let body):
            [.filter(calls.flatMap { [$0, telling(of: $0)] }, body: observed(body))]
        case .block(let name, let body): [.block(name: name, body: observed(body))]
        }
    }

    private static func passing(_ observation: Observation) -> Node {
        .print(.observed(.literal(.null), observation))
    }

    private static func condition(
        _ branches: [(condition: Expression, body: [Node], at: Int)], _ otherwise: [Node]
    ) -> Node {
        var labels = branches.enumerated().map { place, branch in
            Observation.Label(
                words: place == 0 ? "if" : "elseif", range: branch.condition.range, at: branch.at)
        }
        if let first = branches.first, !otherwise.isEmpty {
            labels.append(.init(words: "else", range: nil, at: first.at))
        }
        func marked(_ body: [Node], _ place: Int) -> [Node] {
            guard labels.indices.contains(place) else { return body }
            let skipped = Array(labels[(place + 1)...])
            return [passing(.branch(labels[place], skipped: skipped))] + observed(body)
        }
        return .condition(
            branches: branches.enumerated().map { ($1.condition, marked($1.body, $0), $1.at) },
            otherwise: marked(otherwise, branches.count))
    }

    /// Follows a filter of a `filter` tag and tells what it gave.
    private static func telling(of call: FilterCall) -> FilterCall {
        let range = call.at..<(call.at + call.filter.name.utf8.count)
        let filter = Filter("", takesNull: true) { (value, arguments) throws(ExpressionError) in
            arguments.evaluator.trace?.note(value, at: range)
            return value
        }
        return FilterCall(filter: filter, arguments: [], at: call.at)
    }
}
