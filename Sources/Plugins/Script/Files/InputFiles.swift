import ApusModel
import ApusPlugin
import Foundation

extension ScriptSpace {
    /// Writes the files a task asks for: a map from path to content or URI, or the JSON text of such a map.
    func place(_ inputFiles: Value?) async throws {
        for (name, content) in try Self.files(inputFiles) {
            let path = try context.workingDirectory.path(of: name)
            switch content {
            case .null: continue
            case .string(let text): try await place(text, as: name, at: path)
            case .bool, .int, .double, .list, .map, .extended:
                try context.workingDirectory.write(Data(content.json.utf8), to: name)
            }
        }
    }

    private func place(_ text: String, as name: String, at path: String) async throws {
        let uri = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if ["kestra://", "nsfile://"].contains(where: uri.hasPrefix), !uri.contains("\n") {
            try context.workingDirectory.makeParents(of: path)
            return try await context.fetch(uri, to: path)
        }
        if uri.hasPrefix("file://"), !uri.contains("\n") {
            throw TaskFailure(
                "`inputFiles.\(name)`: `\(uri)` is a file of the machine, and this server lets tasks read none"
            )
        }
        try context.workingDirectory.write(Data(text.utf8), to: name)
    }

    private static func files(_ value: Value?) throws(TaskFailure) -> OrderedMap<Value> {
        switch value {
        case .none, .null: return [:]
        case .map(let files): return files
        case .string(let text) where text.allSatisfy(\.isWhitespace): return [:]
        case .string(let text):
            guard let files = (try? JSONParser.parse(text))?.mapValue else {
                throw TaskFailure("`inputFiles` must be a map of files by name, or the JSON text of one")
            }
            return files
        case .bool, .int, .double, .list, .extended:
            throw TaskFailure(
                "`inputFiles` must be a map of files by name, found \(value?.kind ?? "nothing")")
        }
    }
}
