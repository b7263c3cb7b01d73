import ApusDatabase
import ApusExecutor
import ApusModel

/// What stories about flow triggers need.
extension Bench {
    /// Carries out what is due for executions and for triggers, until nothing more is.
    func settleTriggers() async throws {
        try await settle()
        while let next = try await executor.turnOfTriggers(), next <= now { try await settle() }
        try await settle()
    }

    /// A flow of one inline task with a flow output.
    func upstream(_ id: String, _ more: String = "") async throws {
        try await save(
            """
            id: \(id)
            namespace: up
            tasks: [{id: a, type: inline}]
            outputs: [{id: o, type: STRING, value: "of \(id)"}]
            \(more)
            """)
    }

    /// A flow that a Flow trigger starts.
    ///
    /// - Parameter trigger: Its properties, a line each.
    func downstream(_ id: String = "down", _ trigger: String, _ more: String = "") async throws {
        let lines =
            ["id: t", "type: io.kestra.plugin.core.trigger.Flow"]
            + trigger.split(separator: "\n").map(String.init)
        try await save(
            """
            id: \(id)
            namespace: down
            tasks: [{id: a, type: inline}]
            triggers:
              - \(lines.joined(separator: "\n    "))
            \(more)
            """)
    }

    /// Starts an execution of a flow, and lets everything follow from it.
    @discardableResult
    func run(
        _ flow: String, in namespace: String = "up", inputs: Value = .map([:]), kind: ExecutionKind = .normal
    ) async throws -> Execution.ID {
        guard let flow = try await flows.compiled(namespace: namespace, id: flow) else {
            throw NoJob(id: flow)
        }
        var new = NewExecution(flow: flow, inputs: inputs)
        new.kind = kind
        let id = try await executor.create(new).execution.id
        try await settleTriggers()
        return id
    }

    /// The executions of a flow, oldest first.
    func executions(of flow: String = "down", in namespace: String = "down") async throws -> [Execution] {
        let ids = try await database.read { connection in
            try connection.rows(
                built: "SELECT id FROM executions WHERE namespace = ? AND flow_id = ? ORDER BY rowid",
                with: [.text(namespace), .text(flow)]
            ) { $0.text(0) }
        }
        var executions: [Execution] = []
        for id in ids {
            if let execution = try await executor.snapshot(id)?.execution { executions.append(execution) }
        }
        return executions
    }

    /// What `trigger` is in each execution of `down`.
    func triggers(_ key: String) async throws -> [String] {
        try await executions().map { $0.trigger?["variables"]?[key]?.stringValue ?? "-" }
    }

    /// How many rows a table has.
    func count(_ table: String) async throws -> Int {
        try await database.read { try $0.count(built: "SELECT count(*) FROM \(table)", with: []) }
    }
}
