public import ApusSchema

/// The property `namespaceFiles`: which files of namespaces stand in the working directory when a task begins.
///
/// Source: core-plugins section 11. `true`, `false`, or a map.
public struct NamespaceFilesOptions: Decodable, Sendable {
    /// What to do when a file stands at the path already.
    public enum Existing: String, Sendable, CaseIterable, Decodable {
        case overwrite = "OVERWRITE"
        case fail = "FAIL"
        case warn = "WARN"
        case ignore = "IGNORE"
    }

    /// The map as flows write it.
    public struct Choice: PropertyGroup {
        @Property("Whether files are copied at all.")
        public var enabled: Bool = true
        @Property("Patterns of the files to copy; all when there is none.")
        public var include: [String] = []
        @Property("Patterns of files to leave out.")
        public var exclude: [String] = []
        @Property("Whose files, later ones over earlier ones; the namespace of the flow when left out.")
        public var namespaces: [String]?
        @Property(
            "When a file is there already: OVERWRITE it, FAIL, WARN and keep it, or IGNORE it and keep it.")
        public var ifExists: Existing = .overwrite
        @Property("Each namespace gets a directory of its own, with its name.")
        public var folderPerNamespace: Bool = false

        public init() {}
    }

    public var choice: Choice

    public init(_ choice: Choice) { self.choice = choice }

    public init(from decoder: any Decoder) throws {
        if let isEnabled = try? Bool(from: decoder) {
            choice = Choice()
            choice.enabled = isEnabled
        } else {
            choice = try Choice(from: decoder)
        }
    }
}

extension NamespaceFilesOptions: DescribedType, Container {
    public static var valueType: ValueType { .either([.boolean, .of(Choice.self)]) }
    public static var contained: Any.Type { Choice.self }
}
