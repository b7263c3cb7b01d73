import ApusExpressions
import ApusModel
import ApusPlugin
import Foundation

/// The directories of the machine that flows may use: setting `kestra.local-files.allowed-paths`.
struct AllowedPaths: Sendable {
    private let roots: [String]

    init(_ paths: [String]) { roots = paths.compactMap(Self.resolved) }

    /// A directory that a flow names, its links followed.
    ///
    /// - Parameter property: For the message.
    /// - Throws: `TaskFailure` when it is none, or lies elsewhere.
    func directory(_ text: String, named property: String) throws(TaskFailure) -> AllowedDirectory {
        let written = text.hasPrefix("file://") ? String(text.dropFirst("file://".count)) : text
        guard !roots.isEmpty else {
            throw TaskFailure(
                "this server lets flows use no files of its machine; its administrator can allow directories with kestra.local-files.allowed-paths"
            )
        }
        guard written.hasPrefix("/"), !written.utf8.contains(0) else {
            throw TaskFailure("`\(property)` must be an absolute path, found `\(text)`")
        }
        // What lies elsewhere is not told apart from what is not there.
        guard let path = Self.resolved(written), roots.contains(where: { Self.isInside(path, $0) }) else {
            throw TaskFailure(
                "`\(text)` is not a directory below one of kestra.local-files.allowed-paths of this server")
        }
        return AllowedDirectory(path: path)
    }

    private static func isInside(_ path: String, _ root: String) -> Bool {
        path == root || path.hasPrefix(root == "/" ? root : root + "/")
    }

    /// The path without links and dots; `nil` for what is not there.
    private static func resolved(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }
}

/// A directory that a flow may use.
struct AllowedDirectory: Sendable {
    /// Absolute, without links.
    let path: String

    /// Files that one look goes through, at most.
    private static let maxFiles = 100_000
    private static let maxDepth = 32

    fileprivate init(path: String) { self.path = path }

    /// The plain files inside, by their paths.
    ///
    /// - Parameter pattern: A regular expression in Java's syntax that the whole path has to match.
    func files(isRecursive: Bool, matching pattern: String?) throws -> [WatchedFile] {
        var found: [WatchedFile] = []
        var waiting = [(path: path, relative: "", depth: 0)]
        while let next = waiting.popLast() {
            for name in try FileManager.default.contentsOfDirectory(atPath: next.path) {
                let path = "\(next.path)/\(name)"
                let relative = next.relative.isEmpty ? name : "\(next.relative)/\(name)"
                if let file = WatchedFile(path, below: relative) {
                    found.append(file)
                } else if isRecursive, next.depth < Self.maxDepth, Self.isDirectory(path) {
                    waiting.append((path, relative, next.depth + 1))
                }
                guard found.count <= Self.maxFiles else {
                    throw TaskFailure("`\(self.path)` has more than \(Self.maxFiles) files")
                }
            }
        }
        found.sort { $0.path < $1.path }
        guard let pattern else { return found }
        let test = try Template("{{ path | regexMatch(pattern) }}", edition: .two)
        let whole = "\\A(?:\(pattern))\\z"
        return try found.filter { file in
            let variables = Variables(["path": .string(file.path), "pattern": .string(whole)])
            let context = RenderContext(
                variables: variables, now: Timestamp(microseconds: 0), edition: .two)
            return try test.render(context) == "true"
        }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var found = stat()
        return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
    }
}
