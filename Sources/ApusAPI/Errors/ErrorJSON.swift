import ApusModel

extension APIError {
    /// `{message, _links: {self: {href}}, _embedded: {errors: [{message, path}]}, faults?}`
    ///
    /// - Parameter href: The target of the request, query included.
    func body(href: String) -> [UInt8] {
        JSONWriter.object { object in
            object.field("message", message)
            object.object("_links") { $0.object("self") { $0.field("href", href) } }
            object.object("_embedded") { embedded in
                guard !details.isEmpty else { return }
                embedded.list("errors", details) { detail, writer in
                    writer.object {
                        $0.field("message", detail.message)
                        $0.field("path", detail.path)
                    }
                }
            }
            guard !faults.isEmpty else { return }
            object.list("faults", faults) { $0.write(to: &$1) }
        }
    }
}

extension Fault {
    /// `{severity, message, path, line, column, remedy}`
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("severity", severity.rawValue)
            $0.field("message", message)
            $0.field("path", path.description)
            $0.field("line", position?.line)
            $0.field("column", position?.column)
            $0.field("remedy", remedy)
        }
    }
}
