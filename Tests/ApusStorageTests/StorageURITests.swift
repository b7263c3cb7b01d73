import Testing

@testable import ApusStorage

@Suite struct StorageURITests {
    @Test(
        "an address survives printing and reading",
        arguments: [
            ("kestra:///", []), ("kestra:///a", ["a"]), ("kestra:///a/b%20c.txt", ["a", "b c.txt"]),
            ("kestra:///a/", ["a"]), ("kestra:///a/100%25", ["a", "100%"]), ("kestra:///%C3%A9", ["é"]),
            ("kestra:///%252e%252e", ["%2e%2e"]), ("kestra:///~", ["~"]), ("kestra:///...", ["..."]),
        ] as [(String, [String])])
    func reading(text: String, segments: [String]) throws {
        let address = try StorageURI(text)
        #expect(address.segments == segments)
        #expect(try StorageURI(address.description) == address)
    }

    @Test(
        "what points elsewhere is refused",
        arguments: [
            "", "/etc/passwd", "file:///etc/passwd", "kestra://host/a", "kestra:/a", "KESTRA:///a",
            "kestra:///..", "kestra:///a/../b", "kestra:///a/./b", "kestra:///a//b", "kestra:////etc/passwd",
            "kestra:///%2e%2e/a", "kestra:///%2E%2E%2Fetc", "kestra:///a%2f..%2fb", "kestra:///..\\a",
            "kestra:///a%5cb",
            "kestra:///a%00b", "kestra:///a\u{0}", "kestra:///a%0Ab", "kestra:///%c0%ae%c0%ae/a",
            "kestra:///a%", "kestra:///a%4",
            "kestra:///a%zz", "kestra:///" + String(repeating: "x", count: 256),
            "kestra:///" + String(repeating: "x/", count: 65),
        ])
    func refused(text: String) {
        #expect { try StorageURI(text) } throws: { ($0 as? StorageError)?.reason == .invalidAddress }
    }

    @Test("names and ids of others never become a path", arguments: ["..", "", "a/b", "a\\b", "a\u{0}", "."])
    func segments(name: String) {
        #expect(throws: StorageError.self) {
            try StorageURI.execution(namespace: "n", flowID: "f", executionID: name)
        }
    }

    @Test("a place is named by its ids")
    func places() throws {
        let run = try StorageURI.taskRun(
            namespace: "company.team", flowID: "My_Flow", executionID: "E1", taskID: "load_data",
            taskRunID: "R1")
        #expect(
            run.description == "kestra:///company/team/my-flow/executions/E1/tasks/load-data/R1")
        let execution = try StorageURI.execution(
            namespace: "company.team", flowID: "My_Flow", executionID: "E1")
        #expect(run.isInside(execution))
        let other = try StorageURI.execution(namespace: "company.team", flowID: "My_Flow", executionID: "E")
        #expect(!run.isInside(other))
        #expect(try run.appending(path: "out/a b.csv").description == run.description + "/out/a%20b.csv")
        #expect(throws: StorageError.self) { try run.appending(path: "../a") }
        #expect(throws: StorageError.self) { try StorageURI.namespace("a..b") }
    }

    @Test(
        "an id becomes a slug",
        arguments: [
            ("hello", "hello"), ("My_Task 1", "my-task-1"), ("Été", "ete"), ("a__b--c", "a-b-c"),
            ("_a_", "a"),
            ("a.b", "ab"), ("___", "-"),
        ])
    func slug(text: String, slug: String) {
        #expect(StorageURI.slug(text) == slug)
    }

    @Test(
        "a name becomes plain",
        arguments: [
            ("a.txt", "a.txt"), ("../../a", ".._.._a"), ("..", "_"), ("", "_"), ("a\nb", "a_b"),
            ("C:\\x", "C:_x"),
        ])
    func sanitised(name: String, plain: String) throws {
        #expect(StorageURI.sanitised(name) == plain)
        #expect(try StorageURI(segments: [StorageURI.sanitised(name)]).name == plain)
        #expect(
            StorageURI.sanitised(String(repeating: "é", count: 500)).utf8.count <= StorageURI.maxSegmentBytes)
    }
}
