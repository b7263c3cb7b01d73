public import ApusModel

/// A use of a variable in a template, as it can be checked before anything runs.
public struct Reference: Hashable, Sendable {
    /// The variable: `outputs` of `outputs.load.uri`.
    public var root: String
    /// The static keys that follow.
    public var keys: [String]
    /// False where a key follows that is known only when rendering.
    public var isExact: Bool
    /// Nothing fails when the value is missing: it stands before `??`, `is defined`, or `default`.
    public var isGuarded: Bool
    /// The filter that takes the value first.
    public var filter: String?
    /// In the template.
    public var position: SourcePosition
}

extension Template {
    /// The variables that the template reads by name, in order of appearance; those it sets itself are left out.
    ///
    /// - Parameter hasKey: Whether a value has a key with a hyphen: `outputs.my-task` is a key of `outputs` where there
    ///   is one, else a subtraction. Called with the root, the keys before, and the key.
    public func references(hasKey: (_ root: String, _ keys: [String], _ key: String) -> Bool) -> [Reference] {
        guard let program else { return [] }
        return withoutActuallyEscaping(hasKey) { hasKey in
            var walk = TemplateWalk(program, hasKey: hasKey)
            walk.run()
            return walk.references
        }
    }
}
