import ApusHTTP
import Testing

@testable import ApusServer

/// Who comes in when a password is configured.
@Suite struct BasicAuthGateTests {
    private static let right = "Basic YW5uQHguaW86cGFzcw=="
    private static let other = "Basic Ym9iQHguaW86b3RoZXI="

    private func gate() throws -> Router.Gate {
        var configuration = Configuration.BasicAuth()
        configuration.username = "ann@x.io"
        configuration.password = Secret("pass")
        return try #require(try BasicAuthGate(configuration, host: "127.0.0.1")).gate
    }

    private let open = Route("POST", "/open", isOpen: true) { _ in .noContent }
    private let closed = Route("POST", "/closed") { _ in .noContent }

    @Test("a closed route and an unknown one ask for the password", arguments: [nil, other, "Basic x", "x"])
    func refused(header: String?) async throws {
        let gate = try gate()
        for route in [closed, nil] {
            var request = Request(
                method: "POST", path: "/", headers: Headers(header.map { [("Authorization", $0)] } ?? []))
            await #expect(throws: HTTPError.self) { try await gate(&request, route) }
        }
    }

    @Test("the server's own password is not passed on to flows, that of others is")
    func stripped() async throws {
        let gate = try gate()
        for (header, left) in [(Self.right, nil), (Self.other, Self.other)] as [(String, String?)] {
            var request = Request(method: "POST", path: "/", headers: ["Authorization": header])
            try await gate(&request, open)
            #expect(request.headers["Authorization"] == left)
        }
    }
}
