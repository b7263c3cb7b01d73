import ApusModel

extension Function {
    /// Functions on files of the storage and of namespaces.
    static let files: [Function] = [
        Function("read", ["path*", "namespace", "version", "revision"]) { (call) throws(ExpressionError) in
            let file = try FileArgument(call)
            guard let content = try call.fact(.readFile(path: file.path, namespace: file.namespace)) else {
                throw file.missing
            }
            return content
        },
        Function("fileURI", ["path*", "namespace", "version"], reads: ["flow"]) {
            (call) throws(ExpressionError) in
            let file = try FileArgument(call)
            guard !file.hasScheme else { return .string(file.path) }
            let own = try call.flowNamespace()
            guard let namespace = file.namespace ?? own else {
                throw .argument("\(call.subject) needs the argument `namespace` outside a flow")
            }
            let folder = namespace.replacingOccurrences(".", "/")
            return .string("kestra:///\(folder)/_files/\(file.path.drop { $0 == "/" })")
        },
        Function("fileSize", ["path*", "namespace"]) { (call) throws(ExpressionError) in try size(call) },
        Function("isFileEmpty", ["path*", "namespace"]) { (call) throws(ExpressionError) in
            .bool(Comparison.areEqual(try size(call), .int(0)))
        },
        Function("fileExists", ["path*", "namespace"]) { (call) throws(ExpressionError) in
            let file = try FileArgument(call)
            return try call.fact(.fileExists(path: file.path, namespace: file.namespace)) ?? .bool(false)
        },
    ]

    private static func size(_ call: Arguments) throws(ExpressionError) -> Value {
        let file = try FileArgument(call)
        guard let size = try call.fact(.fileSize(path: file.path, namespace: file.namespace)) else {
            throw file.missing
        }
        return size
    }
}

/// The file that a call speaks of: a path within a namespace, or a URI.
private struct FileArgument {
    let path: String
    let namespace: String?
    let hasScheme: Bool

    init(_ call: Arguments) throws(ExpressionError) {
        path = try call.text(0)
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        guard !segments.contains(".."), !path.utf8.contains(0), !path.contains("\\") else {
            throw .argument("the path `\(path)` leaves its folder")
        }
        guard !path.isEmpty else { throw .argument("\(call.subject) needs a path") }
        let given = try call.optionalString(1)
        namespace = given
        guard let colon = path.firstIndex(of: ":"),
            path[path.startIndex..<colon].utf8.allSatisfy(\.isSchemeByte),
            path[colon...].hasPrefix(":/")
        else {
            hasScheme = false
            return
        }
        hasScheme = true
        switch path[..<colon] {
        case "kestra", "file": break
        case "nsfile":
            let rest = path[colon...].dropFirst(3)
            guard given == nil || !path[colon...].hasPrefix("://") || rest.hasPrefix("/") else {
                throw .argument("the URI `\(path)` names a namespace already")
            }
        default: throw .argument("Cannot process the URI \(path): scheme not supported.")
        }
    }

    var missing: ExpressionError { .failed("the file `\(path)` does not exist") }
}

extension UInt8 {
    fileprivate var isSchemeByte: Bool { isLetter || isDigit || self == 0x2B || self == 0x2D || self == 0x2E }
}
