package import ApusModel

/// A fault in a file, in the form editors and compilers share: `file:line:column: error: message; remedy`.
package struct FaultText: Hashable, Sendable {
    package var severity: String
    /// What is meant, such as `tasks[0].type`; empty for the document as a whole.
    package var path: String
    package var message: String
    package var position: SourcePosition?
    package var remedy: String?

    package init(_ fault: Fault) {
        severity = fault.severity.rawValue
        path = fault.path.description
        message = fault.message
        position = fault.position
        remedy = fault.remedy
    }

    /// Reads the API's form of a fault.
    package init?(json: Value) {
        guard let message = json["message"]?.stringValue else { return nil }
        self.message = message
        severity = json["severity"]?.stringValue ?? "error"
        path = json["path"]?.stringValue ?? ""
        remedy = json["remedy"]?.stringValue
        if let line = json["line"]?.intValue, let column = json["column"]?.intValue {
            position = SourcePosition(line: Int(clamping: line), column: Int(clamping: column))
        }
    }

    package var isError: Bool { severity == "error" }

    package func line(file: String) -> String {
        let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
        let subject = path.isEmpty || message.contains(path) ? "" : "\(path): "
        return "\(place): \(severity): \(subject)\(message)" + (remedy.map { "; \($0)" } ?? "")
    }
}
