/// Which of many paths are meant, by patterns.
///
/// A pattern is a glob from the root: `sql/*.sql`, `**.txt`, `/a.txt`. With or without a slash in front it means the
/// same.
public struct PathSelection: Sendable {
    private let globs: [Glob]

    public init(_ patterns: [String]) { globs = patterns.map { Glob($0) } }

    /// Whether one of the patterns means the path, which has no slash in front.
    public func contains(_ path: String) -> Bool {
        globs.contains { $0.matches("/\(path)") || $0.matches(path) }
    }
}
