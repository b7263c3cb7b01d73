import ApusDatabase
import ApusExecutor
import ApusModel
import ApusPlugin

/// The triggers of this server, for tasks.
struct ServerTriggers: TriggerAccess {
    let executions: ServerExecutions

    func setEnabled(
        _ isEnabled: Bool, trigger: String, flowID: String, namespace: String
    ) async throws {
        let key = TriggerKey(namespace: namespace, flowID: flowID, triggerID: trigger)
        do {
            try await executions.executor().setDisabled(key, !isEnabled)
        } catch RequestRefused.notFound(let message) {
            throw TaskFailure(message)
        }
    }
}
