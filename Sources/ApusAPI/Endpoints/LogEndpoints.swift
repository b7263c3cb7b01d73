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
    private static let maxLines = 10 * Page.maxSize

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
        Endpoint("GET", "logs/{executionId}", "Reads the log of an execution.", query: query, handler: list)
            .alsoForIterations,
        Endpoint(
            "GET", "logs/{executionId}/download",
            "Downloads the log of an execution as text, then those of tasks that log to files.", query: query,
            handler: download
        ).alsoForIterations,
        Endpoint(
            "GET", "logs/{executionId}/follow",
            "Streams the lines of an execution as they come until it has ended, as server-sent events.",
            query: [.init("minLevel", "This level and above")], handler: follow),
        Endpoint(
            "DELETE", "logs/{executionId}", "Deletes the log of an execution.", query: query, handler: delete),
    ]

    /// The lines of one execution that a call is about.
    private static func ofExecution(_ call: Call) throws(APIError) -> LogFilter {
        var filter = LogFilter(executionID: call.path("executionId"))
        filter.minLevel = try LogLevel(query: call.text("minLevel"))
        filter.taskID = call.text("taskId")
        filter.taskRunID = call.text("taskRunId")
        filter.attempt = try call.integer("attempt")
        return filter
    }

    /// The same; of an iteration of a loop those of its task runs.
    private static func wanted(_ call: Call) async throws -> LogFilter {
        var filter = try ofExecution(call)
        if let id = IterationID(call.path("executionId")),
            let found = try await call.services.listing.iterationWithTaskRuns(id)
        {
            filter.executionID = id.executionID
            filter.taskRunIDs = [id.taskRunID] + found.taskRuns.map(\.id)
        }
        return filter
    }

    private static func list(_ call: Call) async throws -> Response {
        let filter = try await wanted(call)
        try await call.services.logs.flush()
        var lines = try await call.services.logs.read { try Logs.lines(filter, limit: maxLines, $0) }
        if filter.taskRunIDs != nil {
            for place in lines.indices { lines[place].executionID = call.path("executionId") }
        }
        return .json(bytes: LogJSON.bytes(lines))
    }

    /// Streamed page by page, so that a log of any length passes through little memory.
    private static func download(_ call: Call) async throws -> Response {
        let filter = try await wanted(call)
        let logs = call.services.logs
        try await logs.flush()
        let files = try await AttemptLogs(call.services, filter)
        let stream = Response.Body.stream { writer in
            var number = 1
            var isFirst = true
            while true {
                let page = Page(number, size: 1000)
                let rows = try await logs.read { try Logs.search(filter, page: page, $0).rows }
                if !rows.isEmpty {
                    isFirst = false
                    try await writer.write((number > 1 ? "\n" : "") + LogJSON.text(rows.map(\.line)))
                }
                if rows.count < page.size { break }
                number += 1
            }
            try await files.write(to: writer, isFirst: isFirst)
        }
        var response = Response(headers: ["Content-Type": "text/plain; charset=utf-8"], body: stream)
        response.headers["Cache-Control"] = "private, no-store"
        response.attach(filename: "\(call.path("executionId")).log")
        return response
    }

    private static func delete(_ call: Call) async throws -> Response {
        guard try ofExecution(call) == LogFilter(executionID: call.path("executionId")) else {
            throw APIError.illegalArgument("this version deletes the log of an execution as a whole only")
        }
        try await call.services.logs.delete(executionID: call.path("executionId"))
        return Response(status: 200)
    }

    private static func search(_ call: Call) async throws -> Response {
        let paging = try Paging(call)
        let filter = try LogFilter(call)
        let isNewestFirst =
            try SortTerm<LogColumn>.list(call.request.queryValues("sort")).first?.isDescending ?? false
        let found = try await call.services.logs.read {
            try Logs.search(filter, newestFirst: isNewestFirst, page: paging.rows, $0)
        }
        return .json(
            bytes: PagedJSON.bytes(found.rows, total: found.total, capacity: 64 + 320 * found.rows.count) {
                LogJSON.write($0.line, to: &$1)
            })
    }

    private static func follow(_ call: Call) async throws -> Response {
        let id = try await ExecutionEndpoints.snapshot(call).execution.id
        var filter = LogFilter(executionID: id)
        filter.minLevel = try LogLevel(query: call.text("minLevel"))
        let tail = LogTail(call.services.logs, filter)
        let services = call.services
        return .events { writer in
            // Subscribed before the first reading, so that nothing between is missed.
            let changes = [services.logs.changes(of: id), services.executor.changes(of: id)]
            try await EventStream.start(writer, id: id)
            try await EventStream.follow(writer, changes) {
                let hasEnded = try await services.executor.snapshot(id)?.hasEnded ?? true
                if hasEnded { try await services.logs.flush() }
                while let lines = try await tail.next() {
                    for line in lines {
                        var json = JSONWriter()
                        LogJSON.write(line, to: &json)
                        try await EventStream.progress(writer, json.bytes)
                    }
                }
                if hasEnded { try await EventStream.end(writer, Array("{}".utf8)) }
                return hasEnded
            }
        }
    }
}

/// What lines of logs can be sorted by.
private enum LogColumn: String, CaseIterable, Hashable { case timestamp }

/// Reads a log from where it was read last.
private actor LogTail {
    private static let limit = 1000

    private let logs: any LogStore
    private let filter: LogFilter
    private var sequence = 0

    init(_ logs: any LogStore, _ filter: LogFilter) {
        self.logs = logs
        self.filter = filter
    }

    /// The next lines; `nil` when there are none yet.
    func next() async throws -> [LogLine]? {
        let (sequence, filter) = (sequence, filter)
        let rows = try await logs.read { try Logs.tail(after: sequence, filter, limit: Self.limit, $0) }
        guard let last = rows.last else { return nil }
        self.sequence = last.sequence
        return rows.map(\.line)
    }
}
