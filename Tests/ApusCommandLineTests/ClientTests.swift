import ApusCommandLine
import Testing

@Suite struct ClientTests {
    @Test("events come out whole, however the bytes are cut")
    func events() {
        let text =
            "id: start\ndata: {\"a\":1}\n\n: quiet\n\nid: progress\r\nevent: x\r\ndata: 1\r\ndata: 2\r\n\r\ndata: lost"
        for size in [1, 2, 3, 7, 1000] {
            var reader = EventReader()
            var events: [EventReader.Event] = []
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: size) {
                events += reader.read(bytes[start..<min(start + size, bytes.count)])
            }
            #expect(
                events == [
                    .init(id: "start", data: "{\"a\":1}"), .init(id: "progress", name: "x", data: "1\n2"),
                ])
        }
    }

    @Test(
        "addresses of servers are taken as people write them",
        arguments: [
            ("localhost:8080", "http://localhost:8080/api/v1/main"),
            ("https://apus.example.com/below/", "https://apus.example.com/below/api/v1/main"),
        ])
    func servers(text: String, root: String) throws {
        #expect(try ServerAddress(text, tenant: "main").root == root)
    }

    @Test("parts of an address cannot leave their place")
    func encoding() throws {
        let address = try ServerAddress("http://h", tenant: "a/b")
        #expect(
            address.url(["flows", "../x", "ü"], query: [("q", "a&b=c")])
                == "http://h/api/v1/a%2Fb/flows/..%2Fx/%C3%BC?q=a%26b%3Dc")
        #expect(throws: UsageError.self) { try ServerAddress("file:///etc/passwd", tenant: "main") }
    }
}
