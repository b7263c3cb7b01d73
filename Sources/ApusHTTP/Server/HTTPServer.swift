import CMicroHTTPD
import Foundation
import Synchronization

/// An HTTP/1.1 server: answers what its router's table lists until it is stopped.
///
/// Network threads of its own parse and send; handlers run on Swift's executor.
public final class HTTPServer: Sendable {
    /// Told of errors that are not `HTTPError`: the error, the request, and the reference the client was given.
    public typealias FailureHandler = @Sendable (any Error, Request, String) -> Void

    /// The port it listens on, also when any was asked for.
    public let boundPort: Int
    private let core: ServerCore
    private let daemon: Daemon
    /// Closes what is overdue and notices clients that leave; `stop` cancels and awaits it.
    private let watch: Task<Void, Never>
    private let hasStopped = Mutex(false)

    private static let watchInterval = Duration.milliseconds(500)

    /// Starts listening; the server must be stopped before it is let go.
    ///
    /// - Parameters:
    ///   - host: An address or name; on a loopback address only requests for known `Host` names are answered.
    ///   - port: 0 for any free one.
    ///   - hostNames: Further names it is known by, without ports.
    /// Throws an error in plain words when the port is taken or the address not usable.
    public init(
        host: String = "127.0.0.1", port: Int, router: Router, limits: ServerLimits = ServerLimits(),
        hostNames: [String] = [], onFailure: FailureHandler? = nil
    ) throws(HTTPServerError) {
        let socket = try ListeningSocket(host: host, port: port)
        let hosts = HostPolicy(host: host, isLoopback: socket.isLoopback, names: hostNames)
        let core = ServerCore(router: router, limits: limits, hosts: hosts, onFailure: onFailure)
        self.core = core
        boundPort = socket.port
        daemon = try Daemon(socket: socket, core: core)
        watch = Task {
            while !Task.isCancelled {
                // Cancellation ends the sleep, and the loop then ends too.
                try? await Task.sleep(for: Self.watchInterval)
                let now = ContinuousClock.now
                for client in core.openClients { client.check(at: now, limits: limits) }
            }
        }
    }

    /// Takes no more requests, lets those at work finish, ends event streams at once and the rest after `grace`.
    public func stop(grace: Duration = .seconds(10)) async {
        let isFirst = hasStopped.withLock { stopped in
            defer { stopped = true }
            return !stopped
        }
        guard isFirst else { return }
        core.beginStopping()
        for client in core.openClients where client.exchange?.isEndless == true { client.exchange?.abandon() }
        await core.work.drain(within: grace)
        // Every connection must be awake before the library stops.
        for client in core.openClients { client.exchange?.abandon() }
        await core.work.drain(within: .seconds(5))
        watch.cancel()
        await watch.value
        await daemon.stop()
    }
}
