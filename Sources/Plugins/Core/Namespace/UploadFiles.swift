import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// Source: core-plugins, `core.namespace.UploadFiles`.
struct UploadFiles: RunnableTask {
    static let type = "io.kestra.plugin.core.namespace.UploadFiles"
    static let summary =
        "Stores files of the working directory or the internal storage as files of a namespace."
    static let outputs: [PropertySchema]? = [
        .output("files", "The URI of each file by its path in the namespace.", .map(.string))
    ]

    /// What happens when a file is there already.
    enum Conflict: String, Sendable, CaseIterable, Decodable {
        case overwrite = "OVERWRITE"
        case error = "ERROR"
        case skip = "SKIP"
    }

    @Property("Whose files they become.")
    var namespace: String
    @Property("Patterns of files in the working directory.")
    var files: [String] = []
    @Property("URIs of files in the internal storage, by the path they get.")
    var filesMap: OrderedMap<String> = [:]
    @Property("The directory they get into.")
    var destination: String = "/"
    @Property("What to do when a file is there: OVERWRITE, ERROR, or SKIP it.")
    var conflict: Conflict = .overwrite

    struct Output: TaskOutput {
        var files: OrderedMap<Value> = [:]
        var values: OrderedMap<Value> { ["files": .map(files)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        guard !files.isEmpty || !filesMap.isEmpty else {
            throw TaskFailure("give the files to store: `files` or `filesMap`")
        }
        var output = Output()
        if !files.isEmpty {
            let directory = try context.workingDirectory.made()
            let found = try WorkingFiles(directory).matching(files)
            if found.isEmpty {
                context.log("`files`: no file of the working directory matches", at: .warn)
            }
            for name in found { try await store(name, of: directory, as: name, &output, context) }
        }
        for (path, uri) in filesMap {
            let copy = try context.workingDirectory.path(of: Self.copyName)
            try context.workingDirectory.makeParents(of: copy)
            try await context.fetch(uri, to: copy)
            try await store(
                Self.copyName, of: try context.workingDirectory.made(), as: path, &output, context)
            try FileManager.default.removeItem(atPath: copy)
        }
        return output
    }

    /// In the directory of the server's own files, which no pattern means.
    private static let copyName = ".apus/upload"

    private func store(
        _ name: String, of directory: String, as path: String, _ output: inout Output, _ context: TaskContext
    ) async throws {
        let target = [destination, path].map { $0.split(separator: "/").joined(separator: "/") }
            .filter { !$0.isEmpty }.joined(separator: "/")
        let uri = try await context.services.namespaceFiles.store(
            name, of: directory, at: target, in: namespace, replacing: conflict == .overwrite)
        if let uri {
            output.files["/\(target)"] = .string(uri)
        } else if conflict == .error {
            throw TaskFailure(
                "File /\(target) already exists in namespace \(namespace) and `conflict` is ERROR")
        } else {
            context.log("/\(target) is there already and stays as it is", at: .debug)
        }
    }
}
