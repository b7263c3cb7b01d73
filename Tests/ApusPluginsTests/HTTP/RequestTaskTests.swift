import ApusModel
import ApusPlugin
import Foundation
import Testing

@testable import ApusPluginsHTTP

@Suite(.timeLimit(.minutes(2))) struct RequestTaskTests {
    @Test("a plain request gives code, headers and text")
    func plain() async throws {
        let server = try await PythonServer()
        let outputs = try await HTTPTaskHarness().request(["uri": .string("\(server.url)/echo?a=1")])
        #expect(outputs["code"] == 200)
        #expect(outputs["uri"] == .string("\(server.url)/echo?a=1"))
        #expect(outputs["headers"]?["Content-Type"] == ["application/json"])
        let seen = try JSONParser.parse(outputs["body"]?.stringValue ?? "")
        #expect(seen["method"] == "GET")
        #expect(seen["headers"]?["content-type"] == nil)
        #expect(seen["headers"]?["user-agent"] == "Apus")
    }

    @Test("the former type name runs too")
    func alias() async throws {
        let server = try await PythonServer()
        let outputs = try await HTTPTaskHarness().run(
            "io.kestra.plugin.fs.http.Request", ["uri": .string("\(server.url)/status?code=201&body=made")])
        #expect(outputs["code"] == 201)
        #expect(outputs["body"] == "made")
    }

    @Test("method, body, headers and parameters arrive")
    func sent() async throws {
        let server = try await PythonServer()
        let seen = try await HTTPTaskHarness().echo(
            server,
            [
                "method": "put", "body": ["a": [1, "ü"]],
                "params": ["q": "x y&z", "list": ["1", 2], "none": nil],
                "headers": ["X-Number": 5, "X-Empty": "", "X-Null": nil],
            ])
        #expect(seen["method"] == "PUT")
        #expect(seen["path"] == "/echo?q=x%20y%26z&list=1&list=2")
        #expect(seen["headers"]?["content-type"] == "application/json")
        #expect(seen["headers"]?["x-number"] == "5")
        #expect(seen["headers"]?["x-empty"] == "")
        #expect(seen["headers"]?["x-null"] == nil)
        #expect(seen["body"]?.stringValue?.data(using: .isoLatin1) == Data("{\"a\":[1,\"ü\"]}".utf8))
    }

    @Test("a header may set the type of the body", arguments: ["POST", "DELETE", "GET", "PATCH"])
    func contentType(method: Value) async throws {
        let server = try await PythonServer()
        let seen = try await HTTPTaskHarness().echo(
            server, ["method": method, "body": "<a/>", "headers": ["content-type": "text/xml"]])
        #expect(seen["headers"]?["content-type"] == "text/xml")
        #expect(seen["body"] == "<a/>")
        #expect(seen["method"] == method)
    }

    @Test("HEAD and an empty answer have no body")
    func noBody() async throws {
        let server = try await PythonServer()
        let head = try await HTTPTaskHarness().request([
            "uri": .string("\(server.url)/echo"), "method": "HEAD",
        ])
        #expect(head["code"] == 200)
        #expect(head["body"] == nil)
        let empty = try await HTTPTaskHarness().request(["uri": .string("\(server.url)/status?code=204")])
        #expect(empty["code"] == 204)
        #expect(empty["body"] == nil)
    }

    @Test("a form is sent urlencoded or in parts, with files")
    func forms() async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness(files: ["kestra:///a/b.csv": "some content"])
        let simple = try await harness.echo(
            server,
            [
                "method": "POST", "contentType": "application/x-www-form-urlencoded",
                "formData": ["hello": "wor ld", "n": 1],
            ])
        #expect(simple["body"] == "hello=wor%20ld&n=1")
        #expect(simple["headers"]?["content-type"] == "application/x-www-form-urlencoded")
        let parts = try await harness.echo(
            server,
            [
                "method": "POST", "contentType": "multipart/form-data",
                "formData": [
                    "hello": "world", "file": "kestra:///a/b.csv",
                    "named": ["name": "x.txt", "content": "kestra:///a/b.csv"],
                    "inline": ["name": "y.txt", "content": "text"],
                ],
            ])
        let body = parts["body"]?.stringValue ?? ""
        #expect(
            parts["headers"]?["content-type"]?.stringValue?.hasPrefix("multipart/form-data; boundary=")
                == true)
        #expect(body.contains("name=\"hello\"\r\n\r\nworld\r\n"))
        #expect(body.contains("name=\"file\"; filename=\"b.csv\""))
        #expect(body.contains("name=\"named\"; filename=\"x.txt\""))
        #expect(body.contains("name=\"inline\"; filename=\"y.txt\""))
        #expect(body.components(separatedBy: "\r\n\r\nsome content\r\n").count == 3)
        #expect(body.contains("\r\n\r\ntext\r\n"))
    }

    @Test(
        "a status of 400 and above fails unless it is allowed",
        arguments: [
            (["uri": "/status?code=417&body=no"], "Failed http request with response code '417'"),
            (["uri": "/status?code=417", "options": ["allowFailed": true]], "417"),
            (["uri": "/status?code=417", "options": ["allowFailed": "true"]], "417"),
            (["uri": "/status?code=417", "allowFailed": true], "417"),
            (["uri": "/status?code=404", "options": ["allowedResponseCodes": [404, 417]]], "404"),
            (["uri": "/status?code=500", "options": ["allowedResponseCodes": [404]]], "response code '500'"),
        ] as [(OrderedMap<Value>, String)])
    func status(properties: OrderedMap<Value>, expected: String) async throws {
        let server = try await PythonServer()
        var properties = properties
        properties["uri"] = .string(server.url + (properties["uri"]?.stringValue ?? ""))
        let harness = HTTPTaskHarness()
        let result = await harness.failure(properties)
        #expect(result.contains(expected))
        #expect(result.hasPrefix("succeeded") == (expected.count == 3))
        if expected.contains("Failed") { #expect(result.hasSuffix("and body: no")) }
    }

    @Test("credentials are sent as asked")
    func credentials() async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness()
        let basic: OrderedMap<Value> = [
            "options": ["auth": ["type": "BASIC", "username": "user", "password": "pass"]]
        ]
        #expect(try await harness.echo(server, basic)["headers"]?["authorization"] == "Basic dXNlcjpwYXNz")
        let old: OrderedMap<Value> = ["options": ["basicAuthUser": "user", "basicAuthPassword": "pass"]]
        #expect(try await harness.echo(server, old)["headers"]?["authorization"] == "Basic dXNlcjpwYXNz")
        let bearer: OrderedMap<Value> = ["options": ["auth": ["type": "BEARER", "token": "abc"]]]
        #expect(try await harness.echo(server, bearer)["headers"]?["authorization"] == "Bearer abc")
        let digest = try await harness.request([
            "uri": .string("\(server.url)/digest"),
            "options": ["auth": ["type": "DIGEST", "username": "user", "password": "pass"]],
        ])
        #expect(digest["body"] == "in")
    }

    @Test(
        "redirects are followed as browsers do",
        arguments: [
            (302, "POST", "GET", ""), (303, "PUT", "GET", ""), (307, "POST", "POST", "b"),
            (308, "PUT", "PUT", "b"),
            (301, "GET", "GET", "b"), (302, "DELETE", "DELETE", "b"),
        ])
    func redirects(code: Int, method: String, expected: String, body: String) async throws {
        let server = try await PythonServer()
        let seen = try await HTTPTaskHarness().echo(
            server,
            [
                "uri": .string("\(server.url)/redirect?code=\(code)&to=/echo"), "method": .string(method),
                "body": "b",
            ])
        #expect(seen["method"] == .string(expected))
        #expect(seen["body"] == .string(body))
    }

    @Test("another origin gets no credentials")
    func crossOrigin() async throws {
        let first = try await PythonServer()
        let second = try await PythonServer()
        let properties: OrderedMap<Value> = [
            "headers": ["X-Api-Key": "k", "Cookie": "c", "X-Plain": "p"],
            "options": ["auth": ["type": "BASIC", "username": "user", "password": "pass"]],
        ]
        for (server, isSame) in [(first, true), (second, false)] {
            var properties = properties
            properties["uri"] = .string("\(first.url)/redirect?to=\(server.url)/echo")
            let headers = try await HTTPTaskHarness().echo(first, properties)["headers"]
            #expect((headers?["authorization"] != nil) == isSame)
            #expect((headers?["x-api-key"] != nil) == isSame)
            #expect((headers?["cookie"] != nil) == isSame)
            #expect(headers?["x-plain"] == "p")
        }
    }

    @Test("redirects may be left alone, and end somewhere")
    func redirectLimits() async throws {
        let server = try await PythonServer()
        let left = try await HTTPTaskHarness().request([
            "uri": .string("\(server.url)/redirect?to=/echo"), "options": ["followRedirects": false],
        ])
        #expect(left["code"] == 302)
        #expect(left["body"] == "moved")
        let loop = await HTTPTaskHarness().failure(["uri": .string("\(server.url)/loop")])
        #expect(loop.contains("More than 20 redirects"))
    }

    @Test(
        "a server that says nothing is given up",
        arguments: [
            ["timeout": ["readIdleTimeout": "PT1S"]], ["readTimeout": "PT1S"],
        ] as [Value])
    func idle(options: Value) async throws {
        let server = try await PythonServer()
        let message = await HTTPTaskHarness().failure([
            "uri": .string("\(server.url)/slow"), "options": options,
        ])
        #expect(message.contains("readIdleTimeout"))
    }

    @Test("a killed task ends at once")
    func cancelled() async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness()
        let began = ContinuousClock.now
        let task = Task { await harness.failure(["uri": .string("\(server.url)/slow")]) }
        try await Task.sleep(for: .milliseconds(300))
        task.cancel()
        #expect(await task.value.contains("CancellationError"))
        #expect(ContinuousClock.now - began < .seconds(5))
    }

    @Test("a body is unpacked, and read in its charset")
    func text() async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness()
        let unpacked = try await harness.request(["uri": .string("\(server.url)/gzip")])
        #expect(unpacked["body"] == .string(String(repeating: "unpacked", count: 100)))
        #expect(try await harness.request(["uri": .string("\(server.url)/latin")])["body"] == "grün")
        let binary = await harness.failure(["uri": .string("\(server.url)/binary")])
        #expect(binary.contains("not valid UTF-8 text; use the Download task"))
    }

    @Test("values of a repeated header stay together")
    func repeatedHeaders() async throws {
        let server = try await PythonServer()
        let outputs = try await HTTPTaskHarness().request(["uri": .string("\(server.url)/twice")])
        #expect(outputs["headers"]?["Set-Cookie"] == ["a=1", "b=2"])
        #expect(outputs["body"] == "")
    }

    @Test(
        "what is too large, broken off or wrong fails in plain words",
        arguments: [
            (["uri": "/big?mb=20"], "larger than 19922944 bytes; use io.kestra.plugin.core.http.Download"),
            (["uri": "/big?mb=2", "options": ["maxContentLength": 1000]], "larger than 1000 bytes"),
            (["uri": "/half"], "96 bytes"),
            (["uri": "/echo", "encryptBody": true], "`encryptBody` needs an encryption key"),
            (
                ["uri": "/echo", "headers": ["X-A": "b\r\nX-C: d"]],
                "The value of the header `X-A` has a line break"
            ),
            (["uri": "/echo", "headers": ["X A": "b"]], "`X A` is not a header name"),
            (["uri": "/echo", "method": "G T"], "`G T` is not an HTTP method"),
            (["uri": "/echo", "params": "x"], "`params` must be a map"),
            (["uri": "/echo", "options": ["auth": ["type": "BEARER"]]], "`options.auth.token` is missing"),
            (["uri": "/echo", "options": ["proxy": ["type": "HTTP"]]], "A proxy needs `address` and `port`"),
            (
                ["uri": "/echo", "body": "x", "options": ["defaultCharset": "klingon"]],
                "`klingon` is not a charset"
            ),
        ] as [(OrderedMap<Value>, String)])
    func failures(properties: OrderedMap<Value>, expected: String) async throws {
        let server = try await PythonServer()
        var properties = properties
        properties["uri"] = .string(server.url + (properties["uri"]?.stringValue ?? ""))
        let message = await HTTPTaskHarness().failure(properties)
        #expect(message.contains(expected))
    }

    @Test(
        "only HTTP leaves the house",
        arguments: [
            ("file:///etc/passwd", "is not a URL to send to"),
            ("gopher://127.0.0.1/", "is not a URL to send to"),
            ("localhost/x", "is not a URL to send to"), ("http://", "is not a URL to send to"),
            ("http://169.254.169.254/latest", "may not connect to"),
            ("http://[fe80::1]/", "may not connect to"),
            ("http://[::ffff:169.254.169.254]/", "may not connect to"),
            ("http://0xA9FEA9FE/", "may not connect to"),
            ("http://127.0.0.1:1/", "Failed to connect"),
            ("http://user:secret@127.0.0.1:1/x", "GET http://127.0.0.1:1/x"),
        ])
    func urls(url: String, expected: String) async {
        let message = await HTTPTaskHarness().failure(["uri": .string(url)])
        #expect(message.contains(expected))
        #expect(!message.contains("secret"))
    }

    @Test(
        "a redirect cannot lead where a call could not",
        arguments: [
            "http://169.254.169.254/", "file:///etc/passwd", "gopher://127.0.0.1:70/",
        ])
    func redirectsOut(target: String) async throws {
        let server = try await PythonServer()
        let message = await HTTPTaskHarness().failure(["uri": .string("\(server.url)/redirect?to=\(target)")])
        #expect(!message.hasPrefix("succeeded"))
        #expect(!message.contains("root:"))
    }

    @Test("what is logged hides who is calling")
    func logs() async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness()
        _ = try await harness.echo(
            server,
            [
                "method": "POST", "body": "text", "headers": ["Authorization": "Bearer abc", "X-A": "b"],
                "options": ["logs": ["REQUEST_HEADERS", "REQUEST_BODY", "RESPONSE_HEADERS"]],
            ])
        let text = harness.logs.joined(separator: "\n")
        #expect(text.contains("> Authorization: ******"))
        #expect(text.contains("> X-A: b"))
        #expect(text.contains("> text"))
        #expect(text.contains("< 200"))
        #expect(!text.contains("abc"))
    }
}
