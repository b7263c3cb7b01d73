import ApusModel

extension Function {
    /// Functions on files of the storage and of namespaces.
    static let files: [Function] = [
        Function("read", ["path*", "namespace", "version", "revision"]) { (call) throws(ExpressionError) in
            let file = try FileArgument(call)
            let request = FactRequest.readFile(
                path: file.path, namespace: file.namespace, revision: try revision(call))
            guard let content = try call.fact(request) else { throw file.missing }
            return content
        },
        Function("fileURI", ["path*", "namespace", "version"], reads: ["flow"]) {
            (call) throws(ExpressionError) in
            let file = try FileArgument(call)
            try refuseVersion(call, 2)
            guard file.scheme != "kestra" else { return .string(file.path) }
            guard file.scheme != "file" else {
                throw .argument("`\(file.path)` is a file of the machine, not of a namespace")
            }
            let own = try call.flowNamespace()
            let (named, path) = file.place
            guard let namespace = named ?? file.namespace ?? own else {
                throw .argument("\(call.subject) needs the argument `namespace` outside a flow")
            }
            let folder = namespace.replacingOccurrences(".", "/")
            return .string("kestra:///\(folder)/_files/\(path.drop { $0 == "/" })")
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

    /// The revision of a namespace file that is asked for, by its name of today or before; `nil` for the latest.
    private static func revision(_ call: Arguments) throws(ExpressionError) -> Int? {
        for place in [3, 2] {
            guard let value = call[place], !value.isNull else { continue }
            let name = call.signature.name(at: place)
            guard let number = value.intValue ?? value.stringValue.flatMap({ Int64($0) }),
                number > 0, let revision = Int(exactly: number)
            else { throw .argument("`\(name)` of \(call.subject) must be a whole number of at least 1") }
            return revision
        }
        return nil
    }

    /// The address of an earlier revision is not given out; that of the file itself must not stand for it.
    private static func refuseVersion(_ call: Arguments, _ place: Int) throws(ExpressionError) {
        guard call[place] == nil else {
            throw .argument(
                "the argument `\(call.signature.name(at: place))` of \(call.subject) is not supported: "
                    + "read an earlier revision with `read(path, revision=…)`")
        }
    }

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
    /// `kestra`, `nsfile` or `file`; `nil` for a path.
    let scheme: String?

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
            scheme = nil
            return
        }
        scheme = String(path[..<colon])
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

    /// The namespace that an `nsfile` URI names, and the path in it.
    var place: (namespace: String?, path: Substring) {
        guard scheme == "nsfile", let start = path.firstIndex(of: ":") else { return (nil, path[...]) }
        let rest = path[start...].dropFirst()
        guard rest.hasPrefix("//"), !rest.hasPrefix("///") else { return (nil, rest) }
        let parts = rest.dropFirst(2).split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        return (parts.first.map { String($0) }, parts.dropFirst().first ?? "")
    }

    var missing: ExpressionError { .failed("the file `\(path)` does not exist") }
}

extension UInt8 {
    fileprivate var isSchemeByte: Bool { isLetter || isDigit || self == 0x2B || self == 0x2D || self == 0x2E }
}
