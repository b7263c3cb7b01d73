import ApusEngine
import ApusExpressions
import ApusHTTP
import ApusModel

/// The values a client sent for inputs, and the files it sent, once they are stored.
struct ExecutionForm {
    var flow: FlowReference
    /// The execution the files will belong to.
    var execution: Execution.ID
    private(set) var given: [(id: String, value: GivenInput)] = []

    init(flow: FlowReference, execution: Execution.ID) {
        self.flow = flow
        self.execution = execution
    }

    /// Takes over the parts of a form.
    ///
    /// A file belongs to the input its part is named after; in parts named `files` the file's own name says which,
    /// as older clients send them.
    ///
    /// - Parameter storage: Where files are kept; `nil` only notes that there is one.
    mutating func read(_ parts: [FormPart], storing storage: FileAccess?) async throws {
        for part in parts {
            guard let filename = part.filename else {
                guard let text = part.text else {
                    throw APIError.invalid([.init("the value is not valid UTF-8", path: part.name)])
                }
                given.append((part.name, .text(text)))
                continue
            }
            // A browser sends an empty part for a file field that was left alone.
            if filename.isEmpty, part.isEmpty { continue }
            let id = part.name == "files" ? filename : part.name
            var uri = "kestra:///\(UploadName.safe(filename))"
            if let storage {
                uri = try await UploadStore(storage).store(part, input: id, of: flow, execution: execution)
            }
            given.append((id, .file(uri: uri, name: filename)))
        }
    }
}

extension FormPart {
    var isEmpty: Bool {
        if case .bytes(let bytes) = content { bytes.isEmpty } else { false }
    }
}

/// Names of stored files made from names that clients gave.
enum UploadName {
    /// The last part of a path, letters, digits, `.`, `_` and `-` only; `file` when nothing is left.
    static func safe(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        let kept = last.unicodeScalars.prefix(120).map { scalar -> Character in
            let isSafe =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
                || scalar == "." || scalar == "_" || scalar == "-"
            return isSafe ? Character(scalar) : "_"
        }
        let text = String(kept)
        return text.isEmpty || text.allSatisfy({ $0 == "." }) ? "file" : text
    }
}
