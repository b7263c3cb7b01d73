import ApusModel
import ApusPlugin
import Foundation
import Testing

@testable import ApusPluginsHTTP

@Suite(.timeLimit(.minutes(2))) struct DownloadTaskTests {
    @Test(
        "a file is stored under the name its server gives",
        arguments: [
            ("attachment; filename=\"filename.jpg\"", "filename.jpg"),
            ("attachment; filename=\"/secure-path/filename.jpg\"", "filename.jpg"),
            ("attachment; filename=\"..\\..\\x.bat\"", "x.bat"),
            ("attachment; filename=plain.txt", "plain.txt"),
            ("attachment; filename=\"a;b.txt\"; filename*=UTF-8''na%C3%AFve%20file.txt", "naïve_file.txt"),
            ("attachment; filename=\"..\"", "named"),
            ("inline", "named"),
        ])
    func names(disposition: String, expected: String) async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness()
        let outputs = try await harness.download([
            "uri": .string("\(server.url)/named"), "params": ["disposition": .string(disposition)],
        ])
        let stored = harness.stored(outputs["uri"]?.stringValue)
        #expect(stored?.name == expected)
        #expect(stored?.content == Data("Hello World".utf8))
        #expect(outputs["length"] == 11)
        #expect(outputs["code"] == 200)
    }

    @Test("the user's name wins")
    func saveAs() async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness()
        let outputs = try await harness.download([
            "uri": .string("\(server.url)/named?disposition=attachment%3B%20filename%3Da.txt"),
            "saveAs": "mine.csv",
        ])
        #expect(harness.stored(outputs["uri"]?.stringValue)?.name == "mine.csv")
    }

    @Test("a large file goes through without its size in memory, and stays packed")
    func large() async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness()
        let outputs = try await harness.download(["uri": .string("\(server.url)/big?mb=64")])
        #expect(outputs["length"] == 67_108_864)
        #expect(harness.stored(outputs["uri"]?.stringValue)?.content.count == 67_108_864)
        let packed = try await harness.download(["uri": .string("\(server.url)/gzip")])
        #expect(harness.stored(packed["uri"]?.stringValue)?.content.prefix(2) == Data([0x1F, 0x8B]))
    }

    @Test(
        "what gives no file fails",
        arguments: [
            (["uri": "/status?code=204"], "No response from server"),
            (["uri": "/status?code=200"], "No response from server"),
            (["uri": "/status?code=500"], "response code '500'"),
            (["uri": "/half"], "96 bytes"),
            (["uri": "/big?mb=2", "options": ["maxContentLength": 5000]], "larger than 5000 bytes"),
        ] as [(OrderedMap<Value>, String)])
    func failures(properties: OrderedMap<Value>, expected: String) async throws {
        let server = try await PythonServer()
        var properties = properties
        properties["uri"] = .string(server.url + (properties["uri"]?.stringValue ?? ""))
        let message = await HTTPTaskHarness().failure(of: "io.kestra.plugin.core.http.Download", properties)
        #expect(message.contains(expected))
    }

    @Test("an empty or failed answer may be wanted")
    func allowed() async throws {
        let server = try await PythonServer()
        let harness = HTTPTaskHarness()
        let empty = try await harness.download([
            "uri": .string("\(server.url)/status?code=204"), "failOnEmptyResponse": false,
        ])
        #expect(empty["length"] == 0)
        #expect(harness.logs.contains("warn No response from server"))
        let failed = try await harness.download([
            "uri": .string("\(server.url)/status?code=417&body=x"), "allowFailed": true,
        ])
        #expect(failed["code"] == 417)
    }
}
