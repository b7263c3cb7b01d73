public import ApusEngine
public import ApusModel

/// How far a backfill of a schedule has come.
///
/// While it runs, the schedule itself waits.
public struct BackfillRun: Hashable, Sendable {
    /// Tells its executions from those of other backfills.
    public var id: String
    /// The dates it runs.
    public var span: Backfill
    /// The next date to run; `nil` when all were.
    public var current: Timestamp?
    public var isPaused = false
    /// Inputs of its executions besides those of the trigger.
    public var inputs: OrderedMap<Value> = [:]
    public var labels: [Label] = []
    /// Executions of it that run at once at most; `nil` for no bound.
    public var parallelism: Int?
    /// Only dates whose last execution failed, was killed or cancelled, or that have none.
    public var onlyFailed = false
    /// Executions of it that have not ended.
    public var running = 0
    /// Executions it has started.
    public var started = 0

    public init(id: String, span: Backfill, of dates: ScheduleDates) {
        self.id = id
        self.span = span
        current = span.tick(of: dates, after: nil)
    }

    /// Nothing of it is left to do.
    var isOver: Bool { current == nil && running == 0 }
    /// Whether another execution can be started now.
    var canGoOn: Bool { !isPaused && current != nil && running < parallelism ?? .max }
}

extension BackfillRun {
    /// The stored form; `nil` for a text that is none.
    public init?(json text: String) {
        guard let json = try? JSONParser.parse(text), let id = json["id"]?.stringValue,
            let start = json["start"]?.intValue, let end = json["end"]?.intValue
        else { return nil }
        self.id = id
        span = Backfill(
            from: Timestamp(microseconds: start), through: Timestamp(microseconds: end),
            order: json["newestFirst"] == true ? .newestFirst : .oldestFirst)
        current = json["current"]?.intValue.map(Timestamp.init(microseconds:))
        isPaused = json["paused"] == true
        inputs = json["inputs"]?.mapValue ?? [:]
        labels = (json["labels"]?.mapValue ?? [:]).map { Label($0, $1.stringValue ?? $1.json) }
        parallelism = json["parallelism"]?.intValue.map { Int(clamping: $0) }
        onlyFailed = json["onlyFailed"] == true
        running = json["running"]?.intValue.map { Int(clamping: $0) } ?? 0
        started = json["started"]?.intValue.map { Int(clamping: $0) } ?? 0
    }

    var json: String {
        var named: OrderedMap<Value> = [:]
        for label in labels { named[label.key] = .string(label.value) }
        let value: Value = [
            "id": .string(id), "start": .int(span.start.microseconds), "end": .int(span.end.microseconds),
            "current": current.map { .int($0.microseconds) } ?? .null, "paused": .bool(isPaused),
            "inputs": .map(inputs), "labels": .map(named), "newestFirst": .bool(span.order == .newestFirst),
            "parallelism": parallelism.map { .int(Int64($0)) } ?? .null, "onlyFailed": .bool(onlyFailed),
            "running": .int(Int64(running)), "started": .int(Int64(started)),
        ]
        return value.json
    }
}
