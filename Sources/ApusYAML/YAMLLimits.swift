/// How much a YAML text may hold before it is refused.
public struct YAMLLimits: Hashable, Sendable {
    /// Size of the text in UTF-8.
    public var bytes: Int
    /// Lists and maps inside one another, those behind aliases included.
    ///
    /// A flow task costs two or three of them, so that eighty flow tasks and more can be inside one another. What is
    /// read is looked through by recursion, which takes 8 KiB of stack for a level in a build for debugging: 2 MiB of
    /// the 8 MiB that threads have. Values that are stored may be deeper, and JSON deeper still.
    public var depth: Int
    /// Scalars, lists and maps, each counted as often as aliases repeat it.
    public var nodes: Int
    /// Uses of `*name`.
    public var aliases: Int
    /// Size of all scalars and keys, each counted as often as aliases repeat it.
    public var expandedBytes: Int
    /// Documents separated by `---`.
    public var documents: Int

    public init(
        bytes: Int = 1 << 20, depth: Int = 256, nodes: Int = 100_000, aliases: Int = 1000,
        expandedBytes: Int = 4 << 20, documents: Int = 1000
    ) {
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
        self.aliases = aliases
        self.expandedBytes = expandedBytes
        self.documents = documents
    }

    /// What a flow needs at most: 1 MiB, 256 levels, 100,000 nodes, 1,000 aliases.
    public static let `default` = YAMLLimits()
}
