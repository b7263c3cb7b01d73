import ApusModel

/// An operation written `value | name(arguments)`.
// A class, so that the many calls that hold it share one.
final class Filter: Sendable {
    typealias Body = @Sendable (Value, Arguments) throws(ExpressionError) -> Value

    let name: String
    let signature: Signature
    /// Null is given to the filter; otherwise null stays null without asking it.
    let takesNull: Bool
    /// Names the type of its input, which the evaluator does itself since it knows where a value comes from.
    let namesType: Bool
    /// The input may be undefined; `default` alone is like this.
    let toleratesUndefined: Bool
    /// What the filter makes of a text when it takes nothing else: then the evaluator needs no `apply`.
    let transform: (@Sendable (String) -> String)?
    let apply: Body

    init(
        _ name: String, _ parameters: [String] = [], takesNull: Bool = false, namesType: Bool = false,
        transform: (@Sendable (String) -> String)? = nil, _ apply: @escaping Body
    ) {
        self.name = name
        self.namesType = namesType
        signature = Signature(parameters)
        self.takesNull = takesNull
        self.transform = transform
        toleratesUndefined = name == "default"
        self.apply = apply
    }

    static let all: [String: Filter] = {
        let groups = [core, text, lists, numbers, encodings, dates, structures, patterns]
        return Dictionary(groups.joined().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// Stands for a filter that was called wrongly, and says so when it is reached.
    static func refusing(_ name: String, with error: ExpressionError) -> Filter {
        Filter(name, takesNull: true) { (_, _) throws(ExpressionError) in throw error }
    }
}
