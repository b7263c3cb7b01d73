import ApusDatabase
import ApusModel
import ApusPlugin
import ApusStorage

extension ServerExecutions {
    /// Files of one execution that are looked at in one purge.
    private static let maxFiles = 1_000_000

    func purgeFiles(_ purge: FilePurge) async throws -> FilePurgeCounts {
        var counts = FilePurgeCounts()
        if let namespace = purge.namespace, let flowID = purge.flowID {
            let flow = try StorageURI.namespace(namespace).appending(StorageURI.slug(flowID))
            try await purgeExecutions(of: flow, purge, &counts)
            return counts
        }
        let root = try purge.namespace.map { try StorageURI.namespace($0) } ?? StorageURI(segments: [])
        var open = [root]
        while let place = open.popLast() {
            try Task.checkCancellation()
            // `executions` may be a flow's or a namespace's: only who names the flow knows.
            for entry in try await storage.list(place)
            where entry.isDirectory && !entry.address.name.hasPrefix("_")
                && entry.address.name != "executions"
            {
                try await purgeExecutions(of: entry.address, purge, &counts)
                open.append(entry.address)
            }
        }
        return counts
    }

    private func purgeExecutions(of flow: StorageURI, _ purge: FilePurge, _ counts: inout FilePurgeCounts)
        async throws
    {
        for entry in try await storage.list(try flow.appending("executions")) where entry.isDirectory {
            try Task.checkCancellation()
            let id = entry.address.name
            guard try await isOfExecution(entry.address) else { continue }
            guard try await database.read({ try Executions.state(of: id, $0) }) == nil else { continue }
            let files = try await storage.listAll(below: entry.address, limit: Self.maxFiles)
            guard !files.isEmpty else { continue }
            counts.scanned += 1
            let old = files.filter { file in
                file.modified < purge.to && (purge.from.map { file.modified >= $0 } ?? true)
            }
            guard !old.isEmpty else { continue }
            counts.purged += 1
            if purge.isDry { continue }
            for file in old where try await storage.delete(file.address) { counts.deletedFiles += 1 }
            if old.count == files.count { try await storage.delete(entry.address) }
        }
    }

    /// What lies below an `executions` may also be the flows of a namespace of that name: only what looks like the
    /// files of an execution through and through is taken for them.
    private func isOfExecution(_ place: StorageURI) async throws -> Bool {
        let name = place.name
        guard (16...32).contains(name.utf8.count),
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return false }
        let parts = try await storage.list(place)
        guard !parts.isEmpty, parts.allSatisfy({ Self.partNames.contains($0.address.name) }) else {
            return false
        }
        // Even a namespace can look so; then executions in it are known.
        var filter = ExecutionFilter()
        filter.namespace = .under(place.segments.joined(separator: "."))
        let inNamespace = filter
        return try await database.read { try Executions.count(inNamespace, $0) } == 0
    }

    private static let partNames: Set<String> = ["inputs", "tasks", "trigger"]
}
