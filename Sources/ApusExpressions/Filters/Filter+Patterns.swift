import ApusModel

extension Filter {
    /// Filters that search by regular expressions, and `replace`.
    static let patterns: [Filter] = [
        Filter("split", ["delimiter*", "limit"]) { (value, call) throws(ExpressionError) in
            let pieces = try Search.split(
                try call.input(value), by: try call.string(0), limit: try call.optionalInt(1) ?? 0,
                spending: call.evaluator)
            try call.evaluator.spend(pieces.count)
            return .list(pieces.map { .string($0) })
        },
        Filter("replace", ["replace_pairs*", "regexp"]) { (value, call) throws(ExpressionError) in
            let pairs = try call.map(0)
            let isPattern = try call.flag(1, default: false)
            return try value.mappingTexts(call.evaluator) { (text) throws(ExpressionError) in
                var text = text
                for (part, replacement) in pairs {
                    text =
                        isPattern
                        ? try Search.replace(
                            part, in: text, with: replacement.printed, spending: call.evaluator)
                        : text.replacingOccurrences(part, replacement.printed)
                    try call.evaluator.check(bytes: text.utf8.count)
                }
                return text
            }
        },
        // Null matches nothing, and the answer is a boolean also then.
        Filter("regexMatch", ["regex*"], takesNull: true) { (value, call) throws(ExpressionError) in
            guard !value.isNull else { return .bool(false) }
            let pattern = try Pattern.compiled(try call.string(0), spending: call.evaluator)
            var matcher = Matcher(pattern, value.printed, spending: call.evaluator)
            return .bool(try matcher.first() != nil)
        },
        Filter("regexReplace", ["regex*", "replacement*"]) { (value, call) throws(ExpressionError) in
            .string(
                try Search.replace(
                    try call.string(0), in: value.printed, with: try call.text(1), spending: call.evaluator))
        },
        Filter("regexExtract", ["regex*", "group"]) { (value, call) throws(ExpressionError) in
            let pattern = try Pattern.compiled(try call.string(0), spending: call.evaluator)
            let group = try call.optionalInt(1) ?? 0
            guard (0...pattern.groupCount).contains(group) else {
                throw .argument(
                    "the regular expression has \(pattern.groupCount) groups, there is no group \(group)")
            }
            var matcher = Matcher(pattern, value.printed, spending: call.evaluator)
            guard let range = try matcher.first()?.range(of: group) else { return .null }
            return .string(matcher.text(range))
        },
    ]
}

/// Splitting and replacing as Java does it.
enum Search {
    /// - Parameter limit: At most so many pieces; 0 drops empty pieces at the end, negative keeps them.
    static func split(
        _ text: String, by delimiter: String, limit: Int, spending evaluator: Evaluator
    ) throws(ExpressionError) -> [String] {
        guard !text.isEmpty else { return [""] }
        var matcher = Matcher(try Pattern.compiled(delimiter, spending: evaluator), text, spending: evaluator)
        var pieces: [String] = []
        var start = 0
        var position = 0
        while limit <= 0 || pieces.count < limit - 1, let match = try matcher.first(from: position) {
            let range = match.range
            position = range.isEmpty ? range.upperBound + 1 : range.upperBound
            if range.isEmpty, range.lowerBound == 0 || range.lowerBound >= matcher.scalars.count { continue }
            pieces.append(matcher.text(start..<range.lowerBound))
            start = range.upperBound
        }
        pieces.append(matcher.text(start..<matcher.scalars.count))
        if limit == 0 {
            while pieces.count > 1, pieces.last?.isEmpty == true { pieces.removeLast() }
            if pieces == [""] { pieces = [] }
        }
        return pieces
    }

    /// - Parameter replacement: `$1` and `${name}` stand for groups; a backslash takes the meaning away.
    static func replace(
        _ source: String, in text: String, with replacement: String, spending evaluator: Evaluator
    ) throws(ExpressionError) -> String {
        let pattern = try Pattern.compiled(source, spending: evaluator)
        var matcher = Matcher(pattern, text, spending: evaluator)
        let matches = try matcher.all()
        guard !matches.isEmpty else { return text }
        let parts = try Replacement.parts(of: replacement, pattern)
        var result = ""
        var start = 0
        for match in matches {
            result += matcher.text(start..<match.range.lowerBound)
            for part in parts {
                switch part {
                case .text(let text): result += text
                case .group(let number):
                    if let range = match.range(of: number) { result += matcher.text(range) }
                }
            }
            try evaluator.check(bytes: result.utf8.count)
            start = match.range.upperBound
        }
        return result + matcher.text(start..<matcher.scalars.count)
    }
}

private enum Replacement {
    case text(String)
    case group(Int)

    static func parts(of text: String, _ pattern: Pattern) throws(ExpressionError) -> [Replacement] {
        var parts: [Replacement] = []
        var plain = ""
        var rest = Array(text)[...]
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                guard let escaped = rest.popFirst() else {
                    throw .argument("the replacement `\(text)` ends with a backslash")
                }
                plain.append(escaped)
            case "$":
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = ""
                parts.append(.group(try group(&rest, of: text, pattern)))
            default: plain.append(character)
            }
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
        return parts
    }

    private static func group(
        _ rest: inout ArraySlice<Character>, of text: String, _ pattern: Pattern
    ) throws(ExpressionError) -> Int {
        if rest.first == "{" {
            let name = String(rest.dropFirst().prefix { $0 != "}" })
            guard let number = pattern.names[name] else {
                throw .argument("the replacement `\(text)` names a group that does not exist")
            }
            rest.removeFirst(min(rest.count, name.count + 2))
            return number
        }
        guard var number = rest.first.flatMap({ $0.isASCII ? $0.wholeNumberValue : nil }) else {
            throw .argument("a `$` in the replacement `\(text)` is followed by the number of a group")
        }
        guard number <= pattern.groupCount else { throw .argument("there is no group \(number)") }
        rest.removeFirst()
        while let digit = rest.first.flatMap({ $0.isASCII ? $0.wholeNumberValue : nil }),
            number * 10 + digit <= pattern.groupCount
        {
            number = number * 10 + digit
            rest.removeFirst()
        }
        return number
    }
}
