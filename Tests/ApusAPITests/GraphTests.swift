import ApusModel
import Testing

@testable import ApusAPI

@Suite struct GraphTests {
    struct Drawing: Sendable {
        var tasks: String
        /// `source > target RELATION value`; `(` and `)` are the borders of a box.
        var edges: [String]
    }

    static let drawings: [Drawing] = [
        Drawing(
            tasks: "tasks: [{id: a, type: test.Wait}, {id: b, type: test.Wait}]",
            edges: ["( > a", "a > b SEQUENTIAL", "b > )"]),
        Drawing(
            tasks: "tasks: [{id: p, type: io.kestra.plugin.core.flow.Parallel, "
                + "tasks: [{id: a, type: test.Wait}, {id: b, type: test.Wait}]}]",
            edges: [
                "( > p.(", "p.( > p", "p > p.a PARALLEL", "p > p.b PARALLEL", "p.a > p.)", "p.b > p.)",
                "p.) > )",
            ]),
        Drawing(
            tasks: "tasks: [{id: i, type: io.kestra.plugin.core.flow.If, condition: x, "
                + "then: [{id: a, type: test.Wait}], else: [{id: b, type: test.Wait}]}]",
            edges: [
                "( > i.(", "i.( > i", "i > i.a CHOICE then", "i > i.b CHOICE else", "i.a > i.)", "i.b > i.)",
                "i.) > )",
            ]),
        Drawing(
            tasks: "tasks: [{id: d, type: io.kestra.plugin.core.flow.Dag, tasks: ["
                + "{task: {id: b, type: test.Wait}, dependsOn: [a]}, {task: {id: a, type: test.Wait}}]}]",
            edges: ["( > d.(", "d.( > d", "d > d.a PARALLEL", "d.a > d.b SEQUENTIAL", "d.b > d.)", "d.) > )"]),
        Drawing(
            tasks: "tasks: [{id: e, type: io.kestra.plugin.core.flow.ForEach, values: [1], "
                + "tasks: [{id: a, type: test.Wait}, {id: b, type: test.Wait}]}]",
            edges: ["( > e.(", "e.( > e", "e > e.a DYNAMIC", "e.a > e.b SEQUENTIAL", "e.b > e.)", "e.) > )"]),
        Drawing(
            tasks: "tasks: [{id: a, type: test.Wait}]\nerrors: [{id: x, type: test.Wait}]\n"
                + "finally: [{id: f, type: test.Wait}]\nafterExecution: [{id: z, type: test.Wait}]",
            edges: [
                "( > a", "( > x ERROR", "a > f FINALLY", "x > f FINALLY", "f > z AFTER_EXECUTION", "z > )",
            ]),
        Drawing(
            tasks: "tasks: [{id: a, type: test.Wait}]\ntriggers: [{id: t, type: test.Trigger}]",
            edges: ["Triggers.( > Triggers.t", "Triggers.t > Triggers.)", "Triggers.) > (", "( > a", "a > )"]),
        Drawing(tasks: "tasks: []", edges: ["( > )"]),
    ]

    private func edges(_ graph: Value) -> [String] {
        var names: [String: String] = [:]
        for node in graph["nodes"]?.listValue ?? [] {
            let uid = node["uid"]?.stringValue ?? ""
            var name = uid.dropFirst("root.".count)
            let type = node["type"]?.stringValue ?? ""
            if type.hasSuffix("GraphClusterRoot") { name = name.dropLast(22) + "(" }
            if type.hasSuffix("GraphClusterEnd") { name = name.dropLast(22) + ")" }
            names[uid] = String(name)
        }
        return (graph["edges"]?.listValue ?? []).map { edge in
            let ends = [edge["source"], edge["target"]].map { names[$0?.stringValue ?? ""] ?? "?" }
            let relation = [edge["relation"]?["relationType"], edge["relation"]?["value"]]
                .compactMap { $0?.stringValue }
            return (["\(ends[0]) > \(ends[1])"] + relation).joined(separator: " ")
        }
    }

    @Test("a flow is drawn from its source", arguments: drawings)
    func drawing(drawing: Drawing) async throws {
        let server = try TestServer()
        let answer = try await server.call(
            "POST", "/api/v1/main/flows/graph", body: "id: f\nnamespace: n\n\(drawing.tasks)\n")
        #expect(answer.status == 200)
        #expect(Set(edges(answer.json)) == Set(drawing.edges))
        #expect(edges(answer.json).count == drawing.edges.count)
    }

    @Test("boxes name what is in them and what is around them")
    func clusters() async throws {
        let server = try TestServer()
        let source = """
            id: f
            namespace: n
            tasks:
            - id: p
              type: io.kestra.plugin.core.flow.Parallel
              tasks: [{id: s, type: io.kestra.plugin.core.flow.Sequential, tasks: [{id: a, type: test.Wait}]}]
            """
        let answer = try await server.call("POST", "/api/v1/main/flows/graph", body: source)
        let clusters = try #require(answer["clusters"]?.listValue)
        #expect(clusters.map { $0["cluster"]?["uid"] } == ["cluster_root.p", "cluster_root.p.s"])
        #expect(clusters.map { $0["parents"] } == [[], ["cluster_root.p"]])
        #expect(clusters.first?["nodes"]?.listValue?.contains("cluster_root.p.s") == true)
        #expect(clusters.first?["nodes"]?.listValue?.contains("root.p.s.a") == false)
        #expect(clusters.last?["nodes"]?.listValue?.contains("root.p.s.a") == true)
        #expect(answer["flowables"] == ["root.p", "root.p.s"])
    }

    @Test("the graph of an execution has its task runs, and the rounds of loops side by side")
    func execution() async throws {
        let server = try TestServer()
        let source = """
            id: rounds
            namespace: company.made
            tasks:
            - id: e
              type: io.kestra.plugin.core.flow.ForEach
              values: [x, y]
              tasks: [{id: a, type: io.kestra.plugin.core.debug.Return, format: "1"}]
            """
        #expect(try await server.call("POST", "/api/v1/main/flows", body: source).status == 200)
        let started = try await server.form("/api/v1/main/executions/company.made/rounds?wait=true")
        let id = try #require(started["id"]?.stringValue)
        let answer = try await server.call("GET", "/api/v1/main/executions/\(id)/graph")
        #expect(
            edges(answer.json).filter { $0.contains("DYNAMIC") } == [
                "e > e.a_x DYNAMIC x", "e > e.a_y DYNAMIC y",
            ])
        let nodes = (answer["nodes"]?.listValue ?? []).filter { $0["task"]?["id"] == "a" }
        #expect(nodes.map { $0["taskRun"]?["value"] } == ["x", "y"])
        #expect(nodes.map { $0["values"] } == [["x"], ["y"]])
        #expect(nodes.first?["task"]?["format"] == nil)
    }

    @Test("what is not there is named")
    func missing() async throws {
        let server = try TestServer()
        let flow = try await server.call("GET", "/api/v1/main/flows/company.made/none/graph")
        #expect(flow.status == 404)
        #expect(flow.text.contains("Unable to find flow company.made_none"))
        #expect(try await server.call("GET", "/api/v1/main/executions/none/graph").status == 404)
        let inner = try await server.call(
            "POST", "/api/v1/main/flows/graph?subflows=root.a", body: "id: f\nnamespace: n\n")
        #expect(inner.status == 422)
    }
}
