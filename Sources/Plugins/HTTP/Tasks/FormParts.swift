import ApusModel
import ApusPlugin

/// The parts of a multipart form from the properties of a task.
enum FormParts {
    /// Text becomes a field, a `kestra://` URI a file, a map `{name, content}` a file with that name.
    static func parts(_ fields: OrderedMap<Value>, _ context: TaskContext) async throws -> [HTTPCall.Part] {
        var parts: [HTTPCall.Part] = []
        for (name, value) in fields {
            for item in value.listValue ?? [value] where !item.isNull {
                let file = "form-files/\(parts.count)"
                if let filename = item["name"]?.stringValue, let content = item["content"] {
                    let content = try await Self.content(content.formText, file, context)
                    parts.append(HTTPCall.Part(name: name, filename: filename, content: content))
                } else {
                    let text = item.formText
                    let content = try await Self.content(text, file, context)
                    let isFile = if case .file = content { true } else { false }
                    let filename = text.split(separator: "/").last.map(String.init)
                    parts.append(
                        HTTPCall.Part(name: name, filename: isFile ? filename : nil, content: content))
                }
            }
        }
        return parts
    }

    private static func content(
        _ text: String, _ file: String, _ context: TaskContext
    ) async throws -> HTTPCall.Part.Content {
        guard text.hasPrefix("kestra://") else { return .text(text) }
        let path = try context.workingDirectory.path(of: file)
        try context.workingDirectory.makeParents(of: path)
        try await context.fetch(text, to: path)
        return .file(path: path)
    }
}
