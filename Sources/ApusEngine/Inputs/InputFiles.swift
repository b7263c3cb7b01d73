internal import ApusModel

/// Checks uploads and references to stored files.
enum InputFiles {
    private static let schemes = ["kestra", "file", "nsfile"]

    static func uploaded(_ uri: String, named name: String, extensions: [String]) throws(InputRefusal)
        -> Value
    {
        try check(name, extensions)
        return .string(uri)
    }

    /// A URI of internal storage, of a file the server may read, or of a namespace file. Whether the execution
    /// may read it is for the storage to say.
    static func reference(_ value: Value, extensions: [String]) throws(InputRefusal) -> Value {
        guard let text = value.stringValue,
            let path = path(of: text, schemes: schemes)
        else {
            throw InputRefusal("it must be an uploaded file or a `kestra://`, `file://` or `nsfile://` URI")
        }
        try checkStaysInside(path)
        try check(path, extensions)
        return .string(text)
    }

    /// What may stand as a default in a flow.
    static func checkDefault(_ text: String) throws(InputRefusal) {
        guard let path = path(of: text, schemes: ["file", "nsfile"]) else {
            throw InputRefusal("the default of a FILE input must be a `file://` or `nsfile://` URI")
        }
        try checkStaysInside(path)
    }

    private static func path(of uri: String, schemes: [String]) -> String? {
        guard let end = uri.firstRange(of: "://") else { return nil }
        guard schemes.contains(String(uri[..<end.lowerBound])) else { return nil }
        let path = uri[end.upperBound...]
        return path.isEmpty ? nil : String(path)
    }

    private static func checkStaysInside(_ path: String) throws(InputRefusal) {
        let decoded = decoded(path)
        let hasStep = decoded.split(separator: UInt8(ascii: "/")).contains { segment in
            segment.elementsEqual("..".utf8) || segment.elementsEqual(".".utf8)
        }
        guard !hasStep, !decoded.contains(UInt8(ascii: "\\")), !decoded.contains(where: { $0 < 0x20 }) else {
            throw InputRefusal("the path must not contain `.`, `..`, backslashes or control characters")
        }
    }

    /// With `%2E` and the like as the characters they stand for.
    private static func decoded(_ path: String) -> [UInt8] {
        let bytes = Array(path.utf8)
        var result: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[(place + 1)...(place + 2)], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                place += 3
            } else {
                result.append(bytes[place])
                place += 1
            }
        }
        return result
    }

    private static func check(_ name: String, _ extensions: [String]) throws(InputRefusal) {
        let lower = name.lowercased()
        guard extensions.isEmpty || extensions.contains(where: lower.hasSuffix) else {
            throw InputRefusal(
                "the file must have one of the extensions `[\(extensions.joined(separator: ", "))]`")
        }
    }
}
