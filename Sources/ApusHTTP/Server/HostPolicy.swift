/// Which `Host` headers are answered.
///
/// A page from elsewhere can make its own name resolve to 127.0.0.1 and so let a browser talk to a server that
/// listens on loopback only; the browser then still sends that page's name, and is refused here.
struct HostPolicy: Sendable {
    /// Lowercase names; `nil` answers any.
    private let allowed: Set<String>?

    /// - Parameters:
    ///   - host: What the server is bound to.
    ///   - isLoopback: Whether only this machine can reach it.
    ///   - names: Names it is known by, without ports.
    init(host: String, isLoopback: Bool, names: [String]) {
        guard isLoopback else {
            allowed = nil
            return
        }
        let bound = host.contains(":") ? "[\(host)]" : host
        allowed = Set((["localhost", "127.0.0.1", "[::1]", bound] + names).map { $0.lowercased() })
    }

    /// - Parameter headers: Those of the request; HTTP/1.0 clients, never browsers, may leave `Host` out.
    func check(_ headers: Headers, isVersion10: Bool) throws(HTTPError) {
        let hosts = headers.all("Host")
        guard hosts.count == 1, let host = hosts.first, !host.isEmpty else {
            if hosts.isEmpty, isVersion10 { return }
            throw HTTPError(400, "Expected exactly one Host header")
        }
        guard let allowed else { return }
        guard allowed.contains(Self.name(host).lowercased()) else {
            throw HTTPError(421, "This server does not answer to the name in the Host header")
        }
    }

    /// The header without its port.
    private static func name(_ host: String) -> Substring {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") { return host[...end] }
        return host.prefix { $0 != ":" }
    }
}
