import ApusEngine
import ApusExecutor
import ApusModel

/// A change that can be made to many executions.
struct ExecutionBulkAction: Sendable {
    /// What one request does to each of its executions.
    struct Change: Sendable {
        var run: @Sendable (APIServices, Execution) async throws -> Void
        /// Why an execution cannot be changed, as far as its state tells; `nil` when it can.
        var refusal: @Sendable (Execution) -> String?
    }

    var method: String
    var path: String
    /// For messages: `invalid bulk kill`.
    var name: String
    /// For the document: `Kills`.
    var verb: String
    var query: [Endpoint.QueryParameter] = []
    /// The ids of a request by ids.
    var ids: @Sendable (Call) throws -> [String] = { try $0.bodyIDs() }
    /// Reads the request; a wrong one is refused before anything is changed.
    var change: @Sendable (Call, _ isByIDs: Bool) throws -> Change

    static let all = [kill, resume, pause, restart, replay, changeStatus, labels, delete, unqueue, forceRun]

    private static let kill = ExecutionBulkAction(
        method: "DELETE", path: "executions/kill", name: "kill", verb: "Kills"
    ) { _, _ in
        Change {
            _ = try await $0.executor.kill($1.id)
        } refusal: {
            $0.state.current.isTerminal ? "Execution is already finished, can't kill it" : nil
        }
    }

    private static let resume = ExecutionBulkAction(
        method: "POST", path: "executions/resume", name: "resume", verb: "Resumes"
    ) { _, _ in
        Change {
            _ = try await $0.executor.resume($1.id)
        } refusal: {
            $0.state.current == .paused ? nil : "execution not in state PAUSED"
        }
    }

    private static let pause = ExecutionBulkAction(
        method: "POST", path: "executions/pause", name: "pause", verb: "Pauses"
    ) { _, _ in
        Change {
            _ = try await $0.executor.pause($1.id)
        } refusal: {
            $0.state.current == .running ? nil : "execution not in state RUNNING"
        }
    }

    /// By query the state is called `newState`.
    private static let unqueue = ExecutionBulkAction(
        method: "POST", path: "executions/unqueue", name: "unqueue", verb: "Unqueues",
        query: [UnqueueTarget.parameter("state"), UnqueueTarget.parameter("newState")]
    ) { call, isByIDs in
        let state = try UnqueueTarget.read(call, isByIDs ? "state" : "newState")
        return Change {
            _ = try await $0.executor.unqueue($1.id, as: state)
        } refusal: {
            $0.state.current == .queued ? nil : "execution not in state QUEUED"
        }
    }

    private static let forceRun = ExecutionBulkAction(
        method: "POST", path: "executions/force-run", name: "force run", verb: "Forces the run of"
    ) { _, _ in
        Change {
            _ = try await $0.executor.forceRun($1.id)
        } refusal: {
            $0.state.current.isTerminal || $0.state.current == .killing
                ? "execution is already finished" : nil
        }
    }

    private static let restart = ExecutionBulkAction(
        method: "POST", path: "executions/restart", name: "restart", verb: "Restarts"
    ) { _, _ in
        Change {
            _ = try await $0.executor.restart($1.id)
        } refusal: {
            $0.state.current.isFailed || $0.state.current == .paused ? nil : "execution not in state FAILED"
        }
    }

    private static let replay = ExecutionBulkAction(
        method: "POST", path: "executions/replay", name: "replay", verb: "Replays",
        query: [.init("latestRevision", "With the latest revision of their flows; false when absent")]
    ) { call, _ in
        let isLatest = try call.flag("latestRevision", default: false)
        return Change { services, execution in
            var changes = ExecutionMachine.ReplayChanges()
            if isLatest {
                changes.flow = try await services.flows.compiled(
                    namespace: execution.flow.namespace, id: execution.flow.id)
            }
            _ = try await services.executor.replay(execution.id, changes)
        } refusal: { _ in
            nil
        }
    }

    private static let changeStatus = ExecutionBulkAction(
        method: "POST", path: "executions/change-status", name: "change executions status",
        verb: "Changes the status of",
        query: [.init("newStatus", "The state", isRequired: true)]
    ) { call, _ in
        let state = try call.state("newStatus")
        return Change {
            _ = try await $0.executor.changeStatus($1.id, to: state)
        } refusal: {
            $0.state.current.isTerminal && $0.state.current != .killed
                ? nil : "execution is not terminated, or was killed"
        }
    }

    /// By ids the body is `{"executionsId": […], "executionLabels": […]}`, by query the labels alone.
    private static let labels = ExecutionBulkAction(
        method: "POST", path: "executions/labels", name: "set labels", verb: "Sets labels of",
        ids: { try Call.ids(in: try $0.request.json()["executionsId"] ?? .null) }
    ) { call, isByIDs in
        let body = try call.request.json()
        let labels = try GivenLabels.list(isByIDs ? body["executionLabels"] ?? .null : body)
        return Change { services, execution in
            try GivenLabels.check(labels, on: execution)
            try await services.executor.label(execution.id, labels)
        } refusal: { execution in
            if !execution.state.current.isTerminal { return "execution is not terminated" }
            do throws(APIError) {
                try GivenLabels.check(labels, on: execution)
                return nil
            } catch {
                return error.message
            }
        }
    }

    private static let delete = ExecutionBulkAction(
        method: "DELETE", path: "executions", name: "delete", verb: "Deletes",
        query: [.init("includeNonTerminated", "Kills what has not ended; false when absent")]
            + DeletedParts.query
    ) { call, _ in
        let parts = try DeletedParts(call)
        let evenOpen = try call.flag("includeNonTerminated", default: false)
        return Change {
            try await ExecutionDeletion($0).delete($1, parts, evenOpen: evenOpen)
        } refusal: {
            evenOpen || $0.state.current.isTerminal ? nil : "execution is not terminated"
        }
    }
}
