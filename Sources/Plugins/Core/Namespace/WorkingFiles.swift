import ApusPlugin
import Foundation

/// The files in a working directory, for patterns.
struct WorkingFiles {
    /// Files looked at, at most.
    private static let maxFiles = 100_000
    /// What the server itself puts there.
    private static let hidden: Set<String> = [".apus", WorkingDirectory.outputName]

    let directory: String

    init(_ directory: String) { self.directory = directory }

    /// The relative paths of the regular files that a pattern means, in order. Links are left out.
    func matching(_ patterns: [String]) throws -> [String] {
        let selection = PathSelection(patterns.map(relative))
        guard let walk = FileManager.default.enumerator(atPath: directory) else { return [] }
        var found: [String] = []
        var seen = 0
        for case let name as String in walk {
            if Self.hidden.contains(name) {
                walk.skipDescendants()
                continue
            }
            seen += 1
            guard seen <= Self.maxFiles else {
                throw TaskFailure("there are more than \(Self.maxFiles) files in the working directory")
            }
            if walk.fileAttributes?[.type] as? FileAttributeType == .typeRegular, selection.contains(name) {
                found.append(name)
            }
        }
        return found.sorted()
    }

    private func relative(_ pattern: String) -> String {
        if pattern.hasPrefix("\(directory)/") { return String(pattern.dropFirst(directory.count + 1)) }
        return pattern.hasPrefix("./") ? String(pattern.dropFirst(2)) : pattern
    }
}
