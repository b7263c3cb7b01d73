import ApusModel

extension JobRun {
    /// The lines of the attempt go to internal storage. When that fails, the log says so.
    func storeLogFile() async -> String? {
        guard let logFile else { return nil }
        defer { logFile.remove() }
        do {
            guard let path = try logFile.finish() else { return nil }
            return try await outlets.store(job, path, "attempt-\(job.attempt).log")
        } catch {
            add(line("The log of this attempt could not be stored: \(Self.words(for: error))", .error))
            return nil
        }
    }
}
