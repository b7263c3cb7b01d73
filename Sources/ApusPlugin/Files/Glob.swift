/// A pattern of paths: `*` and `?` within a name, `**` across names, `[a-z]`, `[!a-z]`, `{one,two}`, `\` before a
/// character meant literally. `**/` stands for no directory too.
///
/// Source: the glob syntax of Java's `FileSystem.getPathMatcher`.
public struct Glob: Hashable, Sendable {
    public let pattern: String
    private let alternatives: [[Piece]]

    private enum Piece: Hashable, Sendable {
        case character(Character)
        case anyCharacter
        case anyName
        case anyPath
        case anyDirectories
        case oneOf([ClosedRange<Character>], isNegated: Bool)
    }

    /// Patterns that braces make of one, at most.
    private static let maxAlternatives = 256

    public init(_ pattern: String) {
        self.pattern = pattern
        alternatives = Self.expand(Array(pattern)[...]).prefix(Self.maxAlternatives).map(Self.pieces)
    }

    /// A plain path, which names at most one file.
    public var isLiteral: Bool { !pattern.contains { "*?[{\\".contains($0) } }

    /// Whether a path, its names separated by slashes, is one of those meant.
    public func matches(_ path: String) -> Bool {
        let path = Array(path)
        return alternatives.contains { Self.matches($0, path) }
    }

    /// Cost: pieces times characters, whatever the pattern.
    private static func matches(_ pieces: [Piece], _ path: [Character]) -> Bool {
        // `reachable[n]`: the pieces so far match the first `n` characters.
        var reachable = [Bool](repeating: false, count: path.count + 1)
        reachable[0] = true
        for piece in pieces {
            var next = [Bool](repeating: false, count: path.count + 1)
            for place in 0...path.count {
                switch piece {
                case .anyName:
                    next[place] =
                        reachable[place] || (place > 0 && next[place - 1] && path[place - 1] != "/")
                case .anyPath:
                    next[place] = reachable[place] || (place > 0 && next[place - 1])
                case .anyDirectories:
                    next[place] =
                        reachable[place]
                        || (place > 0 && path[place - 1] == "/" && reachable[..<place].contains(true))
                case .character(let character):
                    next[place] = place > 0 && reachable[place - 1] && path[place - 1] == character
                case .anyCharacter:
                    next[place] = place > 0 && reachable[place - 1] && path[place - 1] != "/"
                case .oneOf(let ranges, let isNegated):
                    next[place] =
                        place > 0 && reachable[place - 1] && path[place - 1] != "/"
                        && ranges.contains { $0.contains(path[place - 1]) } != isNegated
                }
            }
            reachable = next
        }
        return reachable[path.count]
    }

    private static func pieces(_ pattern: [Character]) -> [Piece] {
        var pieces: [Piece] = []
        var rest = pattern[...]
        while let first = rest.popFirst() {
            switch first {
            case "*" where rest.first == "*":
                rest = rest.drop { $0 == "*" }
                let startsName =
                    pieces.isEmpty || pieces.last == .character("/") || pieces.last == .anyDirectories
                if startsName, rest.first == "/" {
                    rest.removeFirst()
                    pieces.append(.anyDirectories)
                } else {
                    pieces.append(.anyPath)
                }
            case "*": pieces.append(.anyName)
            case "?": pieces.append(.anyCharacter)
            case "[":
                if let set = set(&rest) { pieces.append(set) } else { pieces.append(.character("[")) }
            case "\\": pieces.append(.character(rest.popFirst() ?? "\\"))
            default: pieces.append(.character(first))
            }
        }
        return pieces
    }

    /// Reads a set after its `[`; `nil` and nothing read when it is not closed.
    private static func set(_ rest: inout ArraySlice<Character>) -> Piece? {
        guard let end = rest.dropFirst().firstIndex(of: "]") else { return nil }
        var members = rest[..<end]
        let isNegated = members.first == "!" || members.first == "^"
        if isNegated { members.removeFirst() }
        var ranges: [ClosedRange<Character>] = []
        while let low = members.popFirst() {
            if members.first == "-", let high = members.dropFirst().first, high >= low {
                members.removeFirst(2)
                ranges.append(low...high)
            } else {
                ranges.append(low...low)
            }
        }
        rest = rest[(end + 1)...]
        return .oneOf(ranges, isNegated: isNegated)
    }

    /// Writes out the first group of braces, and by recursion all.
    private static func expand(_ pattern: ArraySlice<Character>) -> [[Character]] {
        guard let start = pattern.firstIndex(of: "{"), let end = pattern[start...].firstIndex(of: "}"),
            start == pattern.startIndex || pattern[start - 1] != "\\"
        else { return [Array(pattern)] }
        let options = pattern[(start + 1)..<end].split(separator: ",", omittingEmptySubsequences: false)
        let tails = expand(pattern[(end + 1)...])
        return options.prefix(maxAlternatives).flatMap { option in
            tails.prefix(maxAlternatives / max(1, options.count) + 1).map { tail in
                Array(pattern[..<start]) + Array(option) + tail
            }
        }
    }
}
