import Foundation

extension StorageURI {
    /// Everything of a namespace: `kestra:///company/team`.
    public static func namespace(_ namespace: String) throws(StorageError) -> StorageURI {
        try StorageURI(
            segments: namespace.split(separator: ".", omittingEmptySubsequences: false).map(String.init))
    }

    /// Everything of an execution: `kestra:///company/team/my-flow/executions/ID`.
    public static func execution(namespace: String, flowID: String, executionID: String) throws(StorageError)
        -> StorageURI
    {
        try Self.namespace(namespace).appending(slug(flowID), "executions", executionID)
    }

    /// Files of a task run: `…/tasks/my-task/RUN`.
    public static func taskRun(
        namespace: String, flowID: String, executionID: String, taskID: String, taskRunID: String
    ) throws(StorageError) -> StorageURI {
        try execution(namespace: namespace, flowID: flowID, executionID: executionID)
            .appending("tasks", slug(taskID), taskRunID)
    }

    /// A file given as an input: `…/inputs/INPUT/file`. The name may be anything; it is sanitised.
    public static func input(
        namespace: String, flowID: String, executionID: String, inputID: String, name: String
    ) throws(StorageError) -> StorageURI {
        try execution(namespace: namespace, flowID: flowID, executionID: executionID)
            .appending("inputs", inputID, sanitised(name))
    }

    /// Files of a trigger: `…/trigger/TRIGGER`.
    public static func trigger(
        namespace: String, flowID: String, executionID: String, triggerID: String
    ) throws(StorageError) -> StorageURI {
        try execution(namespace: namespace, flowID: flowID, executionID: executionID)
            .appending("trigger", slug(triggerID))
    }

    /// The files of a namespace: `kestra:///company/team/_files`.
    public static func namespaceFiles(_ namespace: String) throws(StorageError) -> StorageURI {
        try Self.namespace(namespace).appending("_files")
    }

    /// An id as part of an address: white space and `_` become `-`, accents and all other signs go, lower case.
    ///
    /// Several ids may have one slug; what must not meet is kept apart by the segments after it.
    public static func slug(_ text: String) -> String {
        var slug = ""
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": slug.unicodeScalars.append(scalar)
            case "A"..."Z": slug += String(scalar).lowercased()
            case "-", "_": if !slug.isEmpty, !slug.hasSuffix("-") { slug += "-" }
            default:
                if scalar.properties.isWhitespace, !slug.isEmpty, !slug.hasSuffix("-") { slug += "-" }
            }
        }
        if slug.hasSuffix("-") { slug.removeLast() }
        return slug.isEmpty ? "-" : slug
    }

    /// Any text as a plain name: separators and control characters become `_`, the end is cut.
    public static func sanitised(_ name: String) -> String {
        var result = ""
        for character in name {
            let isPlain = character.unicodeScalars.allSatisfy { scalar in
                scalar.value >= 0x20 && scalar.value != 0x7F && scalar != "/" && scalar != "\\"
            }
            let next = isPlain ? String(character) : "_"
            guard result.utf8.count + next.utf8.count <= maxSegmentBytes else { break }
            result += next
        }
        return result.isEmpty || result == "." || result == ".." ? "_" : result
    }
}
