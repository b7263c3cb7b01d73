import ApusModel
import ApusPlugin
import Testing

@testable import ApusPluginsHTTP

@Suite struct HTTPFunctionTests {
    private func answer(
        _ arguments: OrderedMap<Value>, within limit: Duration = .seconds(30)
    ) async throws -> HTTPFunction.Answer {
        try await HTTPFunction(timeLimit: limit, addresses: AddressPolicy()).answer(.map(arguments))
    }

    /// Why a call fails; the empty text when it does not.
    private func failure(
        _ arguments: OrderedMap<Value>, within limit: Duration = .seconds(30)
    ) async throws -> String {
        do {
            _ = try await answer(arguments, within: limit)
            return ""
        } catch let error as TaskFailure {
            return error.message
        }
    }

    @Test("method, query, headers and body arrive, and what the answer accepts")
    func request() async throws {
        let server = try await PythonServer()
        let reply = try await answer([
            "uri": .string("\(server.url)/echo?a=1"), "method": "post", "query": ["b": "x y", "c": [1, 2]],
            "body": ["k": "v"], "headers": ["X-Own": "yes"],
        ])
        #expect(reply.mediaType == "application/json")
        let seen = try JSONParser.parse(reply.text)
        #expect(seen["method"] == "POST")
        #expect(seen["path"] == "/echo?a=1&b=x%20y&c=1&c=2")
        #expect(seen["body"] == "{\"k\":\"v\"}")
        #expect(seen["headers"]?["x-own"] == "yes")
        #expect(seen["headers"]?["accept"] == "application/json")
        #expect(seen["headers"]?["content-type"] == "application/json")
    }

    @Test("a body has the form that its type says, and a header wins over an argument")
    func forms() async throws {
        let server = try await PythonServer()
        let form = try await answer([
            "uri": .string("\(server.url)/echo"), "method": "PUT", "body": ["a": "x y", "b": 2],
            "contentType": "application/x-www-form-urlencoded", "headers": ["accept": "text/plain"],
        ])
        let seen = try JSONParser.parse(form.text)
        #expect(seen["body"] == "a=x%20y&b=2")
        #expect(seen["headers"]?["accept"] == "text/plain")
        let text = try await answer([
            "uri": .string("\(server.url)/echo"), "method": "POST", "body": "plain",
            "contentType": "text/plain",
        ])
        #expect(try JSONParser.parse(text.text)["body"] == "plain")
    }

    @Test("credentials of the options are sent")
    func credentials() async throws {
        let server = try await PythonServer()
        let reply = try await answer([
            "uri": .string("\(server.url)/echo"), "options": ["auth": ["type": "BEARER", "token": "t0k"]],
        ])
        #expect(try JSONParser.parse(reply.text)["headers"]?["authorization"] == "Bearer t0k")
    }

    @Test("a status other than 2xx is an error that names it, unless the options allow it")
    func status() async throws {
        let server = try await PythonServer()
        for code in [400, 404, 500] {
            let uri = Value.string("\(server.url)/status?code=\(code)&body=why")
            #expect(try await failure(["uri": uri]).contains("answered with the status \(code)"))
            #expect(try await answer(["uri": uri, "options": ["allowFailed": true]]).text == "why")
            let allowed: Value = ["allowedResponseCodes": [.int(Int64(code))]]
            #expect(try await answer(["uri": uri, "options": allowed]).text == "why")
        }
        let moved = Value.string("\(server.url)/redirect?to=/echo")
        #expect(try await answer(["uri": moved]).mediaType == "application/json")
        let stays: Value = ["followRedirects": false]
        #expect(try await failure(["uri": moved, "options": stays]).contains("status 302"))
    }

    @Test("an answer is bounded in time and size")
    func bounds() async throws {
        let server = try await PythonServer()
        let slow = Value.string("\(server.url)/slow")
        #expect(
            try await failure(["uri": slow], within: .milliseconds(200)).contains("did not answer within"))
        let big = Value.string("\(server.url)/big?mb=11")
        #expect(try await failure(["uri": big]).contains("larger than"))
        let small = Value.string("\(server.url)/big?mb=1")
        #expect(
            try await failure(["uri": small, "options": ["maxContentLength": 1000]]).contains("1000 bytes"))
    }

    @Test("texts come in the charset that the answer names")
    func charset() async throws {
        let server = try await PythonServer()
        let reply = try await answer(["uri": .string("\(server.url)/latin")])
        #expect(reply.text == "grün" && reply.mediaType == "text/plain")
    }

    @Test(
        "what is no call to an HTTP server is refused",
        arguments: [
            ("file:///etc/passwd", "is not a URL to send to"), ("gopher://x/", "is not a URL to send to"),
            ("kestra:///a/b", "is not a URL to send to"), ("", "is not a URL to send to"),
            ("http://169.254.169.254/latest/meta-data", "may not connect to"),
            ("http://0xA9FEA9FE/", "may not connect to"), ("http://2852039166/", "may not connect to"),
            ("http://[::ffff:169.254.169.254]/", "may not connect to"), ("http://[fe80::1%25lo]/", ""),
        ])
    func refused(uri: String, words: String) async throws {
        #expect(try await failure(["uri": .string(uri)]).contains(words.isEmpty ? ":" : words))
    }

    @Test("a redirect leads to no address that could not be called")
    func redirect() async throws {
        let server = try await PythonServer()
        for target in ["http://169.254.169.254/x", "file:///etc/passwd"] {
            let uri = Value.string("\(server.url)/redirect?to=\(target)")
            #expect(try await !failure(["uri": uri]).isEmpty)
        }
    }

    @Test("options that nobody declared and line breaks in headers are refused")
    func invalid() async throws {
        let uri: Value = "http://127.0.0.1:9/"
        #expect(try await failure(["uri": uri, "options": ["nope": 1]]).contains("no property `nope`"))
        #expect(try await failure(["uri": uri, "headers": ["A": "b\r\nC: d"]]).contains("line break"))
        #expect(try await failure(["uri": uri, "method": "GET /x"]).contains("not an HTTP method"))
        #expect(try await failure(["uri": uri, "query": "a=b"]).contains("must be a map"))
    }
}
