import ApusModel

extension RetryPolicy {
    private enum Kind: String, CaseIterable { case constant, exponential, random }

    /// Reads a `retry` block; faults go to the reader of its owner.
    init?(
        _ value: Value?, at path: ValuePath, positions: PositionMap, edition: Edition, faults: inout [Fault]
    ) {
        guard let value, !value.isNull else { return nil }
        guard let map = value.mapValue else {
            faults.append(
                Fault(
                    "expected a retry such as {type: constant, interval: PT1S, maxAttempts: 3}, found a \(value.kind)",
                    at: path, position: positions.position(of: path)))
            return nil
        }
        var reader = PropertyReader(map, at: path, positions: positions, edition: edition)
        defer { faults += reader.faults }
        reader.refuseUnknown(
            besides: [
                "type", "interval", "maxInterval", "minInterval", "delayFactor", "maxAttempts", "maxAttempt",
                "maxDuration", "warningOnRetry", "behavior",
            ], of: "retry")
        if reader.given("type") == nil { reader.fault("must not be null", at: "type") }
        let kind = reader.choice("type", Kind.self)
        maxAttempts = reader.integer("maxAttempts", atLeast: 1) ?? reader.integer("maxAttempt", atLeast: 1)
        maxDuration = reader.duration("maxDuration")
        warningOnRetry = reader.flag("warningOnRetry")
        behavior = reader.choice("behavior", Behavior.self) ?? .retryFailedTask
        switch kind {
        case .constant:
            guard let interval = Self.required("interval", &reader) else { return nil }
            delay = .constant(interval)
        case .exponential:
            guard let first = Self.required("interval", &reader),
                let ceiling = Self.required("maxInterval", &reader)
            else { return nil }
            if first >= ceiling {
                reader.fault("`interval` must be shorter than `maxInterval`", at: "interval")
            }
            delay = .exponential(first: first, factor: reader.number("delayFactor") ?? 2, ceiling: ceiling)
        case .random:
            guard let least = Self.required("minInterval", &reader),
                let most = Self.required("maxInterval", &reader)
            else { return nil }
            if least >= most {
                reader.fault("`minInterval` must be shorter than `maxInterval`", at: "minInterval")
            }
            delay = .random(least, most)
        case nil:
            return nil
        }
        refuseDelaysBeyondTheEnd(&reader)
    }

    /// A delay as long as `maxDuration` leaves no time for a second attempt.
    private func refuseDelaysBeyondTheEnd(_ reader: inout PropertyReader) {
        guard let maxDuration else { return }
        let delays: [(key: String, length: ISODuration)] =
            switch delay {
            case .constant(let interval): [("interval", interval)]
            case .exponential(let first, _, _): [("interval", first)]
            case .random(let least, let most): [("minInterval", least), ("maxInterval", most)]
            }
        for (key, length) in delays where length >= maxDuration {
            reader.fault("`\(key)` must be shorter than `maxDuration`", at: key)
        }
    }

    private static func required(_ key: String, _ reader: inout PropertyReader) -> ISODuration? {
        if reader.given(key) == nil { reader.fault("must not be null", at: key) }
        return reader.duration(key)
    }
}
