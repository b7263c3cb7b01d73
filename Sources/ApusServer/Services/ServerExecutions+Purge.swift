import ApusDatabase
import ApusExecutor
import ApusModel
import ApusPlugin
import ApusStorage

extension ServerExecutions {
    /// Files of one execution that are counted at most.
    private static let maxFiles = 1_000_000

    func purge(_ query: ExecutionQuery, _ parts: PurgedParts, batchSize: Int) async throws -> PurgeCounts {
        var counts = PurgeCounts()
        var filter = Self.filter(query)
        let wanted = query.states.isEmpty ? State.allCases : query.states
        filter.states = wanted.filter { !$0.isTerminal }
        if !filter.states.isEmpty {
            let running = filter
            counts.running = try await database.read { try Executions.count(running, $0) }
        }
        filter.states = wanted.filter(\.isTerminal)
        guard !filter.states.isEmpty else { return counts }
        try await logs.flush()
        var last: Page?
        while true {
            try Task.checkCancellation()
            // What was deleted leaves the search; what stays is passed over by pages.
            let page = Page(parts.executions ? 1 : (last?.number ?? 0) + 1, size: min(batchSize, 1000))
            let batch = try await next(filter, page)
            let gone = try await purge(batch, parts, &counts)
            // Executions that cannot be deleted after all must not be found for ever.
            guard batch.count == page.size, gone > 0 || !parts.executions else { return counts }
            last = page
        }
    }

    private func next(_ filter: ExecutionFilter, _ page: Page) async throws -> [Execution] {
        try await database.read { connection in
            try Executions.search(
                filter, sort: [Sort(.start), Sort(.id)], page: page, connection
            ).executions
        }
    }

    /// Removes the parts of some executions; answers how many executions went.
    private func purge(_ batch: [Execution], _ parts: PurgedParts, _ counts: inout PurgeCounts) async throws
        -> Int
    {
        // The executions go first: what is left when the rest fails belongs to nothing and can be purged.
        let gone = parts.executions ? try await executor().deleteEnded(batch.map(\.id)) : batch.map(\.id)
        if parts.executions { counts.executions += gone.count }
        let ids = Set(gone)
        for execution in batch where ids.contains(execution.id) {
            if parts.logs {
                counts.logs += try await logs.delete(LogFilter(executionID: execution.id), batchSize: nil)
            }
            if parts.metrics { counts.metrics += try await logs.deleteMetrics(executionID: execution.id) }
            if parts.files {
                let root = try StorageURI.execution(
                    namespace: execution.flow.namespace, flowID: execution.flow.id, executionID: execution.id)
                counts.files += try await storage.listAll(below: root, limit: Self.maxFiles).count
                try await storage.delete(root)
            }
        }
        return gone.count
    }

    func purgeRevisions(_ purge: RevisionPurge) async throws -> Int {
        let namespace = purge.namespace.map { purge.flowID == nil ? TextMatch.under($0) : .equals($0) }
        return try await database.write { connection in
            try Flows.purgeRevisions(
                namespace: namespace, id: purge.flowID, before: purge.before, keeping: purge.keepAmount ?? 1,
                connection)
        }
    }
}
