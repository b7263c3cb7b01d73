import CMicroHTTPD
import Dispatch

/// The library's server and its callbacks into ours.
///
/// `@unchecked`: the pointer is used once more after the start, by the one call of `stop`.
struct Daemon: @unchecked Sendable {
    private let pointer: OpaquePointer
    /// What the callbacks use; freed after the last of them.
    private let settings: UnsafeMutablePointer<apus_mhd_settings>
    private let core: Unmanaged<ServerCore>

    init(socket: ListeningSocket, core: ServerCore) throws(HTTPServerError) {
        self.core = Unmanaged.passRetained(core)
        settings = .allocate(capacity: 1)
        settings.initialize(to: Self.settings(socket, core.limits, self.core.toOpaque()))
        guard let started = apus_mhd_start(settings) else {
            settings.deallocate()
            self.core.release()
            throw HTTPServerError(message: "Cannot start the server's threads")
        }
        pointer = started
    }

    private static func settings(
        _ socket: ListeningSocket, _ limits: ServerLimits, _ core: UnsafeMutableRawPointer
    ) -> apus_mhd_settings {
        apus_mhd_settings(
            listen_socket: socket.descriptor, threads: UInt32(clamping: max(2, limits.threads)),
            // Holds the head, the answer's head and the piece of body at hand.
            connection_memory: limits.headerBytes + 32 * 1024,
            connections: UInt32(clamping: limits.connections),
            connections_per_address: UInt32(clamping: limits.connectionsPerAddress),
            idle_seconds: UInt32(clamping: limits.idleSeconds), context: core,
            on_open: { core, connection in
                guard let core else { return nil }
                return Unmanaged.passRetained(
                    Unmanaged<ServerCore>.fromOpaque(core).takeUnretainedValue().open(
                        socket: apus_mhd_socket(connection),
                        address: apus_mhd_peer(connection).flatMap(SocketAddress.text) ?? "")
                ).toOpaque()
            },
            on_close: { client in
                guard let client else { return }
                Unmanaged<ClientConnection>.fromOpaque(client).takeRetainedValue().close()
            },
            on_target: { client, target in
                guard let client else { return nil }
                return Unmanaged.passRetained(
                    Unmanaged<ClientConnection>.fromOpaque(client).takeUnretainedValue()
                        .begin(target: String(cString: target))
                ).toOpaque()
            },
            on_access: { exchange, connection, method, version, bytes, count in
                guard let exchange else { return false }
                return Unmanaged<Exchange>.fromOpaque(exchange).takeUnretainedValue().advance(
                    NetworkConnection(pointer: connection), method: String(cString: method),
                    version: String(cString: version),
                    piece: BodyPiece(bytes: UnsafeRawBufferPointer(start: bytes, count: count)))
            },
            on_completed: { exchange in
                guard let exchange else { return }
                Unmanaged<Exchange>.fromOpaque(exchange).takeRetainedValue().finish()
            })
    }

    /// Closes all connections and ends the threads. No connection may be suspended.
    func stop() async {
        await withCheckedContinuation { continuation in
            // Waits for threads, which would block Swift's executor.
            DispatchQueue.global().async {
                MHD_stop_daemon(pointer)
                settings.deallocate()
                core.release()
                continuation.resume()
            }
        }
    }
}
