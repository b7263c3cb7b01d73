import ApusHTTP
import ApusModel

/// Puts the files of a form into the internal storage.
struct UploadStore {
    var files: FileAccess

    init(_ files: FileAccess) { self.files = files }

    /// Answers the URI of the stored file.
    func store(
        _ part: FormPart, input id: String, of flow: FlowReference, execution: Execution.ID
    ) async throws -> String {
        let path = "inputs/\(UploadName.safe(id))/\(UploadName.safe(part.filename ?? id))"
        let place = FileAccess.Place(flow: flow, execution: execution, path: path)
        switch part.content {
        case .bytes(let bytes): return try await files.store(.bytes(bytes), place)
        case .file(let path): return try await files.store(.file(path: path), place)
        }
    }
}
