import ApusModel
import ApusPlugin
import ApusSchema

/// Source: core-plugins, `core.storage.Reverse`.
struct Reverse: RunnableTask {
    static let type = "io.kestra.plugin.core.storage.Reverse"
    static let aliases = ["io.kestra.core.tasks.storages.Reverse"]
    static let summary = "Turns the rows of a file around: the last comes first."
    static let outputs: [PropertySchema]? = [.uriOutput("The reversed file.")]

    @Property("The file.")
    var from: String
    @Property("Between the rows.")
    var separator: String = "\n"
    @Property("How the text of the file is encoded.")
    var charset: String = "UTF-8"

    func run(_ context: TaskContext) async throws -> ValuesOutput {
        let charset = try RowCharset(charset)
        let separator = try charset.encode(FileSplit.unescaped(separator))
        guard !separator.isEmpty else { throw TaskFailure("`separator` must not be empty") }
        let source = try LocalFile(try await context.localCopy(of: from))
        let target = try NewLocalFile(try context.newPath("reversed"))
        var reversal = FileReversal(source, separator: separator, unitBytes: charset.unitBytes)
        try await reversal.write(to: target)
        try target.finish()
        let name = "reversed" + TaskContext.suffix(ofURI: from)
        return ValuesOutput(["uri": .string(try await context.store(file: target.path, named: name))])
    }
}
