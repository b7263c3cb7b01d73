import ApusModel

/// Running what a template consists of.
extension Evaluator {
    /// Runs another template in the place of the present one.
    func with<Result>(
        _ other: Program, _ body: () throws(ExpressionError) -> Result
    ) throws(ExpressionError) -> Result {
        let outer = program
        program = other
        defer { program = outer }
        return try body()
    }

    /// - Parameter loop: The innermost loop that the block stands in.
    func run(_ block: Block, in loop: Loop? = nil, into output: Output) throws(ExpressionError) {
        var failure: ExpressionError?
        block.steps.withUnsafeBufferPointer { steps in
            do throws(ExpressionError) {
                try pass(steps, of: block, at: loop?.item, in: loop, into: output)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// - Parameters:
    ///   - steps: Those of the block, borrowed so that nothing has to be retained.
    ///   - item: Where the item lies that the loop has come to.
    @inline(__always)
    private func pass(
        _ steps: UnsafeBufferPointer<Block.Step>, of block: Block, at item: UnsafePointer<Value>?,
        in loop: Loop?,
        into output: Output
    ) throws(ExpressionError) {
        let count = steps.count
        try spend(count)
        var place = 0
        while place < count {
            switch steps[place] {
            case .text(let start, let end): try output.append(block.text, from: start, to: end)
            case .item: if let item { try output.append(at: item) }
            case .path(let place): try print(block.paths[place], of: block, at: item, into: output)
            case .filtered(let place, let filter):
                try print(
                    block.paths[place], through: block.filters[filter], of: block, at: item, into: output)
            case .print(let place): try print(block.expressions[place], into: output)
            case .statement(let place): try run(block.statements[place], in: loop, into: output)
            }
            place &+= 1
        }
    }

    @inline(never)
    private func print(_ expression: Expression, into output: Output) throws(ExpressionError) {
        try output.append(try evaluate(expression))
    }

    @inline(never)
    private func run(
        _ statement: Block.Statement, in loop: Loop?, into output: Output
    ) throws(ExpressionError) {
        switch statement {
        case .raw(let text): try output.append(protected(text))
        case .condition(let branches, let otherwise):
            for branch in branches where try isTrue(branch.condition, of: "`if`", at: branch.at) {
                return try run(branch.body, in: loop, into: output)
            }
            try run(otherwise, in: loop, into: output)
        case .loop(let repetition):
            let items = try items(of: try evaluate(repetition.over), at: repetition.at)
            if items.isEmpty { return try run(repetition.otherwise, in: loop, into: output) }
            try run(repetition.body, for: repetition.name, in: items, into: output)
        case .set(let name, let expression):
            bind(name, to: try evaluate(expression))
        case .filter(let calls, let body):
            var value = Value.string(try capture(body, in: loop))
            for call in calls { value = try apply(call, to: value) }
            try output.append(value)
        case .block(let body): try run(body, into: output)
        }
    }

    /// Prints what a path leads to.
    @inline(never)
    private func print(
        _ path: Block.Path, of block: Block, at item: UnsafePointer<Value>?, into output: Output
    ) throws(ExpressionError) {
        // The expression knows where else to look, and what to say when something is missing.
        guard let value = find(path, of: block, at: item) else {
            return try print(block.expressions[path.expression], into: output)
        }
        try output.append(at: value)
    }

    @inline(never)
    private func print(
        _ path: Block.Path, through filter: Filter, of block: Block, at item: UnsafePointer<Value>?,
        into output: Output
    ) throws(ExpressionError) {
        guard case .string(let text)? = find(path, of: block, at: item)?.pointee,
            let transform = filter.transform
        else { return try print(block.expressions[path.expression], into: output) }
        let result = transform(text)
        try spend(bytes: max(text.utf8.count, result.utf8.count))
        try output.append(result)
    }

    @inline(__always)
    private func find(
        _ path: Block.Path, of block: Block, at item: UnsafePointer<Value>?
    ) -> UnsafePointer<Value>? {
        if path.isItem, let item { return Value.find(from: item, block.words, path.root + 1, path.end) }
        return find(block.words, path.root, path.end)
    }

    private func protected(_ text: String) -> String {
        guard rawTexts != nil else { return text }
        rawTexts?.append(text)
        return RawText.mark((rawTexts?.count ?? 1) - 1)
    }

    /// The text that a block prints.
    func capture(_ block: Block, in loop: Loop? = nil) throws(ExpressionError) -> String {
        let output = Output(limit: context.limits.textBytes)
        try run(block, in: loop, into: output)
        return output.text
    }

    private func items(of value: Value, at: Int) throws(ExpressionError) -> [Value] {
        switch value {
        case .null: return []
        case .list(let items): return items
        case .map(let entries):
            try spend(entries.count)
            return entries.map { .map(["key": .string($0), "value": $1]) }
        default:
            throw ExpressionError.wrongType("`for`", expected: "a list or a map", found: value)
                .located(at: at, in: program.source)
        }
    }

    private func run(
        _ body: Block, for name: String, in items: [Value], into output: Output
    ) throws(ExpressionError) {
        // A loop costs more to begin than a step, which shows when short ones stand inside each other.
        try spend(4)
        let loop = Loop(items)
        let depth = locals.count
        locals.append(Local(name: name, content: .item(loop)))
        locals.append(Local(name: "loop", content: .loop(loop)))
        var failure: ExpressionError?
        body.steps.withUnsafeBufferPointer { steps in
            do throws(ExpressionError) {
                for place in items.indices {
                    loop.place = place
                    try pass(steps, of: body, at: loop.item, in: loop, into: output)
                    try spend()
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        // Variables that the body set stay; those of the loop go.
        locals.removeSubrange(depth...(depth + 1))
    }

    private func bind(_ name: String, to value: Value) {
        if let place = locals.lastIndex(where: { $0.name == name }) {
            locals[place].content = .value(value)
        } else {
            locals.append(Local(name: name, content: .value(value)))
        }
    }
}
