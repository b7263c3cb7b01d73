import ApusModel

extension Evaluator {
    /// Renders a value with everything in it, again and again until it no longer changes.
    func renderUntilStable(_ template: Template) throws(ExpressionError) -> Value {
        try renderNested(.string(template.source), repeatedly: true)
    }

    /// Renders the texts in a value with the present variables.
    ///
    /// - Parameter repeatedly: Until nothing changes any more, else one pass.
    func renderNested(_ value: Value, repeatedly: Bool) throws(ExpressionError) -> Value {
        renderDepth += 1
        defer { renderDepth -= 1 }
        guard renderDepth <= Limits.renderDepth else {
            throw .limit("`render()` is called inside itself more than \(Limits.renderDepth) times")
        }
        switch value {
        case .string(let text): return try renderText(text, repeatedly: repeatedly)
        case .list(let items):
            renderDepth -= 1
            defer { renderDepth += 1 }
            var rendered: [Value] = []
            for item in items { rendered.append(try renderNested(item, repeatedly: repeatedly)) }
            return .list(rendered)
        case .map(let entries):
            renderDepth -= 1
            defer { renderDepth += 1 }
            var rendered = OrderedMap<Value>()
            for (key, value) in entries {
                let key = try renderText(key, repeatedly: repeatedly).printed
                guard rendered[key] == nil else { continue }
                rendered[key] = try renderNested(value, repeatedly: repeatedly)
            }
            return .map(rendered)
        case .null, .bool, .int, .double, .extended: return value
        }
    }

    private func renderText(_ text: String, repeatedly: Bool) throws(ExpressionError) -> Value {
        // The outermost rendering puts raw texts back, so that no pass in between touches them.
        let isOutermost = rawTexts == nil
        if isOutermost, repeatedly { rawTexts = [] }
        defer { if isOutermost { rawTexts = nil } }
        var text = text
        var isPrinted = true
        var passes = 0
        while true {
            let template = try Template(text, edition: context.edition)
            guard let program = template.program else { break }
            passes += 1
            guard passes <= Limits.renderPasses else { throw .limit("Too many rendering attempts") }
            let rendered = try with(program) { () throws(ExpressionError) in try self.text(of: program) }
            isPrinted = rendered != nil
            let next = rendered ?? ""
            guard repeatedly, next != text else {
                text = next
                break
            }
            text = next
        }
        if isOutermost, let rawTexts { text = RawText.restore(rawTexts, in: text) }
        return isPrinted ? .string(text) : .null
    }
}
