import ApusModel

/// Makes a `Program` of the text of a template.
struct TemplateParser {
    private let source: String
    private let edition: Edition
    private let isObserved: Bool
    private var segments: ArraySlice<Segment>
    private var macros: [String: Macro] = [:]
    private var blocks: [String: [Node]] = [:]
    private var faults: [ExpressionError] = []
    private var macroCalls: [MacroCall] = []
    private var depth = 0

    /// - Parameter isObserved: Each expression keeps its place, for an explanation.
    static func parse(
        _ source: String, edition: Edition, isObserved: Bool = false
    ) throws(ExpressionError) -> Program {
        let segments = try Segmenter.segments(of: source)
        var parser = TemplateParser(
            source: source, edition: edition, isObserved: isObserved, segments: segments[...])
        let (nodes, _) = try parser.body(until: [], openedBy: "", at: 0)
        let unknown = parser.macroCalls.lazy.compactMap { call in
            call.fault(among: parser.macros)?.located(at: call.at, in: source)
        }.prefix(Limits.faults)
        return Program(
            source: source, nodes: nodes, macros: parser.macros, blocks: parser.blocks,
            faults: parser.faults + unknown)
    }

    private mutating func take(notesOf parser: ExpressionParser) {
        faults += parser.faults
        macroCalls += parser.macroCalls
    }

    private init(source: String, edition: Edition, isObserved: Bool, segments: ArraySlice<Segment>) {
        self.source = source
        self.edition = edition
        self.isObserved = isObserved
        self.segments = segments
    }

    private func fault(_ message: String, at offset: Int) -> ExpressionError {
        ExpressionError(.syntax, message).located(at: offset, in: source)
    }

    private func parser(of tokens: [Token]) -> ExpressionParser {
        ExpressionParser(source: source, edition: edition, isObserved: isObserved, tokens: tokens)
    }

    private static let disabled: Set<String> = [
        "autoescape", "extends", "embed", "flush", "import", "include", "from", "parallel", "cache",
    ]
    private static let tags = ["if", "for", "set", "filter", "macro", "block", "raw", "verbatim"]

    /// Nodes up to one of the closing tags, which is consumed and returned with the rest of its words.
    private mutating func body(
        until closing: Set<String>, openedBy opening: String, at start: Int
    ) throws(ExpressionError) -> (nodes: [Node], end: ExpressionParser?) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Limits.syntaxDepth else {
            throw fault("more than \(Limits.syntaxDepth) tags inside each other", at: start)
        }
        var nodes: [Node] = []
        while let segment = segments.popFirst() {
            if let last = faults.last, faults.count > Limits.faults {
                throw ExpressionError(
                    .syntax,
                    "more than \(Limits.faults) mistakes in one template; the last is: \(last.message)",
                    at: last.position)
            }
            switch segment {
            case .text(let text): nodes.append(.text(text))
            case .raw(let text): nodes.append(.raw(text))
            case .print(let tokens, _):
                var parser = parser(of: tokens)
                let expression = try parser.whole()
                take(notesOf: parser)
                nodes.append(.print(expression))
            case .tag(let tokens, let at):
                var parser = parser(of: tokens)
                guard let name = parser.takeName() else { throw fault("a tag begins with its name", at: at) }
                if closing.contains(name) { return (nodes, parser) }
                if let node = try tag(name, &parser, at: at) { nodes.append(node) }
            }
        }
        guard closing.isEmpty else {
            let names = closing.sorted().map { "`\($0)`" }.joined(separator: " or ")
            throw fault("the tag `\(opening)` is not closed: expected \(names)", at: start)
        }
        return (nodes, nil)
    }

    private mutating func tag(
        _ name: String, _ parser: inout ExpressionParser, at: Int
    ) throws(ExpressionError) -> Node? {
        switch name {
        case "if": return try condition(&parser, at: at)
        case "for": return try loop(&parser, at: at)
        case "set": return try set(&parser)
        case "filter": return try filter(&parser, at: at)
        case "macro":
            try macro(&parser, at: at)
            return nil
        case "block": return try block(&parser, at: at)
        default:
            if Self.disabled.contains(name) { throw fault("the tag `\(name)` is not available", at: at) }
            let hint = NearestName.of(name, among: Self.tags).map { "; did you mean `\($0)`?" } ?? ""
            throw fault("unexpected tag `\(name)`\(hint)", at: at)
        }
    }

    private mutating func condition(_ parser: inout ExpressionParser, at: Int) throws(ExpressionError) -> Node
    {
        var branches: [(condition: Expression, body: [Node], at: Int)] = []
        var otherwise: [Node] = []
        var condition: Expression? = try finish(&parser)
        while true {
            let closing: Set<String> = condition == nil ? ["endif"] : ["elseif", "else", "endif"]
            let (nodes, end) = try body(until: closing, openedBy: "if", at: at)
            if let known = condition {
                branches.append((known, nodes, at))
            } else {
                otherwise = nodes
            }
            guard var end, end.previousName != "endif" else { break }
            condition = end.previousName == "elseif" ? try finish(&end) : nil
        }
        return .condition(branches: branches, otherwise: otherwise)
    }

    private mutating func loop(_ parser: inout ExpressionParser, at: Int) throws(ExpressionError) -> Node {
        let name = try parser.expectName("the name of a variable")
        guard parser.take(name: "in") else { throw parser.unexpected("`in`") }
        let list = try finish(&parser)
        let (nodes, end) = try body(until: ["else", "endfor"], openedBy: "for", at: at)
        var otherwise: [Node] = []
        if end?.previousName == "else" {
            otherwise = try body(until: ["endfor"], openedBy: "for", at: at).nodes
        }
        return .loop(name: name, over: list, body: nodes, otherwise: otherwise, at: at)
    }

    private mutating func set(_ parser: inout ExpressionParser) throws(ExpressionError) -> Node {
        let name = try parser.expectName("the name of a variable")
        try parser.expect("=")
        return .set(name: name, value: try finish(&parser))
    }

    private mutating func filter(_ parser: inout ExpressionParser, at: Int) throws(ExpressionError) -> Node {
        var calls = [try parser.filterCall()]
        while parser.take("|") { calls.append(try parser.filterCall()) }
        try parser.expectEnd()
        take(notesOf: parser)
        let nodes = try body(until: ["endfilter"], openedBy: "filter", at: at).nodes
        return .filter(calls, body: nodes)
    }

    private mutating func macro(_ parser: inout ExpressionParser, at: Int) throws(ExpressionError) {
        let name = try parser.expectName("the name of the macro")
        let parameters = try parser.macroParameters()
        try parser.expectEnd()
        take(notesOf: parser)
        let nodes = try body(until: ["endmacro"], openedBy: "macro", at: at).nodes
        macros[name] = Macro(name: name, parameters: parameters, body: nodes)
    }

    private mutating func block(_ parser: inout ExpressionParser, at: Int) throws(ExpressionError) -> Node {
        let name = try parser.expectNameOrText("the name of the block")
        try parser.expectEnd()
        let nodes = try body(until: ["endblock"], openedBy: "block", at: at).nodes
        blocks[name] = nodes
        return .block(name: name, body: nodes)
    }

    private mutating func finish(_ parser: inout ExpressionParser) throws(ExpressionError) -> Expression {
        let expression = try parser.whole()
        take(notesOf: parser)
        return expression
    }
}
