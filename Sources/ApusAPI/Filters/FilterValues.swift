import ApusDatabase
import ApusModel

extension TextMatch {
    /// An error 400 for an operation that texts do not have.
    init(_ filter: QueryFilter) throws(APIError) {
        switch filter.operation {
        case .equals: self = .equals(filter.value)
        case .notEquals: self = .not(.equals(filter.value))
        case .isIn: self = .oneOf(filter.values)
        case .notIn: self = .not(.oneOf(filter.values))
        case .startsWith: self = .startsWith(filter.value)
        case .endsWith: self = .endsWith(filter.value)
        case .contains: self = .contains(filter.value)
        case .prefix: self = .under(filter.value)
        case .regex, .greaterThan, .lessThan, .greaterThanOrEqual, .lessThanOrEqual:
            throw .unsupported(filter)
        }
    }
}

extension Optional<TextMatch> {
    /// Adds a condition to those there are: all must hold.
    mutating func narrow(to match: TextMatch) {
        switch self {
        case nil: self = match
        case .all(let matches): self = .all(matches + [match])
        case .some(let present): self = .all([present, match])
        }
    }
}

/// Whose flows and executions are meant: those of users or of the system.
enum FlowScope: String {
    case user = "USER"
    case system = "SYSTEM"

    /// Where flows of the system live.
    static let systemNamespace = "system"

    /// The condition on the namespace; none for both scopes together. An error 422 for another word.
    static func match(_ texts: [String]) throws(APIError) -> TextMatch? {
        var found: Set<FlowScope> = []
        for text in texts {
            guard let scope = FlowScope(rawValue: text.uppercased()) else {
                throw .illegalArgument("`scope` is USER or SYSTEM, found `\(text)`")
            }
            found.insert(scope)
        }
        guard found.count == 1, let scope = found.first else { return nil }
        return scope == .system ? .equals(systemNamespace) : .not(.equals(systemNamespace))
    }
}

extension Label {
    /// `key:value`; `nil` when one of the two is empty. The value may contain colons and commas.
    init?(flat text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(String(parts[0]), String(parts[1]))
    }

    /// Every `labels=key:value` of a query; an error 422 for other texts.
    static func list(_ texts: [String]) throws(APIError) -> [Label] {
        var labels: [Label] = []
        for text in texts where !text.isEmpty {
            guard let label = Label(flat: text) else {
                throw .illegalArgument("a label is written `key:value`, neither part empty; found `\(text)`")
            }
            labels.append(label)
        }
        return labels
    }

    /// `filters[labels][EQUALS][key]=value`
    init(_ filter: QueryFilter) throws(APIError) {
        guard let key = filter.key, filter.operation == .equals || filter.operation == .notEquals else {
            throw .unsupported(filter)
        }
        self.init(key, filter.value)
    }
}

/// States in queries.
enum StateText {
    /// An error 422 for a word that is no state, with the nearest one.
    static func parse(_ text: String) throws(APIError) -> State {
        if let state = State(rawValue: text.uppercased()) { return state }
        let nearest = NearestName.of(text, among: State.allCases.map(\.rawValue))
        let hint = nearest.map { "; did you mean `\($0)`?" } ?? ""
        throw .illegalArgument("`\(text)` is not a state\(hint)")
    }

    static func list(_ texts: [String]) throws(APIError) -> [State] {
        try texts.map { text throws(APIError) in try parse(text) }
    }
}

extension Call {
    /// The parts of a query value that may be repeated or separated by commas.
    func list(_ name: String) -> [String] {
        request.queryValues(name).flatMap { $0.split(separator: ",").map(String.init) }
    }
}

/// Kinds of executions in queries.
enum KindText {
    /// An error 422 for a word that is no kind.
    static func parse(_ text: String) throws(APIError) -> ExecutionKind {
        if let kind = ExecutionKind(rawValue: text.uppercased()) { return kind }
        let kinds = ExecutionKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw .illegalArgument("`\(text)` is not a kind of executions; they are \(kinds)")
    }

    static func list(_ texts: [String]) throws(APIError) -> [ExecutionKind] {
        try texts.map { text throws(APIError) in try parse(text) }
    }
}
