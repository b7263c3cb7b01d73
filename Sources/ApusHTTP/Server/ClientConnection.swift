import Foundation
import Synchronization

/// A socket a client opened, for as long as it is open.
final class ClientConnection: Sendable {
    let address: String
    private let socket: Int32
    private let core: ServerCore

    private struct State {
        var exchange: Exchange?
        var idleSince = ContinuousClock.now
        var isClosed = false
    }

    private let state = Mutex(State())

    init(socket: Int32, address: String, core: ServerCore) {
        self.socket = socket
        self.address = address
        self.core = core
    }

    /// A request line has arrived.
    func begin(target: String) -> Exchange {
        let exchange = Exchange(target: target, client: self, core: core)
        state.withLock { $0.exchange = exchange }
        return exchange
    }

    func end() {
        state.withLock { state in
            state.exchange = nil
            state.idleSince = .now
        }
    }

    /// The socket is about to be closed, and its number may be used for another.
    func close() {
        state.withLock { $0.isClosed = true }
        core.remove(self)
    }

    var exchange: Exchange? { state.withLock { $0.exchange } }

    /// Ends what has taken too long, and what nobody waits for.
    func check(at now: ContinuousClock.Instant, limits: ServerLimits) {
        let (exchange, idleSince) = state.withLock { ($0.exchange, $0.idleSince) }
        if let exchange {
            if exchange.isOverdue(at: now, limits: limits) {
                cut()
            } else if exchange.isWaiting, hasLeft {
                exchange.abandon()
            }
        } else if now - idleSince > .seconds(limits.idleSeconds + limits.headSeconds) {
            // The library closes idle connections; this one sends a byte of a head now and then.
            cut()
        }
    }

    private func cut() {
        state.withLock { state in
            guard !state.isClosed else { return }
            _ = shutdown(socket, Int32(SHUT_RDWR))
        }
    }

    private var hasLeft: Bool {
        state.withLock { state in
            guard !state.isClosed else { return false }
            var watched = pollfd(fd: socket, events: Int16(0x2000), revents: 0)  // POLLRDHUP
            return poll(&watched, 1, 0) > 0
        }
    }
}
