import ApusHTTP
import ApusModel
import Testing

@testable import ApusAPI

@Suite struct KeyValueAPITests {
    struct Written: Sendable {
        var text: String
        var type: String
        var value: Value

        init(_ text: String, _ type: String, _ value: Value) {
            self.text = text
            self.type = type
            self.value = value
        }
    }

    static let values: [Written] = [
        Written("{\"hello\":\"world\"}", "JSON", ["hello": "world"]), Written("\"hello\"", "STRING", "hello"),
        Written("hello there", "STRING", "hello there"), Written("1", "NUMBER", 1),
        Written("1.5", "NUMBER", 1.5), Written("true", "BOOLEAN", true),
        Written("2021-09-01", "DATE", "2021-09-01"), Written("\"PT5S\"", "DURATION", "PT5S"),
        Written("\"P\"", "STRING", "P"), Written("[]", "JSON", []),
        Written("2023-05-02T01:02:03Z", "DATETIME", "2023-05-02T01:02:03Z"),
    ]

    @Test("an entry is read with the type of what was written", arguments: values)
    func types(row: Written) async throws {
        let server = try TestServer()
        let path = "/api/v1/main/namespaces/a.b/kv/k"
        #expect(try await server.call("PUT", path, body: row.text).status == 200)
        let entry = try await server.call("GET", path)
        #expect(entry["type"]?.stringValue == row.type)
        if row.type == "DATETIME" {
            #expect(entry["value"]?.stringValue?.hasPrefix("2023-05-02T01:02:03") == true)
        } else {
            #expect(entry["value"] == row.value)
        }
        #expect(entry["revision"] == 1)
    }

    @Test("an entry that is missing, broken or has another key is refused with its status")
    func refusals() async throws {
        let server = try TestServer()
        let root = "/api/v1/main/namespaces"
        let table: [(String, String, String, Int, String)] = [
            ("GET", "\(root)/a.b/kv/k", "", 404, "No value found for key 'k' in namespace 'a.b'"),
            ("PUT", "\(root)/a.b/kv/k", "{\"a\":", 422, "is none"),
            ("PUT", "\(root)/a.b/kv/bad$key", "1", 422, "Key must start with an alphanumeric"),
            ("GET", "\(root)/a.b/kv/-k", "", 422, "Key must start"),
            ("DELETE", "\(root)/a.b/kv/..k", "", 422, "Key must start"),
            ("PUT", "\(root)/a..b/kv/k", "1", 422, "is not the name of a namespace"),
            ("PUT", "\(root)/a._files/kv/k", "1", 422, "is not the name of a namespace"),
            ("DELETE", "\(root)/a.b/kv", "{\"keys\": [1]}", 422, "must hold texts"),
            ("GET", "/api/v1/main/kv?filters[state][EQUALS]=x", "", 400, "state"),
        ]
        for (method, path, body, status, words) in table {
            let answer = try await server.call(method, path, body: body)
            #expect(answer.status == status, "\(method) \(path)")
            #expect(answer.text.contains(words), "\(answer.text)")
        }
    }

    @Test("entries are listed, also with those of the namespaces above, and removed together")
    func lists() async throws {
        let server = try TestServer()
        let root = "/api/v1/main/namespaces"
        for (namespace, key) in [("a", "x"), ("a", "y"), ("a.b", "x"), ("ab", "z")] {
            _ = try await server.call("PUT", "\(root)/\(namespace)/kv/\(key)", body: "1")
        }
        func names(_ answer: Value?) -> [String] {
            (answer?.listValue ?? []).map {
                "\($0["namespace"]?.stringValue ?? "")/\($0["key"]?.stringValue ?? "")"
            }
        }
        #expect(names(try await server.call("GET", "\(root)/a.b/kv").json) == ["a.b/x"])
        #expect(
            names(try await server.call("GET", "\(root)/a.b/kv/inheritance").json) == ["a.b/x", "a/y"])
        let page = try await server.call("GET", "/api/v1/main/kv?size=2&sort=key:desc")
        #expect(page["total"] == 4)
        #expect(names(page["results"]) == ["ab/z", "a/y"])
        let below = try await server.call("GET", "/api/v1/main/kv?filters[namespace][PREFIX]=a")
        #expect(names(below["results"]) == ["a/x", "a/y", "a.b/x"])
        let gone = try await server.call("DELETE", "\(root)/a/kv", body: "{\"keys\": [\"x\", \"no\"]}")
        #expect(gone["keys"] == ["x"])
        #expect(try await server.call("DELETE", "\(root)/a/kv/y").json == true)
        #expect(try await server.call("DELETE", "\(root)/a/kv/y").json == false)
    }
}
