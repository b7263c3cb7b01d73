import ApusDatabase
import ApusExecutor
import ApusHTTP
import ApusModel

/// The same change of several triggers, named one by one or by a query.
enum TriggerBulkEndpoints {
    static let all = changes.flatMap { [byTriggers($0), byQuery($0)] }

    /// A change, and how its requests are written.
    struct Change: Sendable {
        var method = "POST"
        var path: String
        var summary: String
        /// Whether the list of triggers is under a key of the body, beside others.
        var listKey: String?
        var query: [Endpoint.QueryParameter] = []
        /// Makes the change of one trigger; the body is nil for a query.
        var make: @Sendable (Call, Value?) throws -> @Sendable (Executor, TriggerKey) async throws -> Void
    }

    private static let changes = [
        Change(
            path: "triggers/set-disabled", summary: "Switches off or on", listKey: "triggers",
            query: [.init("disabled", "Off when true, the default")]
        ) { call, body in
            let isDisabled =
                try body.map { try TriggerEndpoints.disabled(in: $0) ?? true }
                ?? call.flag("disabled", default: true)
            return { _ = try await $0.setDisabled($1, isDisabled) }
        },
        Change(path: "triggers/unlock", summary: "Unlocks") { _, _ in { _ = try await $0.unlock($1) } },
        Change(path: "triggers/backfill/pause", summary: "Pauses the backfills of") { _, _ in
            { _ = try await $0.pauseBackfill($1, true) }
        },
        Change(path: "triggers/backfill/unpause", summary: "Lets go on the backfills of") { _, _ in
            { _ = try await $0.pauseBackfill($1, false) }
        },
        Change(path: "triggers/backfill/delete", summary: "Ends the backfills of") { _, _ in
            { _ = try await $0.deleteBackfill($1) }
        },
        Change(method: "DELETE", path: "triggers/delete", summary: "Forgets") { _, _ in
            { try await $0.deleteTrigger($1) }
        },
    ]

    private static func byTriggers(_ change: Change) -> Endpoint {
        Endpoint(
            change.method, "\(change.path)/by-triggers", "\(change.summary) several triggers.", body: .json
        ) { call in
            let body = try call.request.json()
            let list = change.listKey.map { body[$0] ?? .null } ?? body
            guard let items = list.listValue, items.count <= Paging.maxSize else {
                throw APIError.illegalArgument("a list of at most \(Paging.maxSize) triggers is expected")
            }
            let keys = try items.map { item throws(APIError) in try TriggerKey(json: item) }
            return .changed(try await run(try change.make(call, body), keys, call))
        }
    }

    private static func byQuery(_ change: Change) -> Endpoint {
        Endpoint(
            change.method, "\(change.path)/by-query", "\(change.summary) the triggers that match.",
            query: TriggerEndpoints.query + change.query
        ) { call in
            let filter = try TriggerFilter(call)
            let make = try change.make(call, nil)
            let rows = try await call.services.database.read {
                try Triggers.search(filter, page: Page(size: Page.maxSize), $0).triggers
            }
            return .changed(try await run(make, rows.map(\.key), call))
        }
    }

    /// Answers how many were changed; those the change does not fit are left out.
    private static func run(
        _ change: @Sendable (Executor, TriggerKey) async throws -> Void, _ keys: [TriggerKey], _ call: Call
    ) async throws -> Int {
        var count = 0
        for key in keys {
            do {
                try await change(call.services.executor, key)
                count += 1
            } catch is RequestRefused {
                continue
            }
        }
        return count
    }
}
