import ApusExpressions
import ApusModel
import ApusSchema

extension TriggerType {
    /// How often a polling trigger looks at most.
    private static let shortestInterval = ISODuration.seconds(1)
    private static let usualInterval = ISODuration.seconds(60)

    /// A trigger that a worker runs; `nil` for a type that does not say how.
    init?(plugin schema: TypeSchema) {
        switch schema.triggering {
        case nil: return nil
        case .polling:
            self.init(schema) { reader in
                reader.checkInputs()
                let interval = reader.properties.duration("interval") ?? Self.usualInterval
                guard interval >= Self.shortestInterval else {
                    reader.properties.fault(
                        "`interval` must be at least PT1S, found \(interval.iso)", at: "interval",
                        remedy: "write for example PT30S")
                    return nil
                }
                return .polling(interval: interval, properties: reader.tree(of: schema))
            }
        case .realtime:
            self.init(schema) { reader in
                reader.checkInputs()
                if reader.properties.given("allowConcurrent") == false {
                    reader.warn(
                        "a realtime trigger starts an execution for each event, whether others still run or not",
                        at: "allowConcurrent", remedy: "limit the flow with `concurrency`")
                }
                return .realtime(properties: reader.tree(of: schema))
            }
        }
    }
}

extension TriggerReader {
    /// The properties that the type itself declares, their templates parsed. The common ones are rendered only when it
    /// fires.
    fileprivate mutating func tree(of schema: TypeSchema) -> TemplateTree {
        let declared = Set(schema.properties.flatMap { [$0.name] + $0.aliases })
        var own = properties.map
        for key in properties.map.keys where !declared.contains(key) { own[key] = nil }
        let (tree, _) = properties.tree(of: own) { schema.property(named: $0)?.isDynamic == false }
        let attempted = schema.properties.filter(\.isAttempted).flatMap { [$0.name] + $0.aliases }
        return tree.attempting(attempted).keepingTypes(
            of: schema.properties.filter(\.keepsType).map(\.name))
    }
}
