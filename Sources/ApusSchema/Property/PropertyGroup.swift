/// A struct whose stored properties carry ``Property``; they are decoded, checked and documented together.
///
/// Plugin types are groups, and so are the structs that a plugin type has as properties. Keep the synthesized
/// `init()` and `init(from:)`.
public protocol PropertyGroup: Decodable, Sendable {
    init()
}

/// What a plugin is: a type name, a sentence about it, and properties.
public protocol PluginType: PropertyGroup {
    /// The name users write after `type:`, such as `io.kestra.plugin.core.log.Log`.
    static var type: String { get }
    /// Former names that flows may still use.
    static var aliases: [String] { get }
    /// One sentence that says what it is for.
    static var summary: String { get }
    /// Still runs, but a better way exists.
    static var isDeprecated: Bool { get }
    /// What a task of the type gives, for `outputs.<task>.<name>`; `nil` when that is known only once it has run.
    static var outputs: [PropertySchema]? { get }
    /// It renders texts that are known only once it runs: every variable is handed to it.
    static var readsAllVariables: Bool { get }
}

extension PluginType {
    public static var aliases: [String] { [] }
    public static var isDeprecated: Bool { false }
    public static var outputs: [PropertySchema]? { nil }
    public static var readsAllVariables: Bool { false }
}
