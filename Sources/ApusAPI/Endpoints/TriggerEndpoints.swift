import ApusDatabase
import ApusEngine
import ApusExecutor
import ApusHTTP
import ApusModel

/// Triggers, one by one and in lists.
enum TriggerEndpoints {
    static let query: [Endpoint.QueryParameter] = [
        .init("q", "Part of the namespace or an id"), .init("namespace", "And those below it"),
        .init("flowId", "The flow"), .init("workerId", "The worker that evaluates it"),
        .init("filters", "filters[triggerState][EQUALS]=DISABLED …"),
    ]
    private static let page: [Endpoint.QueryParameter] = [
        .init("page", "From 1"), .init("size", "Triggers in a page"),
        .init("sort", "nextExecutionDate:asc, triggerId:desc …"),
    ]
    static let missed = Endpoint.QueryParameter(
        "recoverMissedSchedules", "ALL, LAST or NONE, in place of what the schedule says")

    static let all = [
        Endpoint(
            "GET", "triggers/search", "Lists triggers with their definitions.", query: query + page,
            handler: search),
        Endpoint(
            "GET", "triggers/export/by-query/csv", "All triggers that match, as CSV.", query: query,
            handler: export),
        Endpoint(
            "PUT", "triggers", "Switches a trigger off or on, or starts a backfill.", body: .json,
            handler: update),
        Endpoint(
            "PUT", "triggers/set-disabled", "Switches a trigger off or on.", query: [missed], body: .json,
            handler: setDisabled),
        Endpoint(
            "GET", "triggers/{namespace}/{flowId}", "Lists the triggers of a flow.", query: page,
            handler: list),
        Endpoint(
            "DELETE", "triggers/{namespace}/{flowId}/{triggerId}",
            "Forgets a trigger until its flow is saved again.", handler: delete),
        Endpoint(
            "POST", "triggers/{namespace}/{flowId}/{triggerId}/restart", "Evaluates a trigger anew.",
            handler: restart),
        Endpoint(
            "POST", "triggers/{namespace}/{flowId}/{triggerId}/unlock",
            "Lets a trigger fire although its execution has not ended.", handler: unlock),
        Endpoint(
            "GET", "triggers/{namespace}/{flowId}/{triggerId}/preview",
            "The dates that would run if the trigger were switched on now, and the dates to come.",
            query: [missed, .init("size", "Dates listed at most")], handler: preview),
    ]

    private static func search(_ call: Call) async throws -> Response {
        let filter = try TriggerFilter(call)
        let found = try await rows(filter, call)
        var definitions: [Value?] = []
        for row in found.triggers {
            let flow = try await call.services.flows.compiled(
                namespace: row.key.namespace, id: row.key.flowID)
            definitions.append(flow?.trigger(row.key.triggerID)?.definition)
        }
        return .json(
            bytes: PagedJSON.bytes(Array(zip(found.triggers, definitions)), total: found.total) {
                TriggerJSON.writeWithDefinition($0.0, $0.1, &$1)
            })
    }

    private static func list(_ call: Call) async throws -> Response {
        var filter = TriggerFilter.scheduled
        filter.namespace = .equals(call.path("namespace"))
        filter.flowID = .equals(call.path("flowId"))
        if let text = call.text("q"), text != "*" { filter.text = text }
        let found = try await rows(filter, call)
        return .json(
            bytes: PagedJSON.bytes(found.triggers, total: found.total) { TriggerJSON.write($0, &$1) })
    }

    private static func rows(_ filter: TriggerFilter, _ call: Call) async throws
        -> (triggers: [TriggerRow], total: Int)
    {
        let paging = try Paging(call)
        let sort = try SortTerm<TriggerColumn>.list(call.request.queryValues("sort"))
            .map { Sort($0.column.field, descending: $0.isDescending) }
        return try await call.services.database.read {
            try Triggers.search(filter, sort: sort, page: paging.rows, $0)
        }
    }

    private static func export(_ call: Call) async throws -> Response {
        let filter = try TriggerFilter(call)
        let rows = try await call.services.database.read {
            try Triggers.search(filter, page: Page(size: Page.maxSize), $0).triggers
        }
        return TriggerCSV.response(rows)
    }

    /// The trigger as clients of 1.x send it back: `disabled`, and `backfill` to start one.
    private static func update(_ call: Call) async throws -> Response {
        let body = try call.request.json()
        let key = try TriggerKey(json: body)
        if let written = body["backfill"], !written.isNull {
            let known = try await call.services.database.read { try Triggers.load(key, $0) }
            if known?.backfill == nil {
                let request = try BackfillRequest(json: written, now: call.now)
                return TriggerJSON.response(try await request.start(key, call))
            }
        }
        let isDisabled = try Self.disabled(in: body) ?? false
        return TriggerJSON.response(try await call.services.executor.setDisabled(key, isDisabled))
    }

    private static func setDisabled(_ call: Call) async throws -> Response {
        let body = try call.request.json()
        guard let isDisabled = try disabled(in: body) else {
            throw APIError.illegalArgument("`disabled` must be true or false, found nothing")
        }
        let missed = try missed(call)
        return TriggerJSON.response(
            try await call.services.executor.setDisabled(
                try TriggerKey(json: body), isDisabled, missed: missed))
    }

    static func disabled(in body: Value) throws(APIError) -> Bool? {
        switch body["disabled"] {
        case nil, .null?: return nil
        case .bool(let flag)?: return flag
        case .some(let value):
            throw .illegalArgument("`disabled` must be true or false, found \(value.json)")
        }
    }

    private static func delete(_ call: Call) async throws -> Response {
        try await call.services.executor.deleteTrigger(call.triggerKey)
        return .json([:])
    }

    private static func restart(_ call: Call) async throws -> Response {
        TriggerJSON.response(try await call.services.executor.restartTrigger(call.triggerKey))
    }

    private static func unlock(_ call: Call) async throws -> Response {
        TriggerJSON.response(try await call.services.executor.unlock(call.triggerKey))
    }

    static func missed(_ call: Call) throws(APIError) -> MissedTicks? {
        guard let text = call.text("recoverMissedSchedules") else { return nil }
        guard let missed = MissedTicks(rawValue: text.uppercased()) else {
            throw .illegalArgument("`recoverMissedSchedules` is ALL, LAST or NONE, found `\(text)`")
        }
        return missed
    }

    private static func preview(_ call: Call) async throws -> Response {
        let limit = min(max(try call.integer("size") ?? 100, 1), 1000)
        let preview = try await call.services.executor.preview(
            call.triggerKey, missed: try missed(call), limit: limit)
        return .json([
            "runs": .list(preview.ticks.map { .string($0.iso) }), "more": .bool(preview.isCut),
            "skipped": .int(Int64(preview.skipped.count)),
            "next": preview.next.map { .string($0.iso) } ?? .null,
        ])
    }
}

extension Call {
    /// The trigger that the path names.
    var triggerKey: TriggerKey {
        TriggerKey(namespace: path("namespace"), flowID: path("flowId"), triggerID: path("triggerId"))
    }
}

extension TriggerKey {
    /// `{namespace, flowId, triggerId}`; an error 422 when one is missing.
    init(json: Value) throws(APIError) {
        guard let namespace = json["namespace"]?.stringValue, let flow = json["flowId"]?.stringValue,
            let trigger = json["triggerId"]?.stringValue
        else {
            throw .illegalArgument("a trigger is named by the texts `namespace`, `flowId` and `triggerId`")
        }
        self.init(namespace: namespace, flowID: flow, triggerID: trigger)
    }
}
