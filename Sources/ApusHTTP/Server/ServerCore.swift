import ApusModel
import Foundation
import Synchronization

/// What every connection of a server shares.
final class ServerCore: Sendable {
    let router: Router
    let limits: ServerLimits
    let hosts: HostPolicy
    let work = ActiveWork()
    private let onFailure: HTTPServer.FailureHandler?
    private let clients = Mutex<[ObjectIdentifier: ClientConnection]>([:])
    private let stopping = Atomic(false)

    init(router: Router, limits: ServerLimits, hosts: HostPolicy, onFailure: HTTPServer.FailureHandler?) {
        self.router = router
        self.limits = limits
        self.hosts = hosts
        self.onFailure = onFailure
    }

    /// Once true, no connection may be suspended.
    var isStopping: Bool { stopping.load(ordering: .sequentiallyConsistent) }

    func beginStopping() { stopping.store(true, ordering: .sequentiallyConsistent) }

    func open(socket: Int32, address: String) -> ClientConnection {
        let client = ClientConnection(socket: socket, address: address, core: self)
        clients.withLock { $0[ObjectIdentifier(client)] = client }
        return client
    }

    func remove(_ client: ClientConnection) {
        clients.withLock { $0[ObjectIdentifier(client)] = nil }
    }

    var openClients: [ClientConnection] { clients.withLock { Array($0.values) } }

    /// The answer to a request: what its handler says, or why there is none. Never throws, leaks no internals.
    ///
    /// - Parameter isGated: Whether the request has been let in already.
    func answer(_ request: inout Request, _ match: RoutedRequest, isGated: Bool) async -> Response {
        do {
            if !isGated { try await router.admit(&request, to: match.route) }
            return try await match.answer(request)
        } catch {
            return .problem(refusal(for: error, of: request), path: request.path)
        }
    }

    /// What a client is told about an error: the words of an `HTTPError`, of others only a reference.
    func refusal(for error: any Error, of request: Request) -> HTTPError {
        if let error = error as? HTTPError { return error }
        if error is CancellationError { return HTTPError(503, "The request was cancelled") }
        return HTTPError(500, "Internal server error (reference \(report(error, of: request)))")
    }

    /// Passes an unexpected error on; gives the reference under which it is found.
    @discardableResult
    func report(_ error: any Error, of request: Request) -> String {
        let reference = String(UInt32.random(in: .min ... .max), radix: 16)
        if !(error is CancellationError), !(error is ClientGone) { onFailure?(error, request, reference) }
        return reference
    }
}
