public import ApusExpressions
public import ApusModel

/// An input as a flow declares it.
public struct InputDefinition: Sendable {
    /// When an input is asked for at all.
    public struct Dependency: Hashable, Sendable {
        /// Inputs that must be enabled and not null.
        public var inputs: [String]
        /// Must give the boolean true; `nil` when there is none.
        public var condition: Template?

        public init(inputs: [String], condition: Template? = nil) {
            self.inputs = inputs
            self.condition = condition
        }
    }

    /// Dots nest: `a.b` is read as `inputs.a.b`. Inside a form, without the form's id.
    public var id: String
    public var type: InputType
    /// The word the flow uses, `BOOLEAN` where it is an old name.
    public var typeName: String
    public var isRequired: Bool
    /// The value when none is given; `nil` when there is no default.
    public var defaults: TemplateTree?
    /// What the form shows at first; it plays no part when values are resolved.
    public var prefill: Value?
    public var dependsOn: Dependency?
    public var displayName: String?
    public var description: String?

    public init(
        id: String, type: InputType, typeName: String? = nil, isRequired: Bool = true,
        defaults: TemplateTree? = nil, prefill: Value? = nil, dependsOn: Dependency? = nil,
        displayName: String? = nil, description: String? = nil
    ) {
        self.id = id
        self.type = type
        self.typeName = typeName ?? type.name
        self.isRequired = isRequired
        self.defaults = defaults
        self.prefill = prefill
        self.dependsOn = dependsOn
        self.displayName = displayName
        self.description = description
    }
}
