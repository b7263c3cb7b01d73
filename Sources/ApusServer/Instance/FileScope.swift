import ApusModel
import ApusStorage

/// Which files the expressions and tasks of an execution may read: its own, those of its namespace and of the
/// namespaces above, those that other executions of its namespace gave out, and those of the execution that
/// started it. Nothing of the machine, and nothing of other namespaces.
///
/// Source: "file access rules", the documentation of `read` and its relatives.
struct FileScope {
    let flow: FlowReference
    /// `nil` while there is no execution yet.
    let execution: Execution.ID?
    /// `trigger` as expressions see it: an execution that another one started names that one in it.
    var trigger: Value?

    /// Where a path or URI leads.
    ///
    /// - Parameters:
    ///   - path: `kestra:///…`, `nsfile:///…`, `nsfile://namespace/…`, or a path below the files of the namespace.
    ///   - namespace: For a namespace file of another namespace than the flow's.
    /// - Throws: `StorageError` (`invalidAddress`), in words for the author of the flow.
    func address(of path: String, namespace: String? = nil) throws(StorageError) -> StorageURI {
        switch Self.scheme(of: path) {
        case nil: return try namespaceFile(path, in: namespace)
        case "kestra":
            let address = try StorageURI(path)
            guard isReadable(address) else {
                throw refused(
                    "Unable to read the file '\(path)': it belongs neither to this execution nor to the namespace "
                        + "`\(flow.namespace)`")
            }
            return address
        case "nsfile":
            let rest = path.dropFirst("nsfile:".count)
            guard rest.hasPrefix("//") else { return try namespaceFile(String(rest), in: namespace) }
            let (authority, file) = Self.split(rest.dropFirst(2))
            guard authority.isEmpty || namespace == nil else {
                throw refused("the URI `\(path)` names a namespace, and so does the argument `namespace`")
            }
            return try namespaceFile(
                StorageURI(StorageURI.scheme + "/" + file).segments.joined(separator: "/"),
                in: authority.isEmpty ? namespace : authority)
        case "file":
            throw refused(
                "`\(path)` is a file of the machine, and this server lets expressions read none")
        default: throw refused("Cannot process the URI \(path): scheme not supported.")
        }
    }

    private func namespaceFile(_ path: String, in namespace: String?) throws(StorageError) -> StorageURI {
        let place = namespace ?? flow.namespace
        guard isOwnOrAbove(place) else {
            throw refused("the flow is in `\(flow.namespace)` and may not read files of `\(place)`")
        }
        let relative = path.drop { $0 == "/" }
        guard !relative.isEmpty else { throw refused("`\(path)` names no file") }
        do {
            return try StorageURI.namespaceFiles(place).appending(path: String(relative))
        } catch {
            throw refused("`\(path)` is not the path of a file: \(error.message)")
        }
    }

    private func isReadable(_ address: StorageURI) -> Bool {
        if let execution, isBelow(address, flow.namespace, flow.id, execution) { return true }
        if let root = try? StorageURI.namespaceFiles(flow.namespace), address.isInside(root), address != root
        {
            return true
        }
        return isOutput(address) || isOfParent(address)
    }

    /// A file that a task of any execution in the flow's own namespace stored: `…/FLOW/executions/ID/tasks/…`.
    private func isOutput(_ address: StorageURI) -> Bool {
        guard let root = try? StorageURI.namespace(flow.namespace), address.isInside(root) else {
            return false
        }
        let rest = address.segments.dropFirst(root.segments.count).map { $0 }
        return rest.count > 5 && rest[1] == "executions" && rest[3] == "tasks"
    }

    private func isOfParent(_ address: StorageURI) -> Bool {
        guard let namespace = trigger?["namespace"]?.stringValue, let id = trigger?["flowId"]?.stringValue,
            let execution = trigger?["executionId"]?.stringValue
        else { return false }
        return isBelow(address, namespace, id, execution)
    }

    private func isBelow(
        _ address: StorageURI, _ namespace: String, _ flowID: String, _ execution: Execution.ID
    ) -> Bool {
        let root = try? StorageURI.execution(
            namespace: namespace, flowID: flowID, executionID: execution)
        return root.map { address.isInside($0) && address != $0 } ?? false
    }

    /// `a.b` and `a` for a flow in `a.b`; never `a.bc`.
    private func isOwnOrAbove(_ namespace: String) -> Bool {
        !namespace.isEmpty && "\(flow.namespace).".hasPrefix("\(namespace).")
    }

    private func refused(_ message: String) -> StorageError { StorageError(.invalidAddress, message) }

    /// What stands before `:/`, when it looks like a scheme.
    private static func scheme(of path: String) -> String? {
        guard let colon = path.firstIndex(of: ":"), path[colon...].hasPrefix(":/") else { return nil }
        let name = path[..<colon]
        let isScheme = name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "+-.".unicodeScalars.contains(scalar))
        }
        return isScheme && !name.isEmpty ? String(name) : nil
    }

    /// The part before the first slash, and the rest.
    private static func split(_ text: Substring) -> (String, String) {
        guard let slash = text.firstIndex(of: "/") else { return (String(text), "") }
        return (String(text[..<slash]), String(text[text.index(after: slash)...]))
    }
}
