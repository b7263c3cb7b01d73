public import ApusModel

/// How a task reuses the outputs of earlier runs with the same rendered properties.
///
/// Source: flow-language section 2, `taskCache`.
public struct TaskCachePolicy: Hashable, Sendable {
    /// How old outputs may be; `nil` for any age.
    public var ttl: ISODuration?

    /// Reads `{enabled, ttl}`; `nil` when it is switched off or wrong.
    init?(
        _ value: Value?, at path: ValuePath, positions: PositionMap, edition: Edition, faults: inout [Fault]
    ) {
        guard let value else { return nil }
        guard let map = value.mapValue else {
            faults.append(
                Fault(
                    "expected a map with `enabled` and `ttl`, found a \(value.kind)", at: path,
                    position: positions.position(of: path)))
            return nil
        }
        var reader = PropertyReader(map, at: path, positions: positions, edition: edition)
        reader.refuseUnknown(besides: ["enabled", "ttl"], of: "taskCache")
        if reader.given("enabled") == nil {
            reader.fault("must not be null", at: "enabled", remedy: "add `enabled: true`")
        }
        let isEnabled = reader.flag("enabled")
        ttl = reader.duration("ttl")
        if let ttl, ttl <= .zero { reader.fault("must be longer than no time, found \(ttl.iso)", at: "ttl") }
        faults += reader.faults
        guard isEnabled, reader.faults.isEmpty else { return nil }
    }
}
