import Foundation
import Testing

/// Stories of executions: each folder holds a flow and the script of what happened to it.
///
/// `APUS_REWRITE=1` writes what really follows into the scripts; read the difference before you commit it.
@Suite struct ScenarioTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .appendingPathComponent("Scenarios")

    static let stories: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter {
            !$0.hasPrefix(".")
        }.sorted()

    @Test("there are stories to tell")
    func found() {
        #expect(Self.stories.count >= 15)
    }

    @Test("an execution goes as its script says", arguments: stories)
    func story(name: String) throws {
        let folder = Self.folder.appendingPathComponent(name)
        let flow = try String(contentsOf: folder.appendingPathComponent("flow.yaml"), encoding: .utf8)
        let file = folder.appendingPathComponent("script.txt")
        let script = try String(contentsOf: file, encoding: .utf8)
        let played = try Transcript.play(flow: flow, script: script)
        if ProcessInfo.processInfo.environment["APUS_REWRITE"] == "1" {
            try played.write(to: file, atomically: true, encoding: .utf8)
        } else {
            #expect(played == script)
        }
    }

    @Test("it goes the same way when iterations that are over leave memory", arguments: stories)
    func smallStory(name: String) throws {
        let folder = Self.folder.appendingPathComponent(name)
        let flow = try String(contentsOf: folder.appendingPathComponent("flow.yaml"), encoding: .utf8)
        let script = try String(contentsOf: folder.appendingPathComponent("script.txt"), encoding: .utf8)
        #expect(try Transcript.play(flow: flow, script: script, letsGo: true) == script)
    }
}
