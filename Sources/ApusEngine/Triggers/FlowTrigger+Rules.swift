public import ApusModel

/// A change of state of an execution, as flow triggers see it.
public struct FlowSignal: Hashable, Sendable {
    public var namespace: String
    public var flowID: String
    public var state: State
    public var labels: [Label]
    public var date: Timestamp

    public init(namespace: String, flowID: String, state: State, labels: [Label], date: Timestamp) {
        self.namespace = namespace
        self.flowID = flowID
        self.state = state
        self.labels = labels
        self.date = date
    }
}

/// An execution that met a requirement of a flow trigger.
public struct FlowEvidence: Hashable, Sendable {
    /// The key of the requirement.
    public var requirement: String
    public var executionID: Execution.ID
    public var namespace: String
    public var flowID: String
    /// When it met it.
    public var date: Timestamp
    /// The outputs of the execution; `nil` for none.
    public var outputs: Value?

    public init(
        requirement: String, executionID: Execution.ID, namespace: String, flowID: String, date: Timestamp,
        outputs: Value?
    ) {
        self.requirement = requirement
        self.executionID = executionID
        self.namespace = namespace
        self.flowID = flowID
        self.date = date
        self.outputs = outputs
    }
}

extension FlowRequirement {
    /// Whether an execution is one of those that are waited for, as far as can be told without rendering anything.
    public func fits(_ signal: FlowSignal) -> Bool {
        states.contains(signal.state) && namespace ?? signal.namespace == signal.namespace
            && flowID ?? signal.flowID == signal.flowID && labels.allSatisfy(signal.labels.contains)
    }
}

extension FlowTrigger {
    /// What an execution that met requirements leads to.
    public enum Outcome: Hashable, Sendable {
        /// It lies in no window, or in one that has passed: nothing changes.
        case outside
        /// More has to be seen; what counts from now on.
        case waits([FlowEvidence])
        /// It fires: what was seen, the oldest first, and what of it still counts.
        case fires(seen: [FlowEvidence], kept: [FlowEvidence])
    }

    /// - Parameters:
    ///   - hits: The requirements that one execution met, at one date.
    ///   - known: What was seen before; one for each requirement.
    public func take(_ hits: [FlowEvidence], knowing known: [FlowEvidence]) -> Outcome {
        guard let hit = hits.first else { return .outside }
        let newest = known.reduce(hit.date) { max($0, $1.date) }
        guard let span = window.span(at: newest), span.contains(hit.date) else { return .outside }
        var seen = known.filter { span.contains($0.date) }
        for hit in hits {
            if let place = seen.firstIndex(where: { $0.requirement == hit.requirement }) {
                if seen[place].date <= hit.date { seen[place] = hit }
            } else {
                seen.append(hit)
            }
        }
        seen.sort { ($0.date, $0.requirement) < ($1.date, $1.requirement) }
        guard seen.count >= needed else { return .waits(seen) }
        return .fires(seen: seen, kept: resets ? [] : seen)
    }

    /// `trigger.outputs`; `nil` when there are none.
    ///
    /// - Parameters:
    ///   - own: The outputs of the execution that fires.
    ///   - seen: The executions that met requirements, the oldest first.
    public func outputs(_ own: Value?, of execution: Execution.ID, seen: [FlowEvidence]) -> Value? {
        var all: OrderedMap<Value> = [:]
        switch self.outputs {
        case .merged:
            for evidence in seen where evidence.executionID != execution {
                all.merge(evidence.outputs?.mapValue ?? [:])
            }
        case .nested:
            if Set(seen.map(\.executionID)).count > 1 {
                for evidence in seen {
                    let outputs = evidence.outputs ?? .map([:])
                    all[evidence.flowID] = outputs
                    var flows = all[evidence.namespace]?.mapValue ?? [:]
                    flows[evidence.flowID] = outputs
                    all[evidence.namespace] = .map(flows)
                }
            }
        }
        all.merge(own?.mapValue ?? [:])
        return all.isEmpty ? nil : .map(all)
    }
}

extension OrderedMap<Value> {
    /// Takes over the entries of another map; maps under one key are merged at every depth.
    fileprivate mutating func merge(_ other: OrderedMap<Value>) {
        for (key, value) in other {
            if var inner = self[key]?.mapValue, let more = value.mapValue {
                inner.merge(more)
                self[key] = .map(inner)
            } else {
                self[key] = value
            }
        }
    }
}
