import ApusModel
import ApusPlugin
import Foundation

extension ScriptSpace {
    /// Files looked at for patterns, at most.
    private static let maxFiles = 100_000

    /// Stores the files that patterns name, and all in the output directory.
    ///
    /// - Returns: The URI of each by its path in the working directory (or in the output directory), by name.
    func stored(_ patterns: [String], reportsMissing: Bool) async throws -> OrderedMap<Value> {
        var found = Dictionary(
            try files(in: outputDirectory).map { ($0, "\(outputDirectory)/\($0)") }, uniquingKeysWith: { $1 })
        let directory = try context.workingDirectory.made()
        let globs = patterns.map { Glob(relative($0, to: directory)) }
        let all = globs.allSatisfy(\.isLiteral) ? [] : try files(in: directory)
        for glob in globs {
            let matches = glob.isLiteral ? literal(glob.pattern) : all.filter(glob.matches)
            if matches.isEmpty, reportsMissing {
                context.log("`outputFiles`: there is no file `\(glob.pattern)`", at: .warn)
            }
            for name in matches { found[name] = "\(directory)/\(name)" }
        }
        var uris: OrderedMap<Value> = [:]
        for (name, path) in found.sorted(by: { $0.key < $1.key }) {
            uris[name] = .string(try await context.store(file: path, named: name))
        }
        return uris
    }

    /// The files in the working directory that patterns name, in order.
    func names(of patterns: [String]) throws -> [String] {
        let directory = try context.workingDirectory.made()
        let globs = patterns.map { Glob(relative($0, to: directory)) }
        return try files(in: directory).filter { name in globs.contains { $0.matches(name) } }.sorted()
    }

    private func relative(_ pattern: String, to directory: String) -> String {
        if pattern.hasPrefix("\(directory)/") { return String(pattern.dropFirst(directory.count + 1)) }
        return pattern.hasPrefix("./") ? String(pattern.dropFirst(2)) : pattern
    }

    private func literal(_ name: String) -> [String] {
        guard let path = try? context.workingDirectory.path(of: name), Self.isFile(path) else { return [] }
        return [name]
    }

    /// The regular files below a directory, without the server's own.
    private func files(in directory: String) throws -> [String] {
        guard let walk = FileManager.default.enumerator(atPath: directory) else { return [] }
        var files: [String] = []
        var seen = 0
        for case let name as String in walk {
            if name == Self.ownDirectory || name == Self.outputDirectoryName {
                walk.skipDescendants()
                continue
            }
            seen += 1
            guard seen <= Self.maxFiles else {
                throw TaskFailure("`outputFiles`: more than \(Self.maxFiles) files in the working directory")
            }
            if Self.isFile("\(directory)/\(name)") { files.append(name) }
        }
        return files
    }

    private static func isFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            && !isDirectory.boolValue
    }
}
