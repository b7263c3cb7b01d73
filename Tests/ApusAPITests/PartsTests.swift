import ApusDatabase
import ApusModel
import ApusStorage
import Testing

@testable import ApusAPI

@Suite struct PartsTests {
    @Test(
        "a text is split at lines of three dashes only",
        arguments: [
            ("a: 1", ["a: 1"]), ("---\na: 1\n---\nb: 2", ["a: 1", "b: 2"]), ("a: x---y", ["a: x---y"]),
            ("# only a comment\n---\na: 1\n---\n", ["a: 1"]), ("a: 1\n----\n", ["a: 1\n----\n"]), ("", []),
            ("a: 1\r\n---\r\nb: 2", ["a: 1\r", "b: 2"]), ("--- {a: 1}", [" {a: 1}"]),
        ])
    func split(text: String, documents: [String]) {
        #expect(SourceDocuments.split(text) == documents)
    }

    @Test(
        "a file belongs to an execution by its path",
        arguments: [
            ("kestra:///company/made/f/executions/E1/inputs/a/x.txt", true),
            ("kestra:///company/made/f/executions/E2/inputs/a/x.txt", false),
            ("kestra:///company/made/f/executions/E1/../E2/x.txt", false),
            ("kestra:///company/made/f/executions/E1/%2e%2e/x.txt", false),
            ("kestra:///company/made/f/executions/E1", false), ("file:///etc/passwd", false),
            ("kestra:///company/made/f/executions/E1//x", false), ("kestra:///", false),
            ("kestra:///company/made/f/executions/E1/a\\b", false),
        ])
    func uri(text: String, belongs: Bool) {
        let execution = Execution(
            id: "E1", flow: FlowReference(namespace: "company.made", id: "f", revision: 1),
            createdAt: Timestamp(microseconds: 0))
        let uri = try? StorageURI(text)
        #expect((uri.map { ExecutionFileEndpoints.belongs($0, to: execution) } ?? false) == belongs)
    }

    @Test(
        "names of uploads become safe",
        arguments: [
            ("cat.jpg", "cat.jpg"), ("../../etc/passwd", "passwd"), ("C:\\a\\b c.txt", "b_c.txt"),
            ("..", "file"),
            ("", "file"), ("é\u{0}.txt", "__.txt"),
        ])
    func names(given: String, safe: String) {
        #expect(UploadName.safe(given) == safe)
    }

    @Test(
        "a database that cannot be used is no fault of the client",
        arguments: [
            (DatabaseError.Reason.full, 507), (.busy, 503), (.gone, 503), (.tooLarge, 413), (.statement, 500),
        ])
    func database(reason: DatabaseError.Reason, status: Int) {
        let answer = APIError.translated(DatabaseError(reason, "secret")) { _ in }
        #expect(answer.status == status)
        #expect(!answer.message.contains("secret"))
    }

    @Test("every endpoint is a route in both forms, and a line of the document")
    func endpoints() async throws {
        let server = try TestServer()
        let document = try await server.call("GET", "/api/v1/openapi.json")
        let paths = try #require(document["paths"]?.mapValue)
        for endpoint in makeEndpoints() {
            let path = try #require(endpoint.paths.first)
            #expect(paths[path]?[endpoint.method.lowercased()] != nil, "\(endpoint.method) \(path)")
        }
        let open = server.router.routes.filter(\.isOpen).map(\.pattern)
        #expect(open.filter { !$0.contains("/executions/webhook/") } == ["/ping", "/health", "/ready"])
        let webhooks = ["/api/v1/main", "/api/v1"].flatMap { root in
            let address = root + "/executions/webhook/{namespace}/{id}/{key}"
            return [address, address + "/{path*}"].flatMap { Array(repeating: $0, count: 3) }
        }
        #expect(open.filter { $0.contains("/executions/webhook/") }.sorted() == webhooks.sorted())
    }

    @Test("the server says what it is")
    func server() async throws {
        let server = try TestServer()
        #expect(try await server.call("GET", "/ping").text == "pong")
        #expect(try await server.call("GET", "/api/v1/configs")["uuid"] == "test")
        #expect(try await server.call("GET", "/ready").status == 200)
        let type = "io.kestra.plugin.core.log.Log"
        let plugin = try await server.call("GET", "/api/v1/plugins/\(type)")
        #expect(plugin["schema"]?["properties"]?["properties"]?["message"] != nil)
        #expect(try await server.call("GET", "/api/v1/plugins/nope").status == 404)
        #expect(try await server.call("GET", "/api/v1/main/namespaces/a.b")["id"] == "a.b")
    }
}
