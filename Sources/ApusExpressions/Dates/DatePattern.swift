import ApusModel
import Synchronization

/// A pattern of Java's `DateTimeFormatter`: `yyyy-MM-dd'T'HH:mm:ss.SSSXXX`.
struct DatePattern: Sendable {
    enum Element: Sendable, Hashable {
        case literal(String)
        case field(Character, count: Int)
        /// Digits of a second after a point, as many as needed; nothing when there are none.
        case shortestFraction
        /// Text in brackets: printed, and skipped when reading where it does not fit.
        case optional([Element])
    }

    let elements: [Element]

    private static let letters = Set("GuyDMLdQqYwWEecFaBhKkHmSsAnNVvzOXxZ")
    private static let cache = Mutex<[String: DatePattern]>([:])

    static func compiled(_ source: String) throws(ExpressionError) -> DatePattern {
        if let known = cache.withLock({ $0[source] }) { return known }
        let pattern = try DatePattern(source)
        cache.withLock { cache in
            if cache.count > 500 { cache.removeAll() }
            cache[source] = pattern
        }
        return pattern
    }

    private init(_ source: String) throws(ExpressionError) {
        var stack: [[Element]] = [[]]
        var rest = Substring(source)
        func add(_ text: String) {
            let top = stack.count - 1
            if case .literal(let known)? = stack[top].last {
                stack[top][stack[top].count - 1] = .literal(known + text)
            } else {
                stack[top].append(.literal(text))
            }
        }
        while let first = rest.first {
            if Self.letters.contains(first) {
                let run = rest.prefix { $0 == first }
                rest.removeFirst(run.count)
                guard run.count <= 19 else { throw .argument("`\(source)` is not a date pattern: `\(run)`") }
                stack[stack.count - 1].append(.field(first, count: run.count))
                continue
            }
            rest.removeFirst()
            switch first {
            case "'":
                if rest.first == "'" {
                    rest.removeFirst()
                    add("'")
                    continue
                }
                try Self.quoted(&rest, of: source, add)
            case "[":
                guard stack.count < 20 else { throw .argument("`\(source)` has too many brackets") }
                stack.append([])
            case "]":
                guard stack.count > 1, let inner = stack.popLast() else {
                    throw .argument("`\(source)` is not a date pattern: `]` closes nothing")
                }
                stack[stack.count - 1].append(.optional(inner))
            case "{", "}", "#": throw .argument("`\(source)` is not a date pattern: `\(first)` is reserved")
            default:
                guard !(first.isASCII && first.isLetter) else {
                    throw .argument("`\(source)` is not a date pattern: unknown letter `\(first)`")
                }
                add(String(first))
            }
        }
        while stack.count > 1, let inner = stack.popLast() { stack[stack.count - 1].append(.optional(inner)) }
        elements = stack[0]
    }

    init(elements: [Element]) { self.elements = elements }

    private static func quoted(
        _ rest: inout Substring, of source: String, _ add: (String) -> Void
    ) throws(ExpressionError) {
        while let character = rest.popFirst() {
            guard character == "'" else {
                add(String(character))
                continue
            }
            guard rest.first == "'" else { return }
            rest.removeFirst()
            add("'")
        }
        throw .argument("`\(source)` is not a date pattern: a quote is not closed")
    }
}
