import ApusModel

/// Jobs in the order they came, each found by its task run: every step costs the same however many wait.
struct JobQueue {
    private var slots: [Job?] = []
    private var head = 0
    private var ids: Set<TaskRun.ID> = []

    var count: Int { ids.count }

    var jobs: [Job] { slots[head...].compactMap { $0 } }

    func contains(_ id: TaskRun.ID) -> Bool { ids.contains(id) }

    mutating func append(_ job: Job) {
        slots.append(job)
        ids.insert(job.taskRunID)
    }

    mutating func takeFirst() -> Job? {
        guard head < slots.count else { return nil }
        let job = slots[head]
        slots[head] = nil
        head += 1
        // What was taken is given back now and then, at a cost that each of them has paid for.
        if head > 64, head * 2 > slots.count {
            slots.removeFirst(head)
            head = 0
        }
        if let job { ids.remove(job.taskRunID) }
        return job
    }

    /// Takes out the jobs of some task runs.
    mutating func remove(_ gone: Set<TaskRun.ID>) -> [Job] {
        let removed = jobs.filter { gone.contains($0.taskRunID) }
        slots = jobs.filter { !gone.contains($0.taskRunID) }
        head = 0
        ids.subtract(gone)
        return removed
    }
}
