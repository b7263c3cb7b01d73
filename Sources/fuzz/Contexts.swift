import ApusExpressions
import ApusModel

/// Contexts of all sorts of values. The product's bounds are for large data; those here fit inputs that are small.
enum Contexts {
    static let limits = RenderLimits(steps: 50_000, textBytes: 256 << 10, jqSeconds: 0.01)

    static func context(seed: UInt64) -> RenderContext {
        var random = Randomness(seed: ~seed)
        var variables: OrderedMap<Value> = [
            "s": .string(random.pick(Words.texts)), "n": number(&random), "zero": 0, "e": "", "nothing": nil,
            "l": list(&random, 3), "m": map(&random, 3), "date": "2024-03-05T10:20:30.123456Z",
            "unicode": "e\u{301}👩‍👩‍👧‍👦İß", "self": "{{ render(self) }}{{ self }}", "nested": "{{ s }}{{ nested }}",
            "text": .string(
                String(repeating: random.pick(["a", "x", "\n", "é", "a,", "xxy"]), count: random.below(300))),
        ]
        if random.once(in: 4) { variables["deep"] = deep(random.below(150)) }
        if random.once(in: 8) {
            variables["big"] = .list(Array(repeating: map(&random, 2), count: random.below(200)))
        }
        if random.once(in: 2) {
            variables["outputs"] = map(&random, 3)
            variables["vars"] = ["a-b": ["c": 1], "a": 5, "b": 2]
        }
        return RenderContext(
            variables: Variables(variables), now: Timestamp(microseconds: 1_709_634_030_123_456), seed: seed,
            recursive: random.once(in: 16), limits: limits)
    }

    private static func number(_ random: inout Randomness) -> Value {
        random.pick([
            0, 1, -1, 5, .int(.min), .int(.max), .double(1e308), .double(-0.0), .double(.nan),
            .double(.infinity),
        ])
    }

    private static func value(_ random: inout Randomness, _ depth: Int) -> Value {
        switch random.below(depth > 0 ? 9 : 5) {
        case 0: return .null
        case 1: return .bool(random.once(in: 2))
        case 2: return number(&random)
        case 3, 4: return .string(random.pick(Words.texts))
        case 5: return extended(&random)
        case 6: return list(&random, depth - 1)
        default: return map(&random, depth - 1)
        }
    }

    private static func extended(_ random: inout Randomness) -> Value {
        .extended(
            random.pick([
                .decimal("99999999999999999999999"), .float(1.5), .float(.nan), .bytes([0, 255, 128]),
                .instant(Timestamp(microseconds: .max)), .instant(Timestamp(microseconds: 0)),
                .decimal("1e999999999"),
                .decimal("not a number"),
            ]))
    }

    private static func list(_ random: inout Randomness, _ depth: Int) -> Value {
        var items: [Value] = []
        for _ in 0..<random.below(6) { items.append(value(&random, depth)) }
        return .list(items)
    }

    private static func map(_ random: inout Randomness, _ depth: Int) -> Value {
        var entries: OrderedMap<Value> = [:]
        for _ in 0..<random.below(6) { entries[random.pick(Words.keys)] = value(&random, depth) }
        return .map(entries)
    }

    private static func deep(_ levels: Int) -> Value {
        var value: Value = 1
        for level in 0..<levels { value = level.isMultiple(of: 2) ? [value] : ["a": value] }
        return value
    }
}
