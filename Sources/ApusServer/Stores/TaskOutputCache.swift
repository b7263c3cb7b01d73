import ApusDatabase
import ApusModel
import ApusWorker

/// Outputs of tasks in the database, for later runs of the same task.
struct TaskOutputCache: OutputCache {
    let database: any Database
    let now: @Sendable () -> Timestamp

    func outputs(for key: String, ttl: ISODuration?, of job: Job) async throws -> OrderedMap<Value>? {
        let now = now()
        return try await database.read { try TaskCache.outputs(key: key, ttl: ttl, now: now, $0) }
    }

    func keep(
        _ outputs: OrderedMap<Value>, for key: String, ttl: ISODuration?, of job: Job
    ) async throws {
        let now = now()
        try await database.write { connection in
            try TaskCache.put(
                key: key, namespace: job.flow.namespace, flowID: job.flow.id, outputs: outputs, ttl: ttl,
                now: now, connection)
        }
    }
}
