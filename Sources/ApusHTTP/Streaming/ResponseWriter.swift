/// The writing end of a streamed response.
public struct ResponseWriter: Sendable {
    let pipe: StreamPipe

    /// Sends bytes; waits while the client reads more slowly than they are written.
    ///
    /// Throws `ClientGone` when nobody reads any more, and `CancellationError` when the task is cancelled.
    public func write(_ bytes: [UInt8]) async throws {
        try await pipe.write(bytes)
    }

    public func write(_ text: String) async throws {
        try await pipe.write(Array(text.utf8))
    }

    /// Sends one server-sent event.
    public func send(_ event: ServerSentEvent) async throws {
        try await pipe.write(event.bytes)
    }
}

/// The client closed the connection, or the server is stopping: there is nobody to write to.
public struct ClientGone: Error, Hashable, Sendable {
    public init() {}
}
