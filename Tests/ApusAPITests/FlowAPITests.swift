import ApusModel
import Testing

@testable import ApusAPI

@Suite struct FlowAPITests {
    private static func source(_ id: String = "made", _ rest: String = "") -> String {
        """
        id: \(id)
        # a comment
        namespace: company.made
        labels: {team: data}
        inputs:
        - {id: a, type: STRING}
        tasks:
        - id: t
          type: io.kestra.plugin.core.debug.Return
          format: "{{ flow.id }}"
        \(rest)
        """
    }

    @Test("a flow is created, read, changed, deleted, and stays readable as deleted")
    func life() async throws {
        let server = try TestServer()
        let created = try await server.call("POST", "/api/v1/main/flows", body: Self.source())
        #expect(created.status == 200)
        #expect(created["revision"] == 1)
        #expect(created["source"] == .string(Self.source()))
        #expect(created["labels"] == [["key": "team", "value": "data"]])

        let again = try await server.call("POST", "/api/v1/main/flows", body: Self.source())
        #expect(again.status == 422)
        #expect(again["message"] == "Invalid entity: flow.id: Flow id already exists")

        let read = try await server.call("GET", "/api/v1/flows/company.made/made")
        #expect(read.status == 200)
        #expect(read["source"] == nil)
        #expect(
            Set(read.json.mapValue?.keys ?? []).isSuperset(
                of: ["id", "namespace", "revision", "inputs", "disabled", "deleted", "labels", "tasks"]))
        #expect(read["inputs"] == [["id": "a", "type": "STRING", "required": true]])

        let path = "/api/v1/main/flows/company.made/made"
        #expect(
            try await server.call("PUT", path, body: Self.source("made", "description: x"))["revision"] == 2)
        #expect(try await server.call("PUT", path, body: Self.source("other")).status == 422)
        #expect(try await server.call("PUT", path + "x", body: Self.source("madex")).status == 404)
        #expect(
            try await server.call("GET", path + "?revision=1&source=true")["source"] == .string(Self.source())
        )
        #expect(try await server.call("GET", path + "/revisions").json.listValue?.count == 2)
        #expect(try await server.call("GET", path + "/tasks/t")["id"] == "t")

        #expect(try await server.call("DELETE", path).status == 204)
        #expect(try await server.call("DELETE", path).status == 404)
        #expect(try await server.call("GET", path).status == 404)
        #expect(try await server.call("GET", path + "?allowDeleted=true")["deleted"] == true)
    }

    @Test("a refused flow answers with every fault and its place")
    func refused() async throws {
        let server = try TestServer()
        let source =
            "id: bad\nnamespace: company.made\ntasks:\n- id: t\n  type: not.a.Task\n- id: u\n  type: test.Wait\n  x: 1\n"
        let answer = try await server.call("POST", "/api/v1/main/flows", body: source)
        #expect(answer.status == 422)
        #expect(answer["message"]?.stringValue?.contains("Invalid type: not.a.Task") == true)
        #expect(answer["_links"]?["self"]?["href"] == "/api/v1/main/flows")
        #expect(answer["_embedded"]?["errors"]?.listValue?.count == 2)
        let faults = answer["faults"]?.listValue ?? []
        #expect(faults.compactMap { $0["line"]?.intValue } == [5, 8])
    }

    @Test("other tenants do not exist")
    func tenant() async throws {
        let server = try TestServer()
        #expect(try await server.call("GET", "/api/v1/main/flows/search").status == 200)
        #expect(try await server.call("GET", "/api/v1/other/flows/search").status == 404)
    }

    @Test("a namespace takes the flows sent and loses the others")
    func bulk() async throws {
        let server = try TestServer()
        let path = "/api/v1/main/flows/company.made"
        let first = try await server.call(
            "POST", path,
            body: Self.source("f1") + "\n---\n" + Self.source("f2") + "\n---\n" + Self.source("f3"))
        #expect(first.json.listValue?.count == 3)
        let second = try await server.call(
            "POST", path, body: Self.source("f3") + "\n---\n" + Self.source("f4"))
        #expect(second.status == 200)
        let left = try await server.call("GET", path)
        #expect(left.json.listValue?.compactMap { $0["id"]?.stringValue } == ["f3", "f4"])
        let wrong = try await server.call("POST", path + "x", body: Self.source("f3"))
        #expect(wrong.status == 422)
        #expect(
            try await server.call("GET", "/api/v1/main/flows/distinct-namespaces").json == ["company.made"])
    }

    @Test("flows are disabled and enabled by their ids")
    func disabling() async throws {
        let server = try TestServer()
        _ = try await server.call("POST", "/api/v1/main/flows", body: Self.source())
        let ids = #"[{"namespace": "company.made", "id": "made"}]"#
        #expect(try await server.call("POST", "/api/v1/main/flows/disable/by-ids", body: ids)["count"] == 1)
        #expect(try await server.call("GET", "/api/v1/main/flows/company.made/made")["disabled"] == true)
        #expect(try await server.form("/api/v1/main/executions/company.made/made", ["a": "x"]).status == 409)
        #expect(try await server.call("POST", "/api/v1/main/flows/enable/by-ids", body: ids)["count"] == 1)
        #expect(try await server.call("GET", "/api/v1/main/flows/company.made/made")["disabled"] == false)
    }

    @Test("several documents are checked one by one")
    func validate() async throws {
        let server = try TestServer()
        let body = """
            id: first
            namespace: a.b
            tasks:
            - {id: t, type: io.kestra.core.tasks.log.Log, message: strange---string}

            ---

            id: second
            namespace: a.b
            tasks:
            - {id: t, type: io.kestra.plugin.core.log.Log, unknownProp: x}
            """
        let answer = try await server.call("POST", "/api/v1/main/flows/validate", body: body)
        let results = answer.json.listValue ?? []
        #expect(results.count == 2)
        #expect(results.first?["constraints"] == nil)
        #expect(
            results.first?["infos"]
                == ["io.kestra.core.tasks.log.Log is replaced by io.kestra.plugin.core.log.Log"])
        #expect(
            results.last?["constraints"]?.stringValue?.contains("Unrecognized field \"unknownProp\"") == true)
        #expect(results.last?["index"] == 1)
    }

    @Test(
        "tasks and triggers are checked alone",
        arguments: [
            ("task", #"{"id": "t", "type": "io.kestra.plugin.core.log.Log", "message": "m"}"#, nil),
            ("task", #"{"id": "t", "type": "x.Unknown"}"#, "Invalid type: x.Unknown"),
            ("task", #"{"id": "t", "type": "io.kestra.plugin.core.log.Log"}"#, "message: must not be null"),
            (
                "trigger",
                #"{"id": "s", "type": "io.kestra.plugin.core.trigger.Schedule", "cron": "* * * * *"}"#, nil
            ),
            (
                "trigger", #"{"id": "s", "type": "io.kestra.plugin.core.trigger.Schedule"}"#,
                "cron: must not be null"
            ),
            ("trigger", #"{"id": "s", "type": "x.Unknown"}"#, "Invalid type: x.Unknown"),
        ] as [(String, String, String?)])
    func validatePart(kind: String, body: String, expected: String?) async throws {
        let server = try TestServer()
        let answer = try await server.call("POST", "/api/v1/main/flows/validate/\(kind)", body: body)
        #expect(answer.status == 200)
        if let expected {
            #expect(answer["constraints"]?.stringValue?.contains(expected) == true, "\(answer.text)")
        } else {
            #expect(answer["constraints"] == nil, "\(answer.text)")
        }
    }

    @Test("a draft is saved and read, and does not run until it is no draft any more")
    func draft() async throws {
        let server = try TestServer()
        let path = "/api/v1/main/flows/company.made/made"
        let start = "/api/v1/main/executions/company.made/made?wait=true"
        #expect(
            try await server.call("POST", "/api/v1/main/flows", body: Self.source("made", "draft: true"))
                .status
                == 200)
        #expect(try await server.form(start, ["a": "x"]).status == 404)
        let published = try await server.call("PUT", path, body: Self.source())
        #expect(published["revision"] == 2)
        _ = try await server.call("PUT", path, body: Self.source("made", "draft: true\ndescription: later"))
        #expect(try await server.call("GET", path)["revision"] == 3)
        #expect(try await server.form(start, ["a": "x"])["flowRevision"] == 2)
    }

    @Test("a check tells the edition and why")
    func edition() async throws {
        let server = try TestServer()
        let answer = try await server.call(
            "POST", "/api/v1/main/flows/validate", body: Self.source("made", "pluginDefaults: []"))
        let result = try #require(answer.json.listValue?.first)
        #expect(result["edition"] == 1)
        #expect(result["editionReason"] == "pluginDefaults: `pluginDefaults` is gone in Kestra 2.x")
    }
}
