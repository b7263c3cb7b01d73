import ApusDatabase
import ApusHTTP
import ApusModel

/// Log lines of executions.
enum LogEndpoints {
    private static let query: [Endpoint.QueryParameter] = [
        .init("minLevel", "TRACE, DEBUG, INFO, WARN or ERROR and above"), .init("taskId", "Of one task"),
        .init("taskRunId", "Of one task run"), .init("attempt", "Of one attempt, from 0"),
    ]

    /// Lines in one answer about an execution at most.
    private static let maxLines = Page.maxSize

    static let all = [
        Endpoint(
            "GET", "logs/search", "Searches log lines.",
            query: [
                .init("q", "Part of the message"), .init("namespace", "A namespace and those below it"),
                .init("flowId", "Of one flow"), .init("minLevel", "This level and above"),
                .init("startDate", "From"), .init("endDate", "To"),
                .init("timeRange", "Within this time before now"),
                .init("page", "From 1"), .init("size", "Lines in a page"),
                .init("sort", "timestamp:asc or :desc"),
            ], handler: search),
        Endpoint("GET", "logs/{executionId}", "Reads the log of an execution.", query: query, handler: list),
        Endpoint(
            "GET", "logs/{executionId}/download", "Downloads the log of an execution as text.", query: query,
            handler: download),
        Endpoint(
            "GET", "logs/{executionId}/follow",
            "Streams the lines of an execution as they come until it has ended, as server-sent events.",
            query: [.init("minLevel", "This level and above")], handler: follow),
        Endpoint(
            "DELETE", "logs/{executionId}", "Deletes the log of an execution.", query: query, handler: delete),
    ]

    /// The lines of one execution that a call is about.
    private static func ofExecution(_ call: Call) throws(APIError) -> LogQuery {
        var query = LogQuery()
        query.executionID = call.path("executionId")
        query.minLevel = try level(call.text("minLevel"))
        query.taskID = call.text("taskId")
        query.taskRunID = call.text("taskRunId")
        query.attempt = try call.integer("attempt")
        return query
    }

    private static func level(_ text: String?) throws(APIError) -> LogLevel? {
        guard let text else { return nil }
        guard let level = LogLevel(rawValue: text.uppercased()) else {
            throw .illegalArgument("the level is TRACE, DEBUG, INFO, WARN or ERROR, found `\(text)`")
        }
        return level
    }

    private static func list(_ call: Call) async throws -> Response {
        let found = try await call.services.logs.lines(try ofExecution(call), Page(size: maxLines))
        return .json(bytes: LogJSON.bytes(found.lines))
    }

    /// Streamed page by page, so that a log of any length passes through little memory.
    private static func download(_ call: Call) async throws -> Response {
        let query = try ofExecution(call)
        let logs = call.services.logs
        let stream = Response.Body.stream { writer in
            var number = 1
            while true {
                let lines = try await logs.lines(query, Page(number, size: 1000)).lines
                if !lines.isEmpty { try await writer.write((number > 1 ? "\n" : "") + LogJSON.text(lines)) }
                if lines.count < 1000 { return }
                number += 1
            }
        }
        var response = Response(headers: ["Content-Type": "text/plain; charset=utf-8"], body: stream)
        response.headers["Cache-Control"] = "private, no-store"
        response.attach(filename: "\(call.path("executionId")).log")
        return response
    }

    private static func delete(_ call: Call) async throws -> Response {
        _ = try await call.services.logs.delete(try ofExecution(call))
        return Response(status: 200)
    }

    private static func search(_ call: Call) async throws -> Response {
        let paging = try Paging(call)
        let found = try await call.services.logs.lines(try LogQuery(call), paging.rows)
        return .json(
            bytes: PagedJSON.bytes(found.lines, total: found.total, capacity: 64 + 320 * found.lines.count) {
                LogJSON.write($0, to: &$1)
            })
    }

    /// Lines reach the log without a sign of their own: it is read again at a pace, and once more after the end.
    private static func follow(_ call: Call) async throws -> Response {
        let id = try await ExecutionEndpoints.snapshot(call).execution.id
        let minLevel = try level(call.text("minLevel")) ?? .trace
        let services = call.services
        return .events { writer in
            let changes = services.executor.changes(of: id)
            let reader = LogTail(services.logs, of: id)
            try await EventStream.start(writer, id: id)
            try await EventStream.follow(writer, changes, pace: .milliseconds(250)) {
                let hasEnded = try await services.executor.snapshot(id)?.hasEnded ?? true
                for line in try await reader.next() where line.level >= minLevel {
                    var json = JSONWriter()
                    LogJSON.write(line, to: &json)
                    try await EventStream.progress(writer, json.bytes)
                }
                if hasEnded { try await EventStream.end(writer, Array("{}".utf8)) }
                return hasEnded
            }
        }
    }

    fileprivate static func searchLevel(_ text: String?) throws(APIError) -> LogLevel? { try level(text) }
}

/// Reads a log from where it was read last.
private actor LogTail {
    private let logs: LogAccess
    private let id: Execution.ID
    private var place: Int64 = 0

    init(_ logs: LogAccess, of id: Execution.ID) {
        self.logs = logs
        self.id = id
    }

    func next() async throws -> [LogLine] {
        var all: [LogLine] = []
        while true {
            let found = try await logs.after(id, place, 1000)
            place = found.place
            all += found.lines
            if found.lines.count < 1000 || all.count >= Page.maxSize { return all }
        }
    }
}

extension LogQuery {
    /// What lines of logs can be sorted by.
    private enum Column: String, CaseIterable, Hashable { case timestamp }

    /// Reads the new and the flat form of a search.
    init(_ call: Call) throws(APIError) {
        self.init()
        let filters = try QueryFilter.list(call.request.query)
        let dates = try DateRange(call, filters)
        from = dates.start
        to = dates.end
        if let query = call.text("q"), query != "*" { text = query }
        if let namespace = call.text("namespace") { self.namespace = .under(namespace) }
        if let flowID = call.text("flowId") { self.flowID = .equals(flowID) }
        executionID = call.text("executionId")
        minLevel = try LogEndpoints.searchLevel(call.text("minLevel"))
        isNewestFirst =
            try SortTerm<Column>.list(call.request.queryValues("sort")).first?.isDescending ?? false
        for filter in filters { try add(filter) }
    }

    private mutating func add(_ filter: QueryFilter) throws(APIError) {
        switch (filter.field, filter.operation) {
        case (.text, .equals), (.text, .contains): text = filter.value == "*" ? nil : filter.value
        case (.namespace, _): namespace.narrow(to: try TextMatch(filter))
        case (.flowId, _): flowID.narrow(to: try TextMatch(filter))
        case (.executionId, .equals): executionID = filter.value
        case (.taskId, .equals): taskID = filter.value
        case (.taskRunId, .equals): taskRunID = filter.value
        case (.level, .equals), (.level, .greaterThanOrEqual):
            minLevel = try LogEndpoints.searchLevel(filter.value)
        case (.startDate, _), (.endDate, _), (.timeRange, _): break  // read by DateRange
        case (.scope, .equals), (.scope, .isIn):
            if let scope = try FlowScope.match(filter.values) { namespace.narrow(to: scope) }
        default: throw .unsupported(filter)
        }
    }
}
