public import ApusExpressions
internal import ApusModel

/// What can be chosen in a SELECT or MULTISELECT.
public struct Choices: Hashable, Sendable {
    public struct Option: Hashable, Sendable {
        /// What people see.
        public var label: String
        /// What the input becomes, and what values are compared with.
        public var value: String

        public init(label: String, value: String) {
            self.label = label
            self.value = value
        }
    }

    /// Written in the flow; empty when an expression gives them.
    public var options: [Option]
    /// A template that gives the list.
    public var expression: Template?
    /// Values that are not in the list are taken too.
    public var allowsOthers: Bool
    /// Without a value and a default, the first option is taken.
    public var selectsFirst: Bool

    public init(
        options: [Option] = [], expression: Template? = nil, allowsOthers: Bool = false,
        selectsFirst: Bool = false
    ) {
        self.options = options
        self.expression = expression
        self.allowsOthers = allowsOthers
        self.selectsFirst = selectsFirst
    }

    /// Takes every value.
    static let free = Choices(allowsOthers: true)

    func allows(_ text: String) -> Bool { allowsOthers || options.contains { $0.value == text } }

    /// `[a, b, c]`, at most fifty of them.
    var listing: String {
        let shown = options.prefix(50).map(\.value).joined(separator: ", ")
        return options.count > 50 ? "[\(shown), …]" : "[\(shown)]"
    }

    /// Reads texts, other scalars, and maps of `label` and `value`; `nil` when an item is something else.
    static func options(from list: [Value]) -> [Option]? {
        var options: [Option] = []
        for item in list {
            switch item {
            case .map(let entries):
                guard let value = entries["value"]?.scalarText else { return nil }
                options.append(Option(label: entries["label"]?.scalarText ?? value, value: value))
            default:
                guard let text = item.scalarText else { return nil }
                options.append(Option(label: text, value: text))
            }
        }
        return options
    }
}

extension Value {
    /// The text of a value that is neither null nor a list nor a map.
    var scalarText: String? {
        switch self {
        case .null, .list, .map: nil
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .double(let number): "\(number)"
        case .extended(let extended): extended.text
        }
    }

    /// The text of any value: JSON for lists and maps, nothing for null.
    var plainText: String { isNull ? "" : scalarText ?? json }

    /// Whether some text in it may be a template.
    var mayHaveTemplate: Bool {
        switch self {
        case .string(let text): text.mayBeTemplate
        case .list(let items): items.contains(where: \.mayHaveTemplate)
        case .map(let entries): entries.contains { $0.mayBeTemplate || $1.mayHaveTemplate }
        case .null, .bool, .int, .double, .extended: false
        }
    }
}

extension String {
    fileprivate var mayBeTemplate: Bool { contains("{{") || contains("{%") || contains("{#") }
}
