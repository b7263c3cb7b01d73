/// The expressions by which a condition reads what it is about: an execution is `execution` to its own listeners, and
/// `trigger` to the flow it may start.
public struct ConditionSubject: Hashable, Sendable {
    public var state: String
    public var namespace: String
    public var flow: String
    public var labels: String
    /// The date a schedule would fire for.
    public var date: String
    /// Its outputs; `nil` where conditions on them see an execution that has some.
    public var outputs: String?

    public init(
        state: String, namespace: String, flow: String, labels: String, date: String = "trigger.date",
        outputs: String? = nil
    ) {
        self.outputs = outputs
        self.state = state
        self.namespace = namespace
        self.flow = flow
        self.labels = labels
        self.date = date
    }

    /// The execution whose listeners ask.
    public static let own = ConditionSubject(
        state: "execution.state", namespace: "flow.namespace", flow: "flow.id", labels: "labels")
}
