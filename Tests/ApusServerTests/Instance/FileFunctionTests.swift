import ApusModel
import ApusStorage
import Foundation
import Testing

@testable import ApusServer

/// What the file functions of expressions reach, and what they do not.
@Suite struct FileFunctionTests {
    private static let own = "ownexecution"
    private static let namespace = "company.team"

    /// What stands in a refusal, whatever function asks.
    struct Attack: Sendable {
        var path: String
        var namespace: String?
        var words: String

        init(_ path: String, in namespace: String? = nil, _ words: String) {
            self.path = path
            self.namespace = namespace
            self.words = words
        }
    }

    static let attacks: [Attack] = [
        Attack("file:///etc/passwd", "a file of the machine"),
        Attack("file:/etc/passwd", "a file of the machine"),
        Attack("file://localhost/etc/passwd", "a file of the machine"),
        Attack("../../../../etc/passwd", "leaves its folder"),
        Attack("a/../../secret.txt", "leaves its folder"),
        Attack("/../etc/passwd", "leaves its folder"),
        Attack("..\\\\..\\\\etc", "leaves its folder"),
        Attack("a/./b", "not the path of a file"),
        Attack("a//b", "not the path of a file"),
        Attack("FILE:///etc/passwd", "scheme not supported"),
        Attack("http://localhost/x", "scheme not supported"),
        Attack("s3://bucket/x", "scheme not supported"),
        Attack("kestra:///company/team/_files/../../../other/_files/a.txt", "leaves its folder"),
        Attack("kestra:///company/team/_files/%2e%2e/%2e%2e/other/_files/a.txt", "is not a name"),
        Attack("kestra:///company/team/_files/%2E%2E%2Fa.txt", "is not a name"),
        Attack("kestra:///company/team/_files/%c0%ae%c0%ae/a.txt", "broken"),
        Attack("kestra://host/company/team/_files/a.txt", "begins with `kestra:///`"),
        Attack("kestra:///", "belongs neither"),
        Attack("kestra:///company/team/_files", "belongs neither"),
        Attack("kestra:///company/team/_files2/a.txt", "belongs neither"),
        Attack("kestra:///company/teams/_files/a.txt", "belongs neither"),
        Attack("kestra:///company/other/_files/a.txt", "belongs neither"),
        Attack("kestra:///company/other/flow/executions/foreign/tasks/t/run/out.txt", "belongs neither"),
        Attack("kestra:///company/team/other/executions/foreign/inputs/i/secret.txt", "belongs neither"),
        Attack("kestra:///company/team/other/executions/foreign", "belongs neither"),
        Attack("kestra:///company/team/reader/executions/ownexecution", "belongs neither"),
        Attack("nsfile:///../a.txt", "leaves its folder"),
        Attack("nsfile:///%2e%2e/a.txt", "is not a name"),
        Attack("nsfile://company.other/a.txt", "may not read files of `company.other`"),
        Attack("nsfile://company.teams/a.txt", "may not read files of `company.teams`"),
        Attack("nsfile://company.team.sub/a.txt", "may not read files of `company.team.sub`"),
        Attack("nsfile://company.team/a.txt", in: "company.team", "names a namespace already"),
        Attack("a.txt", in: "company.other", "may not read files of `company.other`"),
        Attack("a.txt", in: "comp", "may not read files of `comp`"),
        Attack("a.txt", in: "company.team.", "may not read files of `company.team.`"),
        Attack("a.txt", in: "../other", "may not read files of `../other`"),
    ]

    @Test("a path outside of the scope of an execution is refused by every function, with its reason")
    func attacks() async throws {
        try await InstanceBench.with { bench in
            let canaries = ["company.other", "company.team.sub", "comp", "company.teams"]
            for namespace in canaries {
                try await bench.store("canary", at: StorageURI.namespaceFiles(namespace).appending("a.txt"))
            }
            _ = try await bench.storeOutput(
                "canary", namespace: "company.other", flow: "flow", execution: "foreign")
            try await bench.store(
                "canary",
                at: StorageURI.input(
                    namespace: "company.team", flowID: "other", executionID: "foreign", inputID: "i",
                    name: "secret.txt"))
            for attack in Self.attacks {
                let arguments = "'\(attack.path)'" + (attack.namespace.map { ", '\($0)'" } ?? "")
                for function in ["read", "fileSize", "fileExists", "isFileEmpty"] {
                    let refusal = try await bench.refusal(
                        "{{ \(function)(\(arguments)) }}", namespace: Self.namespace, execution: Self.own)
                    #expect(
                        refusal?.contains(attack.words) == true,
                        "\(function)(\(arguments)): \(refusal ?? "read")")
                }
            }
        }
    }

    @Test("an absolute path is one below the files of the namespace, never one of the machine")
    func absolutePath() async throws {
        try await InstanceBench.with { bench in
            let missing = try await bench.refusal(
                "{{ read('/etc/passwd') }}", namespace: Self.namespace, execution: Self.own)
            #expect(missing?.contains("the file `/etc/passwd` does not exist") == true)
            #expect(
                try await bench.render(
                    "{{ fileExists('/etc/passwd') }}", namespace: Self.namespace, execution: Self.own)
                    == "false")
            try await bench.store(
                "mine", at: StorageURI.namespaceFiles(Self.namespace).appending("etc", "passwd"))
            #expect(
                try await bench.render(
                    "{{ read('/etc/passwd') }}", namespace: Self.namespace, execution: Self.own) == "mine")
        }
    }

    @Test("a link out of the storage is not followed")
    func link() async throws {
        try await InstanceBench.with { bench in
            let address = try StorageURI.namespaceFiles(Self.namespace).appending("real.txt")
            try await bench.store("x", at: address)
            let path = try #require(try await bench.instance.storage.path(of: address))
            let link = path.replacing("real.txt", with: "link.txt")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/etc/passwd")
            #expect(
                try await bench.refusal(
                    "{{ read('link.txt') }}", namespace: Self.namespace, execution: Self.own) != nil)
        }
    }

    @Test("what belongs to the execution, its namespace and those above can be read")
    func allowed() async throws {
        try await InstanceBench.with { bench in
            let own = try await bench.storeOutput(
                "own", namespace: Self.namespace, flow: "reader", execution: Self.own)
            let sibling = try await bench.storeOutput(
                "sibling", namespace: Self.namespace, execution: "sibling")
            try await bench.store(
                "below", at: StorageURI.namespaceFiles(Self.namespace).appending("a b", "c.txt"))
            try await bench.store("above", at: StorageURI.namespaceFiles("company").appending("c.txt"))
            try await bench.store("", at: StorageURI.namespaceFiles(Self.namespace).appending("empty"))
            let table: [(String, String)] = [
                ("read('\(own)')", "own"), ("fileSize('\(own)')", "3"), ("read('\(sibling)')", "sibling"),
                ("read('a b/c.txt')", "below"), ("read('nsfile:///a%20b/c.txt')", "below"),
                ("read('nsfile://company.team/a%20b/c.txt')", "below"),
                ("read(fileURI('c.txt', 'company.team')) ", ""),
                ("read('c.txt', 'company')", "above"), ("read('nsfile://company/c.txt')", "above"),
                ("isFileEmpty('empty')", "true"), ("read('empty')", ""), ("fileExists('nothing')", "false"),
                ("fileExists('a b')", "false"), ("fileExists('a b/c.txt')", "true"),
            ]
            for (call, expected) in table where !expected.isEmpty || call.contains("empty") {
                let text = try await bench.render(
                    "{{ \(call) }}", namespace: Self.namespace, execution: Self.own)
                #expect(text == expected, "\(call)")
            }
            for call in ["fileSize('nothing')", "isFileEmpty('a b')", "read('nothing')"] {
                let refusal = try await bench.refusal(
                    "{{ \(call) }}", namespace: Self.namespace, execution: Self.own)
                #expect(refusal?.contains("does not exist") == true, "\(call): \(refusal ?? "")")
            }
        }
    }

    @Test("a file of the execution that started this one can be read")
    func parent() async throws {
        try await InstanceBench.with { bench in
            let uri = try await bench.storeOutput(
                "given", namespace: "elsewhere", flow: "parent", execution: "p1")
            let flow = """
                id: child
                namespace: company.team
                tasks:
                - {id: t, type: io.kestra.plugin.core.debug.Return, format: "{{ read('\(uri)') }}"}
                """
            let trigger: Value = [
                "variables": ["namespace": "elsewhere", "flowId": "parent", "executionId": "p1"]
            ]
            let started = try await bench.run(flow, trigger: trigger).snapshot
            #expect(started.taskRuns.first?.outputs?["value"] == "given")
            let alone = try await bench.run(flow)
            #expect(alone.snapshot.execution.state.current == .failed)
            #expect(alone.lines.contains { $0.contains("belongs neither") })
        }
    }

    @Test("a task that reads outside of its scope fails and says why")
    func flow() async throws {
        try await InstanceBench.with { bench in
            for (path, words) in [
                ("file:///etc/passwd", "a file of the machine"), ("/etc/passwd", "does not exist"),
                ("kestra:///other/f/executions/x/tasks/t/r/o", "belongs neither"),
            ] {
                let end = try await bench.run(
                    """
                    id: attack
                    namespace: company.team
                    tasks:
                    - {id: t, type: io.kestra.plugin.core.log.Log, message: "{{ read('\(path)') }}"}
                    """)
                #expect(end.snapshot.execution.state.current == .failed)
                #expect(end.lines.contains { $0.contains(words) }, "\(end.lines)")
            }
        }
    }
}
