import ApusHTTP
import ApusModel

/// The product's form of live updates: events with the ids `start`, `progress` and `end`, data as JSON.
enum EventStream {
    /// A quiet connection gets a line this often, so that nothing in between closes it.
    static let keepAlive = Duration.seconds(15)

    static func start(_ writer: ResponseWriter, id: String) async throws {
        let bytes = JSONWriter.object { $0.field("id", id) }
        try await send(writer, "start", bytes)
    }

    static func progress(_ writer: ResponseWriter, _ bytes: [UInt8]) async throws {
        try await send(writer, "progress", bytes)
    }

    static func end(_ writer: ResponseWriter, _ bytes: [UInt8]) async throws {
        try await send(writer, "end", bytes)
    }

    private static func send(_ writer: ResponseWriter, _ id: String, _ bytes: [UInt8]) async throws {
        try await writer.send(ServerSentEvent(id: id, data: String(decoding: bytes, as: UTF8.self)))
    }

    /// Calls `body` after each sign of `changes` and at once, until it answers that it is done; sends keep-alive
    /// lines between. Returns when the changes end.
    ///
    /// - Parameter pace: With a pace, `body` is called at least this often too, for what no sign announces.
    static func follow(
        _ writer: ResponseWriter, _ changes: AsyncStream<Void>, pace: Duration? = nil,
        _ body: @escaping @Sendable () async throws -> Bool
    ) async throws {
        // Signs and ticks meet in one stream; of each kind only the newest is kept.
        let (ticks, tick) = AsyncStream.makeStream(of: Bool.self, bufferingPolicy: .bufferingNewest(2))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in changes { tick.yield(true) }
                tick.finish()
            }
            group.addTask {
                while !Task.isCancelled {
                    try await Task.sleep(for: pace ?? keepAlive)
                    tick.yield(pace != nil)
                }
            }
            defer { group.cancelAll() }
            if try await body() { return }
            for await hasNews in ticks {
                if hasNews {
                    if try await body() { return }
                } else {
                    try await writer.send(.keepAlive)
                }
            }
        }
    }
}
