import ApusHTTP
import ApusModel
import Foundation

/// Lets in who knows the user name and the password of the configuration.
///
/// What needs no password is declared by the route itself, or named in the configuration; the path's text is never
/// looked at before it is decoded and split.
struct BasicAuthGate: Sendable {
    private let expected: [UInt8]
    private let realm: String
    private let openPrefixes: [[String]]

    /// - Parameter host: Where the server listens; beyond loopback a password is a must.
    /// - Returns: `nil` when no password is configured and nobody else can reach the server.
    /// - Throws: `ConfigurationFaults` when others could reach a server without a password.
    init?(_ configuration: Configuration.BasicAuth, host: String) throws {
        guard configuration.isEnabled, let username = configuration.username,
            let password = configuration.password
        else {
            guard Self.isLoopback(host) else {
                throw ConfigurationFaults(faults: [
                    Fault(
                        "listening on \(host) would let everybody in",
                        remedy:
                            "set kestra.server.basic-auth.username and .password, or listen on 127.0.0.1")
                ])
            }
            return nil
        }
        expected = Array("\(username):\(password.revealed)".utf8)
        realm = configuration.realm.filter { $0 != "\"" && $0 != "\\" }
        openPrefixes = configuration.openURLs.map { $0.split(separator: "/").map(String.init) }
    }

    private static func isLoopback(_ host: String) -> Bool {
        ["localhost", "::1", "[::1]"].contains(host) || host.hasPrefix("127.")
    }

    var gate: Router.Gate {
        { request, route in
            if route?.isOpen == true {
                // What is open passes headers on to flows, which may show them: not the server's own password.
                if let header = request.headers["Authorization"], isRight(header) {
                    request.headers["Authorization"] = nil
                }
                return
            }
            if openPrefixes.contains(where: { !$0.isEmpty && request.segments.starts(with: $0) }) { return }
            guard let header = request.headers["Authorization"], isRight(header) else {
                throw HTTPError(
                    401, "Unauthorized",
                    headers: ["WWW-Authenticate": "Basic realm=\"\(realm)\", charset=\"UTF-8\""])
            }
        }
    }

    private func isRight(_ header: String) -> Bool {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic",
            let given = Data(base64Encoded: parts[1].trimmingCharacters(in: .whitespaces))
        else { return false }
        return ConstantTime.areEqual(given, expected)
    }
}
