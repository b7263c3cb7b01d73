import ApusModel
import Foundation
import Testing

@testable import ApusHTTP

@Suite(.timeLimit(.minutes(2))) struct ServerTests {
    static let echo = Route("POST", "/echo", bodyBytes: 2 << 20) { request in
        Response(headers: ["Content-Type": "application/octet-stream"], body: .bytes(request.body))
    }
    static let hello = Route("GET", "/hello/{name}") { request in
        .text("hello \(request.parameters["name"] ?? "") \(request.queryValues("q"))")
    }
    static let broken = Route("GET", "/broken") { _ in throw CocoaError(.fileNoSuchFile) }
    static let refusing = Route("GET", "/refusing") { _ in
        throw HTTPError(422, "Invalid entity: id", details: [.init(path: "id", message: "must match")])
    }

    @Test("routes answer, with parameters, query and safe headers")
    func routing() async throws {
        try await withServer(routes: [Self.hello]) { port in
            let answer = await ask(port, "GET", "/hello/J%C3%BCrgen?q=1&q=a+b")
            #expect(answer.status == 200)
            #expect(answer.text == "hello Jürgen [\"1\", \"a b\"]")
            #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
            #expect(answer.headers["Referrer-Policy"] == "same-origin")
            let head = await ask(port, "HEAD", "/hello/x")
            #expect(head.status == 200)
            #expect(head.headers["Content-Length"] == "10")
        }
    }

    @Test(
        "what cannot be answered says why, as JSON",
        arguments: [
            ("GET", "/nope", 404, "Not Found"),
            ("GET", "/hello/", 404, "Not Found"),
            ("DELETE", "/hello/x", 405, "Method Not Allowed: use GET or HEAD"),
            ("GET", "/hello/..", 400, "The path or query is not validly encoded"),
            ("GET", "/hello/%2e%2e/x", 400, "The path or query is not validly encoded"),
            ("GET", "/refusing", 422, "Invalid entity: id"),
        ])
    func refusals(method: String, path: String, status: Int, message: String) async throws {
        try await withServer(routes: [Self.hello, Self.refusing]) { port in
            let answer = await ask(port, method, path)
            #expect(answer.status == status)
            let body = try JSONParser.parse(answer.text)
            #expect(body["message"] == .string(message))
            if status == 405 { #expect(answer.headers["Allow"] == "GET, HEAD") }
            if status == 422 {
                #expect(body["_embedded"]?["errors"] == [["message": "must match", "path": "id"]])
            }
            if status == 404 { #expect(body["_links"]?["self"]?["href"] == .string(path)) }
        }
    }

    @Test("an unexpected error shows a reference and nothing else")
    func unexpected() async throws {
        let references = Seen<[String]>([])
        try await withServer(
            onFailure: { _, _, reference in references.change { $0.append(reference) } },
            routes: [Self.broken]
        ) { port in
            let answer = await ask(port, "GET", "/broken")
            #expect(answer.status == 500)
            let reference = try #require(references.value.first)
            let message = try JSONParser.parse(answer.text)["message"]
            #expect(message == .string("Internal server error (reference \(reference))"))
        }
    }

    @Test("a header a handler must not send becomes an error")
    func headerInjection() async throws {
        let route = Route("GET", "/") { _ in Response(headers: ["X-Name": "a\r\nSet-Cookie: b=c"]) }
        try await withServer(routes: [route]) { port in
            let answer = await ask(port, "GET", "/")
            #expect(answer.status == 500)
            #expect(answer.headers["Set-Cookie"] == nil)
        }
    }

    @Test("bodies come whole, with a length or in chunks")
    func bodies() async throws {
        try await withServer(routes: [Self.echo]) { port in
            let bytes = (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            #expect(await ask(port, "POST", "/echo", body: bytes).body == bytes)
            #expect(await ask(port, "POST", "/echo", body: []).status == 200)
            let client = RawClient(port: port)
            await client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            await client.send("3\r\nabc\r\n")
            await client.send("4\r\ndefg\r\n0\r\n\r\n")
            #expect(await client.response().text == "abcdefg")
        }
    }

    @Test("a body over its limit is refused", arguments: [true, false])
    func tooLarge(hasLength: Bool) async throws {
        try await withServer(routes: [Self.echo]) { port in
            let client = RawClient(port: port)
            if hasLength {
                await client.send(
                    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
            } else {
                await client.send(
                    "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                await client.send("280000\r\n" + String(repeating: "x", count: 0x280000) + "\r\n0\r\n\r\n")
            }
            let answer = await client.response()
            #expect(answer.status == 413)
            #expect(answer.text.contains("The body is larger than 2097152 bytes"))
        }
    }

    @Test("an endless body is cut off")
    func endless() async throws {
        try await withServer(routes: [Self.echo]) { port in
            let client = RawClient(port: port)
            await client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            await client.send("7f00000\r\n" + String(repeating: "x", count: 8 << 20))
            #expect(await client.receiveAll().isEmpty)
        }
    }

    @Test("several requests go over one connection, also when sent at once")
    func keepAlive() async throws {
        try await withServer(routes: [Self.hello, Self.echo]) { port in
            let client = RawClient(port: port)
            for number in 1...3 {
                await client.send("GET /hello/\(number) HTTP/1.1\r\nHost: localhost\r\n\r\n")
                #expect(await client.response().text == "hello \(number) []")
            }
            await client.send(
                "GET /nope HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    + "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"
                    + "GET /hello/last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(await client.response().status == 404)
            #expect(await client.response().text == "abc")
            #expect(await client.response().text == "hello last []")
            #expect(await client.receive().isEmpty)
        }
    }

    @Test(
        "requests that are no HTTP, or whose end is unclear, are refused",
        arguments: [
            "GET /hello/x HTTP/1.1\r\n\r\n",
            "GET /hello/x HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
            "GET http://evil/hello/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999999\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        ])
    func badRequests(text: String) async throws {
        try await withServer(routes: [Self.hello, Self.echo]) { port in
            let client = RawClient(port: port)
            await client.send(text)
            let answer = await client.response()
            #expect((400..<500).contains(answer.status), "\(answer.status)")
        }
    }

    @Test("what is no HTTP at all closes the connection")
    func nonsense() async throws {
        try await withServer(routes: [Self.hello]) { port in
            let client = RawClient(port: port)
            await client.send("NONSENSE\r\n\r\n")
            #expect(!(await client.receiveAll().contains("200")))
        }
    }

    @Test(
        "on loopback only known host names are answered",
        arguments: [
            ("localhost", 200), ("LOCALHOST:8080", 200), ("127.0.0.1:1", 200), ("[::1]:80", 200),
            ("apus.test", 200),
            ("evil.example", 421), ("localhost.evil.example", 421), ("127.0.0.1.evil", 421),
        ])
    func hosts(host: String, status: Int) async throws {
        try await withServer(hostNames: ["apus.test"], routes: [Self.hello]) { port in
            let client = RawClient(port: port)
            await client.send("GET /hello/x HTTP/1.1\r\nHost: \(host)\r\n\r\n")
            #expect(await client.response().status == status)
        }
    }

    @Test("headers have a limit")
    func headerLimit() async throws {
        try await withServer(routes: [Self.hello]) { port in
            for size in [40_000, 200_000] {
                let answer = await ask(
                    port, "GET", "/hello/x", headers: [("X-Long", String(repeating: "a", count: size))])
                #expect(answer.status == 431, "\(size)")
            }
        }
    }

    @Test("a taken port is named")
    func portTaken() async throws {
        try await withServer(routes: []) { port in
            let error = HTTPServerError(
                message: "Cannot listen on 127.0.0.1, port \(port): "
                    + "another program listens there; stop it or choose another port")
            #expect(throws: error) { _ = try HTTPServer(port: port, router: Router()) }
        }
    }

    @Test(
        "the gate is asked before a body is read, and for unknown paths too",
        arguments: [
            ("POST", "/echo"), ("POST", "/nope"), ("GET", "/hello/x"), ("GET", "/nope"),
            ("GET", "/a/%2e%2e/b"),
        ])
    func gate(method: String, path: String) async throws {
        let gate: Router.Gate = { request, route in
            guard route?.isOpen == true || request.headers["Authorization"] == "yes" else {
                throw HTTPError(401, "Unauthorized")
            }
            request.identity = "someone"
        }
        try await withServer(gate: gate, routes: [Self.hello, Self.echo]) { port in
            let length = method == "POST" ? "Content-Length: 2000000\r\n" : ""
            let client = RawClient(port: port)
            await client.send("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\(length)\r\n")
            #expect(await client.response().status == 401)
        }
    }

    @Test("what the gate found out reaches the handler", arguments: ["GET", "POST"])
    func identity(method: String) async throws {
        let gate: Router.Gate = { request, _ in request.identity = request.headers["X-User"] ?? "nobody" }
        let route = Route(method, "/who") { .text("\($0.identity as? String ?? "") \($0.body.count)") }
        try await withServer(gate: gate, routes: [route]) { port in
            let body: [UInt8]? = method == "POST" ? Array("abc".utf8) : nil
            let answer = await ask(port, method, "/who", headers: [("X-User", "ann")], body: body)
            #expect(answer.text == "ann \(body?.count ?? 0)")
        }
    }

    @Test("a route may refuse a request before its body is read", arguments: ["wrong", "right"])
    func admission(key: String) async throws {
        let route = Route(
            "POST", "/hook/{key}",
            admission: { request in
                guard request.parameters["key"] == "right" else { throw HTTPError(404, "Not Found") }
                request.identity = "a webhook"
            }, handler: { .text("\($0.identity as? String ?? "") \($0.body.count)") })
        try await withServer(routes: [route]) { port in
            let client = RawClient(port: port)
            await client.send(
                "POST /hook/\(key) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n")
            if key == "right" {
                await client.send([UInt8](repeating: 0x61, count: 2_000_000))
                #expect(await client.response().text == "a webhook 2000000")
            } else {
                #expect(await client.response().status == 404)
            }
        }
    }

    @Test("files are sent whole and in part")
    func files() async throws {
        let path = NSTemporaryDirectory() + "apus-http-test-\(UUID().uuidString)"
        let content = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 13) })
        try content.write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let route = Route("GET", "/file") { try Response.file(path, for: $0) }
        let missing = Route("GET", "/missing") { try Response.file("/nope", for: $0) }
        try await withServer(routes: [route, missing]) { port in
            #expect(await ask(port, "GET", "/file").body == Array(content))
            let part = await ask(port, "GET", "/file", headers: [("Range", "bytes=100-199")])
            #expect(part.status == 206)
            #expect(part.body == Array(content[100..<200]))
            #expect(part.headers["Content-Range"] == "bytes 100-199/300000")
            #expect(await ask(port, "GET", "/file", headers: [("Range", "bytes=300000-")]).status == 416)
            #expect(await ask(port, "GET", "/missing").status == 404)
        }
    }

    @Test("two hundred requests at once are all answered")
    func concurrent() async throws {
        let slow = Route("GET", "/slow/{n}") { request in
            try await Task.sleep(for: .milliseconds(50))
            return .text(request.parameters["n"] ?? "")
        }
        try await withServer(routes: [slow]) { port in
            let answers = await withTaskGroup(of: (Int, String).self) { group in
                for number in 0..<200 {
                    group.addTask { (number, await ask(port, "GET", "/slow/\(number)").text) }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(answers == Dictionary(uniqueKeysWithValues: (0..<200).map { ($0, "\($0)") }))
        }
    }

    @Test(
        "a client that sends its body too slowly is cut off",
        arguments: [
            "GET /hello/x HTTP/1.1\r\nHost: local",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nab",
        ])
    func slow(start: String) async throws {
        var limits = ServerLimits()
        limits.headSeconds = 1
        limits.bodySeconds = 1
        try await withServer(limits: limits, routes: [Self.hello, Self.echo]) { port in
            let client = RawClient(port: port)
            await client.send(start)
            let began = ContinuousClock.now
            async let end = client.receiveAll()
            _ = await end
            #expect(ContinuousClock.now - began < .seconds(40))
        }
    }

    @Test("stopping waits for the handlers at work and ends those that take too long")
    func stopping() async throws {
        let wasCancelled = Seen(false)
        let quick = Route("GET", "/quick") { _ in
            try await Task.sleep(for: .milliseconds(300))
            return .text("done")
        }
        let long = Route("GET", "/long") { _ in
            do { try await Task.sleep(for: .seconds(100)) } catch { wasCancelled.change { $0 = true } }
            return .text("late")
        }
        var router = Router()
        router.add(quick)
        router.add(long)
        let server = try HTTPServer(port: 0, router: router)
        let client = RawClient(port: server.boundPort)
        let other = RawClient(port: server.boundPort)
        await client.send("GET /quick HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await other.send("GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try await Task.sleep(for: .milliseconds(100))
        async let stopped: Void = server.stop(grace: .seconds(1))
        #expect(await client.response().text == "done")
        #expect(await other.receiveAll() == "")
        await stopped
        #expect(wasCancelled.value)
        await server.stop()
    }
}
