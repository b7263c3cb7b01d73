public import ApusExpressions
public import ApusModel

/// An output as a flow declares it.
public struct OutputDefinition: Sendable {
    /// Dots nest, as in inputs.
    public var id: String
    /// Without bounds or options; lists take items as they are.
    public var type: InputType
    /// The word the flow uses.
    public var typeName: String
    /// Gives the value when the main tasks have ended.
    public var value: TemplateTree
    public var isRequired: Bool
    public var displayName: String?
    public var description: String?

    public init(
        id: String, type: InputType, typeName: String? = nil, value: TemplateTree, isRequired: Bool = true,
        displayName: String? = nil, description: String? = nil
    ) {
        self.id = id
        self.type = type
        self.typeName = typeName ?? type.name
        self.value = value
        self.isRequired = isRequired
        self.displayName = displayName
        self.description = description
    }

    /// Reads the `outputs` of a flow or of a loop.
    ///
    /// - Parameter list: A list of maps; null counts as an empty list.
    public static func parse(
        _ list: Value, at path: ValuePath, positions: PositionMap, edition: Edition
    ) -> (definitions: [OutputDefinition], faults: [Fault]) {
        var parser = InputParser(positions: positions, edition: edition)
        let definitions = parser.outputs(list, at: path)
        return (definitions, parser.allFaults)
    }
}

/// Why the outputs of a flow could not be computed.
public struct OutputFault: Error, Hashable, Sendable {
    public var id: String
    /// In plain words, with the output in backticks.
    public var message: String

    public init(id: String, message: String) {
        self.id = id
        self.message = message
    }
}
