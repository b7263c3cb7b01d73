import ApusHTTP
import ApusModel
import ApusStorage
import Testing

@testable import ApusAPI

@Suite struct NamespaceFileAPITests {
    private static let root = "/api/v1/main/namespaces/a.b/files"

    private func store(_ text: String, _ path: String, _ server: TestServer) async throws {
        let files = server.services.namespaceFiles
        try await files.keepRevision(of: path, in: "a.b")
        try await files.storage.put(Array(text.utf8), at: try files.address(of: path, in: "a.b"))
    }

    @Test("files are listed, described, searched, moved and removed")
    func story() async throws {
        let server = try TestServer()
        let root = Self.root
        #expect(try await server.call("GET", "\(root)/directory").json == [])
        for path in ["d/e/f.txt", "g.txt"] { try await store("x", path, server) }
        let list = try await server.call("GET", "\(root)/directory?path=/")
        #expect(list.json.listValue?.compactMap { $0["fileName"]?.stringValue } == ["d", "g.txt"])
        #expect(list.json.listValue?.compactMap { $0["type"]?.stringValue } == ["Directory", "File"])
        #expect(try await server.call("GET", "\(root)/stats?path=/g.txt")["size"] == 1)
        #expect(try await server.call("GET", "\(root)/search?q=F.T").json == ["/d/e/f.txt"])
        #expect(try await server.call("PUT", "\(root)?from=/d&to=/new/d").status == 200)
        #expect(try await server.call("GET", "\(root)/search?q=").json == ["/g.txt", "/new/d/e/f.txt"])
        #expect(try await server.call("POST", "\(root)/directory?path=/empty").status == 200)
        #expect(try await server.call("GET", "\(root)/stats?path=/empty")["type"] == "Directory")
        #expect(try await server.call("DELETE", "\(root)?path=/new/d/e/f.txt").status == 200)
        #expect(try await server.call("GET", "\(root)/stats?path=/new").status == 404)
    }

    @Test("revisions of a file are listed")
    func revisions() async throws {
        let server = try TestServer()
        for text in ["one", "two"] { try await store(text, "f", server) }
        #expect(
            try await server.call("GET", "\(Self.root)/revisions?path=/f").json
                == [["revision": 1], ["revision": 2]])
        #expect(try await server.call("GET", "\(Self.root)?path=/f&revision=3").status == 404)
    }

    @Test("what leads elsewhere is refused, what is not there is missing")
    func refusals() async throws {
        let server = try TestServer()
        try await store("x", "f", server)
        let other = "/api/v1/main/namespaces"
        let table: [(String, String, Int)] = [
            ("GET", "\(Self.root)?path=../../x", 422), ("GET", "\(Self.root)?path=/a/../../x", 422),
            ("GET", "\(Self.root)?path=%2e%2e/x", 422), ("GET", "\(Self.root)?path=..%2fx", 422),
            ("GET", "\(Self.root)?path=%252e%252e/x", 404), ("GET", "\(Self.root)?path=a%5c..%5cx", 422),
            ("GET", "\(Self.root)?path=a%00b", 422), ("GET", "\(Self.root)", 400),
            ("GET", "\(other)/a.._files/files?path=x", 422), ("GET", "\(other)/a._files/files?path=x", 422),
            ("GET", "\(other)/a._revisions/files?path=x", 422),
            ("GET", "\(other)/a%2fb/files?path=f", 422), ("GET", "\(other)/a.c/files?path=f", 404),
            ("GET", "\(Self.root)/directory?path=/no", 404), ("GET", "\(Self.root)/directory?path=/f", 422),
            ("PUT", "\(Self.root)?from=/f&to=/../g", 422), ("PUT", "\(Self.root)?from=/no&to=/g", 404),
            ("PUT", "\(Self.root)?from=/f&to=/f/g", 422), ("DELETE", "\(Self.root)?path=/", 422),
            ("DELETE", "\(Self.root)?path=/no", 404), ("POST", "\(Self.root)/directory?path=/f", 422),
            ("POST", "\(Self.root)/directory?path=..", 422),
        ]
        for (method, path, status) in table {
            let answer = try await server.call(method, path)
            #expect(answer.status == status, "\(method) \(path): \(answer.text)")
        }
        #expect(try await server.services.namespaceFiles.all("a.b") == ["f"])
    }
}
