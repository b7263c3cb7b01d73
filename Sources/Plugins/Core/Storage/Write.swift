import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// Source: core-plugins, `core.storage.Write`.
struct Write: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.Write"
    static let summary = "Writes a text to a file in internal storage."
    static let outputs: [PropertySchema]? = [.uriOutput("The file.")]

    @Property("The text.")
    var content: String
    @Property("What the name of the file ends with, such as `.txt`.")
    var `extension`: String?

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let path = try context.newPath("content")
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
        let name = "content" + (try FileSuffix.checked(`extension`))
        return ValuesOutput(["uri": .string(try await context.store(file: path, named: name))])
    }
}

/// What a user wants the name of a file to end with.
enum FileSuffix {
    static func checked(_ text: String?) throws(TaskFailure) -> String {
        guard let text, !text.isEmpty else { return "" }
        guard text.utf8.count <= 100, !text.contains(where: { $0 == "/" || $0 == "\\" || $0.isNewline })
        else {
            throw TaskFailure("`extension` must be the end of a file name such as `.csv`, found `\(text)`")
        }
        return text
    }
}
