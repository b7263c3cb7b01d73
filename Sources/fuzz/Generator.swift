/// Makes templates that follow the grammar, more or less.
struct Generator {
    var random: Randomness
    /// Bytes of a template made of one thing many times.
    private static let bytes = 20_000
    /// Pieces that may still be made, so that every template ends.
    private var budget: Int

    init(seed: UInt64) {
        random = Randomness(seed: seed)
        budget = 5 + random.below(60)
    }

    /// The template of the seed.
    static func template(seed: UInt64) -> String {
        var generator = Generator(seed: seed)
        return generator.template()
    }

    private mutating func template() -> String {
        switch random.below(10) {
        case 0: return Mutation.mutated(random.pick(Corpus.templates), &random)
        case 1:
            let left = random.pick(Corpus.templates)
            return Mutation.spliced(left, body(4), &random)
        case 2, 3: return Mutation.mutated(body(4), &random)
        case 4: return nested()
        default: return body(4)
        }
    }

    /// Many of one thing inside each other, or after each other.
    private mutating func nested() -> String {
        let count = random.pick([10, 99, 100, 101, 200, 1000, 5000])
        func times(_ text: String) -> String {
            String(repeating: text, count: min(count, Self.bytes / max(text.utf8.count, 1)))
        }
        switch random.below(14) {
        case 0: return "{{ " + times("(") + "1" + times(")") + " }}"
        case 1: return "{{ " + times("[") + times("]") + " }}"
        case 2: return "{{ " + times("{'a': ") + "1" + times("}") + " }}"
        case 3: return times("{% if true %}") + "x" + times("{% endif %}")
        case 4: return times("{% for x in l %}") + "x" + times("{% endfor %}")
        case 5: return "{{ " + times("not ") + "true }}"
        case 6: return "{{ 1" + times(" + 1") + " }}"
        case 7: return "{{ s" + times(" | " + random.pick(Words.filters)) + " }}"
        case 8: return "{{ m" + times(".a") + " }}"
        case 9: return "{{ " + times("true ? ") + "1" + times(" : 2") + " }}"
        case 10: return "{{ \"" + times("#{\"") + "x" + times("\"}") + "\" }}"
        case 11: return times("{{ " + expression(2) + " }}")
        case 12: return "{{ " + times("max(") + "1" + times(")") + " }}"
        default: return times("{% set x = " + expression(2) + " %}") + "{{ x }}"
        }
    }

    private mutating func body(_ depth: Int) -> String {
        var text = ""
        for _ in 0...random.below(depth) {
            budget -= 1
            guard budget > 0 else { break }
            text += piece(depth)
        }
        return text
    }

    private mutating func piece(_ depth: Int) -> String {
        guard depth > 0 else { return "{{ " + primary(0) + " }}" }
        switch random.below(16) {
        case 0: return random.pick(Words.texts)
        case 1:
            return "{% if " + expression(depth) + " %}" + body(depth - 1) + otherwise(depth) + "{% endif %}"
        case 2, 3:
            let name = random.pick(["x", "y", "item", "loop", "s"])
            return "{% for \(name) in " + expression(depth) + " %}" + body(depth - 1) + otherwise(depth)
                + "{% endfor %}"
        case 4, 5: return "{% set \(random.pick(["x", "y", "l", "loop"])) = " + expression(depth) + " %}"
        case 6:
            return "{% macro \(random.pick(["m1", "m2"]))(x, y=" + expression(1) + ") %}" + body(depth - 1)
                + "{% endmacro %}"
        case 7: return "{% filter \(filter(depth)) %}" + body(depth - 1) + "{% endfilter %}"
        case 8: return "{% block \(random.pick(["x", "y"])) %}" + body(depth - 1) + "{% endblock %}"
        case 9:
            return random.pick(["{% raw %}", "{%- verbatim -%}", "{# c #}", "{#"]) + body(depth - 1)
                + "{% endraw %}"
        case 10: return "{{- " + expression(depth) + " -}}"
        default: return "{{ " + expression(depth) + " }}"
        }
    }

    private mutating func otherwise(_ depth: Int) -> String {
        random.once(in: 3) ? "{% else %}" + body(depth - 1) : ""
    }

    private mutating func expression(_ depth: Int) -> String {
        budget -= 1
        guard depth > 0, budget > 0 else { return primary(0) }
        switch random.below(12) {
        case 0, 1: return expression(depth - 1) + " \(random.pick(Words.operators)) " + expression(depth - 1)
        case 2, 3, 4: return primary(depth) + " | " + filter(depth)
        case 5: return primary(depth) + " | " + filter(depth) + " | " + filter(depth)
        case 6:
            return primary(depth) + " is " + (random.once(in: 3) ? "not " : "") + random.pick(Words.tests)
        case 7:
            return expression(depth - 1) + " ? " + expression(depth - 1) + " : " + expression(depth - 1)
        case 8: return random.pick(["not ", "-", "+", "- -"]) + primary(depth)
        case 9: return "(" + expression(depth - 1) + ")"
        default: return primary(depth)
        }
    }

    private mutating func filter(_ depth: Int) -> String {
        let name = random.pick(Words.filters)
        switch name {
        case "regexMatch", "regexExtract", "split":
            return "\(name)('\(random.pick(Words.patterns))')"
        case "regexReplace": return "\(name)('\(random.pick(Words.patterns))', \(text()))"
        case "replace":
            return
                "\(name)({'\(random.pick(Words.patterns))': \(text()), \(text()): \(text())}, \(random.pick(["regexp=true", "false"])))"
        case "jq": return "\(name)(\"\(random.pick(Words.programs))\")"
        default: return random.once(in: 3) ? name : name + arguments(depth)
        }
    }

    private mutating func arguments(_ depth: Int) -> String {
        var parts: [String] = []
        for _ in 0..<random.below(4) {
            let name =
                random.once(in: 8) ? random.pick(["format=", "timeZone=", "separator=", "locale="]) : ""
            parts.append(name + expression(depth - 1))
        }
        return "(" + parts.joined(separator: ", ") + ")"
    }

    private mutating func primary(_ depth: Int) -> String {
        switch random.below(depth > 0 ? 14 : 7) {
        case 0, 1: return random.pick(Words.numbers)
        case 2, 3: return text()
        case 4: return random.pick(["true", "false", "null"])
        case 5, 6: return random.pick(Words.variables)
        case 7: return random.pick(Words.variables) + "." + random.pick(Words.keys)
        case 8: return random.pick(Words.variables) + "[" + expression(depth - 1) + "]"
        case 9, 10: return random.pick(Words.functions) + arguments(depth)
        case 11:
            var items: [String] = []
            for _ in 0..<random.below(4) { items.append(expression(depth - 1)) }
            return "[" + items.joined(separator: ", ") + "]"
        case 12: return "{" + text() + ": " + expression(depth - 1) + ", 'a': " + primary(0) + "}"
        default: return "range(" + random.pick(Words.numbers) + ", " + random.pick(Words.numbers) + ")"
        }
    }

    private mutating func text() -> String {
        if random.once(in: 12) { return "\"a#{" + primary(0) + "}b\"" }
        return random.once(in: 2) ? "'\(random.pick(Words.texts))'" : "\"\(random.pick(Words.texts))\""
    }
}
