public import ApusModel

/// What somebody gave for an input.
public enum GivenInput: Hashable, Sendable {
    /// Text from a form or a command line; it is taken as it stands, never rendered.
    case text(String)
    /// A value from a trigger, a parent flow or a JSON body.
    case value(Value)
    /// A stored upload: where it lies, and what the file was called.
    case file(uri: String, name: String)
}

/// What is wrong with one input.
public struct InputFault: Hashable, Sendable {
    /// The id of the input, with its form: `env.region`.
    public var id: String
    /// In plain words, with the input in backticks, the cause, and the value unless it is secret.
    public var message: String

    public init(id: String, message: String) {
        self.id = id
        self.message = message
    }
}

/// What became of one input.
public struct InputState: Hashable, Sendable {
    public var id: String
    /// False when what it depends on is missing or its condition does not hold.
    public var isEnabled: Bool
    /// Whether the value is the default.
    public var isDefault: Bool
    /// Checked and typed; `nil` when disabled or faulty, null when optional and left out.
    public var value: Value?
    /// What can be chosen, for SELECT and MULTISELECT whose expression was rendered.
    public var options: [Choices.Option]?
}

/// The inputs of an execution, with everything that is wrong with them.
public struct InputResolution: Hashable, Sendable {
    /// A map nested by the dots of ids; disabled and faulty inputs are left out, optional ones without a value
    /// are null. Dates, times and durations are `Extended` values.
    public var values: Value
    /// In the order of the definitions. Empty when an execution can start.
    public var faults: [InputFault]
    /// Worth a line in the log.
    public var warnings: [String]
    /// Given ids that the flow does not declare, in the order given. They are ignored.
    public var unknown: [String]
    /// One for every input, in the order of the definitions; forms give their children.
    public var states: [InputState]

    /// Ids of the inputs that are not disabled.
    public var enabled: [String] { states.filter(\.isEnabled).map(\.id) }
}
