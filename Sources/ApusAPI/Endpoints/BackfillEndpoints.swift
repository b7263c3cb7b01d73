import ApusDatabase
import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Backfills of schedules.
enum BackfillEndpoints {
    static let all = [
        Endpoint(
            "PUT", "triggers/backfill/create",
            "Runs the dates of a stretch of time; with `dryRun` only says which.",
            query: [.init("dryRun", "Start nothing")], body: .json, handler: create),
        Endpoint("PUT", "triggers/backfill/pause", "Pauses a backfill.", body: .json) { call in
            TriggerJSON.response(
                try await call.services.executor.pauseBackfill(try call.bodyKey(), true))
        },
        Endpoint("PUT", "triggers/backfill/unpause", "Lets a backfill go on.", body: .json) { call in
            TriggerJSON.response(
                try await call.services.executor.pauseBackfill(try call.bodyKey(), false))
        },
        Endpoint("POST", "triggers/backfill/delete", "Ends a backfill.", body: .json) { call in
            TriggerJSON.response(try await call.services.executor.deleteBackfill(try call.bodyKey()))
        },
    ]

    private static func create(_ call: Call) async throws -> Response {
        let body = try call.request.json()
        let key = try TriggerKey(json: body)
        guard let written = body["backfill"], !written.isNull else {
            throw APIError.illegalArgument("`backfill` must be a map with `start`")
        }
        let request = try BackfillRequest(json: written, now: call.now)
        guard try call.flag("dryRun", default: false) else {
            return TriggerJSON.response(try await request.start(key, call))
        }
        return .json(try await request.dates(key, call))
    }
}

extension Call {
    /// The trigger that the body names.
    func bodyKey() throws -> TriggerKey { try TriggerKey(json: try request.json()) }
}

/// A backfill that somebody asks for.
struct BackfillRequest {
    /// More dates than this have to be asked for with `force`.
    static let limit = 1000

    var span: Backfill
    var inputs: OrderedMap<Value>
    var labels: [Label]
    var parallelism: Int?
    var onlyFailed: Bool
    /// However many dates it has.
    var isForced: Bool

    /// `{start, end?, inputs?, labels?, order?, parallelism?, onlyFailed?, force?}`; an error 422 for anything else.
    init(json: Value, now: Timestamp) throws(APIError) {
        guard let start = try Self.date(json["start"], "start") else {
            throw .illegalArgument("`backfill.start` must be a date with time and zone, found nothing")
        }
        let order: Backfill.Order
        switch json["order"]?.stringValue {
        case nil, "OLDEST_FIRST"?: order = .oldestFirst
        case "NEWEST_FIRST"?: order = .newestFirst
        case let text?:
            throw .illegalArgument("`backfill.order` is OLDEST_FIRST or NEWEST_FIRST, found `\(text)`")
        }
        span = Backfill(from: start, through: try Self.date(json["end"], "end") ?? now, order: order)
        inputs = json["inputs"]?.mapValue ?? [:]
        labels = try (json["labels"]?.listValue ?? []).map { item throws(APIError) in
            guard let key = item["key"]?.stringValue, let value = item["value"]?.stringValue else {
                throw .illegalArgument("`backfill.labels` is a list of `key` and `value`")
            }
            let label = Label(key, value)
            try StartLabels.check(label)
            return label
        }
        parallelism = nil
        if let written = json["parallelism"], !written.isNull {
            guard let number = written.intValue, (1...1000).contains(number) else {
                throw .illegalArgument(
                    "`backfill.parallelism` is a number from 1 to 1000, found \(written.json)")
            }
            parallelism = Int(number)
        }
        onlyFailed = json["onlyFailed"] == true
        isForced = json["force"] == true
    }

    private static func date(_ value: Value?, _ name: String) throws(APIError) -> Timestamp? {
        guard let value, !value.isNull else { return nil }
        guard let date = value.stringValue.flatMap(Timestamp.init(iso:)) else {
            throw .illegalArgument(
                "`backfill.\(name)` must be a date with time and zone, found \(value.json)")
        }
        return date
    }

    func start(_ key: TriggerKey, _ call: Call) async throws -> TriggerRow {
        let dates = try await schedule(key, call).dates
        let count = span.count(of: dates, limit: Self.limit)
        guard !count.isCut || isForced else {
            throw APIError.illegalArgument(
                "the backfill would start \(count.text) executions; shorten it, or send `force: true`")
        }
        let request = self
        return try await call.services.executor.startBackfill(key, span) { run in
            run.inputs = request.inputs
            run.labels = request.labels
            run.onlyFailed = request.onlyFailed
            if let parallelism = request.parallelism { run.parallelism = parallelism }
        }
    }

    /// `{dates, more}`: what it would run.
    func dates(_ key: TriggerKey, _ call: Call) async throws -> Value {
        let dates = try await schedule(key, call).dates
        let ticks = span.ticks(of: dates).prefix(Self.limit + 1)
        let shown = ticks.prefix(Self.limit).map { Value.string($0.iso) }
        return ["dates": .list(Array(shown)), "more": .bool(Array(ticks).count > Self.limit)]
    }

    private func schedule(_ key: TriggerKey, _ call: Call) async throws -> ScheduleTrigger {
        let flow = try await call.services.flows.compiled(namespace: key.namespace, id: key.flowID)
        guard let trigger = flow?.trigger(key.triggerID) else {
            throw APIError.notFound("Trigger `\(key.namespace).\(key.flowID).\(key.triggerID)` not found")
        }
        guard case .schedule(let schedule) = trigger.kind else {
            throw APIError.illegalArgument("only a schedule has dates to backfill")
        }
        return schedule
    }
}
