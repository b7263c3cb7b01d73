import ApusModel
import ApusPlugin
import ApusSchema

/// What a task gives that makes values by name.
struct ValuesOutput: TaskOutput {
    var values: OrderedMap<Value>

    init(_ values: OrderedMap<Value>) { self.values = values }
}

extension PropertySchema {
    static func uriOutput(_ description: String) -> PropertySchema { .output("uri", description, .string) }
}

extension TaskContext {
    /// A local copy of a file of internal storage, in the task's working directory.
    ///
    /// - Throws: `TaskFailure` for a text that is no URI of internal storage.
    func localCopy(of uri: String, as name: String = "from") async throws -> String {
        let path = try newPath(name)
        try await fetch(try Self.internalURI(uri), to: path)
        return path
    }

    /// The path of a local file that the task writes and stores: its own, where tasks share a directory.
    func newPath(_ name: String) throws -> String {
        let path = try workingDirectory.path(of: ".apus/\(taskRunID)-\(attempt)/\(name)")
        try workingDirectory.makeParents(of: path)
        return path
    }

    /// Spaces around a URI, as YAML blocks leave them, are no part of it.
    static func internalURI(_ text: String) throws(TaskFailure) -> String {
        let uri = text.trimmingPrefix(while: \.isWhitespace)
        let end = uri.lastIndex { !$0.isWhitespace }
        let trimmed = end.map { String(uri[...$0]) } ?? ""
        guard trimmed.hasPrefix("kestra://") else {
            throw TaskFailure(
                "expected the URI of a file in internal storage (`kestra:///…`), found `\(text)`")
        }
        return trimmed
    }

    /// What the name of a file ends with, from its last dot: `.csv`; empty for none.
    static func suffix(ofURI uri: String) -> String {
        let name =
            uri.trimmingPrefix(while: \.isWhitespace).split(whereSeparator: { $0 == "/" || $0.isWhitespace })
            .last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        let suffix = name[dot...]
        return suffix.dropFirst().allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            ? String(suffix) : ""
    }
}
