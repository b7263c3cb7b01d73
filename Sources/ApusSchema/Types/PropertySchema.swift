public import ApusModel

/// A property of a plugin type, or of an object inside one.
public struct PropertySchema: Hashable, Sendable {
    public var name: String
    /// Former names that are accepted too.
    public var aliases: [String]
    /// For the documentation; Markdown.
    public var description: String
    public var valueType: ValueType
    /// Must be there and not null; a required list of tasks must not be empty.
    public var isRequired: Bool
    /// What leaving it out means; `nil` when it means nothing, or nothing that can be written down.
    public var defaultValue: Value?
    /// Expressions in it are rendered; text with an expression is accepted whatever the type.
    public var isDynamic: Bool
    /// Each text in it is rendered by itself, and a fault in one is part of the value.
    public var isAttempted = false
    /// Text that is one expression gives the value of it, not its text.
    public var keepsType: Bool
    /// Why it cannot be used on this server; then only leaving it out, or empty, is right.
    public var refusal: String?

    public init(
        name: String, aliases: [String] = [], description: String = "", valueType: ValueType,
        isRequired: Bool = false, defaultValue: Value? = nil, isDynamic: Bool = true,
        keepsType: Bool = false, refusal: String? = nil
    ) {
        self.name = name
        self.aliases = aliases
        self.description = description
        self.valueType = valueType
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.isDynamic = isDynamic
        self.keepsType = keepsType
        self.refusal = refusal
    }

    /// A value that a task gives. Not required ones may be missing after some runs.
    public static func output(
        _ name: String, _ description: String, _ valueType: ValueType, isRequired: Bool = true
    ) -> PropertySchema {
        PropertySchema(
            name: name, description: description, valueType: valueType, isRequired: isRequired,
            isDynamic: false)
    }

    /// It goes by this name, now or formerly.
    func isNamed(_ name: String) -> Bool { self.name == name || aliases.contains(name) }
}
