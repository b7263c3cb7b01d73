import Testing

@testable import ApusHTTP

@Suite struct MessageTests {
    @Test(
        "a path is decoded once",
        arguments: [
            ("/", []),
            ("/a/b%20c", ["a", "b c"]),
            ("/a/", ["a", ""]),
            ("//a", ["", "a"]),
            ("/%C3%A4+b", ["ä+b"]),
            ("/%2541", ["%41"]),
            ("/a.b/...", ["a.b", "..."]),
        ])
    func path(raw: String, segments: [String]) {
        #expect(RequestTarget(raw)?.segments == segments)
    }

    @Test(
        "what could climb or hide is no path",
        arguments: [
            "", "a", "http://x/", "*", "/a/../b", "/%2e%2e/b", "/./a", "/a%2fb", "/a%5Cb", "/a\\b", "/a%00",
            "/%0a", "/%",
            "/%4", "/%zz", "/%ff", "/a b", "/?q=%zz",
        ])
    func badPath(raw: String) {
        #expect(RequestTarget(raw) == nil)
    }

    @Test("a query keeps order and repetition")
    func query() throws {
        let query = try #require(
            RequestTarget("/?b=1&a=x+y%2B&b=&c&filters[labels][EQUALS][k]=%C3%A9&=z&&")?.query)
        let pairs: [(String, String)] = [
            ("b", "1"), ("a", "x y+"), ("b", ""), ("c", ""), ("filters[labels][EQUALS][k]", "é"), ("", "z"),
        ]
        #expect(query.elementsEqual(pairs, by: ==))
    }

    @Test("header names compare without case, values with line breaks are refused")
    func headers() {
        var headers: Headers = ["Content-Type": "a"]
        headers.append("X-A", "1")
        headers.append("x-a", "2")
        #expect(headers["content-type"] == "a")
        #expect(headers.all("X-a") == ["1", "2"])
        #expect(headers.firstInvalidField == nil)
        headers["X-A"] = "a\r\nSet-Cookie: b"
        #expect(headers.firstInvalidField?.name == "X-A")
        #expect(Headers([("a b", "c")]).firstInvalidField != nil)
    }

    @Test("a header value comes apart into its parameters")
    func headerValue() throws {
        let value = try #require(HeaderValue(#"Form-Data; name="a\"b"; FILENAME="C:\x;y.txt" ; z=1"#))
        #expect(value.main == "form-data")
        #expect(value["name"] == #"a"b"#)
        #expect(value["filename"] == #"C:\x;y.txt"#)
        #expect(value["z"] == "1")
        #expect(HeaderValue(#"a; b="c"#) == nil)
        #expect(HeaderValue("a; =c") == nil)
    }

    @Test(
        "a range is cut to the file",
        arguments: [
            (nil, RangeRequest.whole), ("bytes=0-0", .part(0..<1)), ("bytes=5-", .part(5..<10)),
            ("bytes=-3", .part(7..<10)), ("bytes=-30", .part(0..<10)), ("bytes=2-99", .part(2..<10)),
            ("bytes=10-", .outside), ("bytes=-0", .outside), ("bytes=5-2", .whole), ("bytes=0-1,3-4", .whole),
            ("lines=1-2", .whole), ("bytes=a-b", .whole), ("bytes=9223372036854775807-", .outside),
            ("bytes=0-9223372036854775807", .part(0..<10)),
        ])
    func range(header: String?, expected: RangeRequest) {
        #expect(RangeRequest(header, size: 10) == expected)
    }

    @Test("an event keeps its lines, and nothing else can be smuggled in")
    func event() {
        let event = ServerSentEvent(id: "1\n2", name: "progress", data: "a\nb\r\nc")
        #expect(
            String(decoding: event.bytes, as: UTF8.self)
                == "id: 12\nevent: progress\ndata: a\ndata: b\ndata: c\n\n")
        #expect(ServerSentEvent.keepAlive.bytes == Array(":\n\n".utf8))
    }

    @Test("a file name of a user stays inside its header")
    func attachment() {
        var response = Response()
        response.attach(filename: "a\"\r\nX: ü.csv")
        #expect(
            response.headers["Content-Disposition"]
                == "attachment; filename=\"a___X: __.csv\"; filename*=UTF-8''a%22%0D%0AX%3A%20%C3%BC.csv")
        #expect(response.headers.firstInvalidField == nil)
    }
}
