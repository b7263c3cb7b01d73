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

    /// Calls `body` at once and after each sign, until it answers that it is done; sends keep-alive lines between.
    ///
    /// Signs that come while `body` runs count as one. Returns also when the changes end.
    static func follow(
        _ writer: ResponseWriter, _ changes: [AsyncStream<Void>],
        _ body: @escaping @Sendable () async throws -> Bool
    ) async throws {
        let (news, sign) = AsyncStream.makeStream(of: Sign.self, bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for stream in changes {
                group.addTask {
                    for await _ in stream { sign.yield(.change) }
                    sign.finish()
                }
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: keepAlive)
                    sign.yield(.quiet)
                }
            }
            defer { group.cancelAll() }
            if try await body() { return }
            for await sign in news {
                // A change that a quiet sign pushed out of the buffer is seen here too.
                if sign == .quiet { try await writer.send(.keepAlive) }
                if try await body() { return }
            }
        }
    }

    private enum Sign: Sendable { case change, quiet }
}
