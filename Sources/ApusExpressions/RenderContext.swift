public import ApusModel

/// Where templates find their variables; a source may make a variable only when it is asked for.
public protocol VariableSource: Sendable {
    /// The value of a root variable; `nil` when there is none of this name.
    func variable(_ name: String) throws(ExpressionError) -> Value?
    /// Every name that `variable(_:)` knows.
    var names: [String] { get }
}

/// Variables held in a map.
public struct Variables: VariableSource {
    let map: OrderedMap<Value>

    public init(_ map: OrderedMap<Value>) { self.map = map }

    public func variable(_ name: String) throws(ExpressionError) -> Value? { map[name] }
    public var names: [String] { map.keys }
}

/// Everything a rendering depends on: the same context always gives the same result.
public struct RenderContext: Sendable {
    public var variables: any VariableSource {
        didSet { map = (variables as? Variables)?.map }
    }
    /// The variables, when they are held in a map: then no rendering has to ask.
    private(set) var map: OrderedMap<Value>?
    public var facts: Facts
    /// What `now()` answers.
    public var now: Timestamp
    /// Where `uuid()`, `randomInt()` and the like start from; take another for each rendering that must differ.
    public var seed: UInt64
    /// The edition of templates made while rendering, by `render()`.
    public var edition: Edition
    /// `secret()` gives `******` instead of a secret, for people who try out expressions.
    public var masksSecrets = false
    /// Zone of dates that name none, an IANA name.
    public var timeZone: String
    /// Every result is rendered again until it no longer changes.
    public var recursive: Bool
    /// What one rendering may cost.
    public var limits: RenderLimits

    public init(
        variables: any VariableSource, facts: Facts = Facts(), now: Timestamp, seed: UInt64 = 0,
        edition: Edition = .one, timeZone: String = "UTC", recursive: Bool = false,
        limits: RenderLimits = RenderLimits()
    ) {
        self.variables = variables
        map = (variables as? Variables)?.map
        self.facts = facts
        self.now = now
        self.seed = seed
        self.edition = edition
        self.timeZone = timeZone
        self.recursive = recursive
        self.limits = limits
    }
}
