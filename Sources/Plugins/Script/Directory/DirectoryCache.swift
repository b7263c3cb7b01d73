import ApusModel
import ApusPlugin
import Foundation

/// Files of a working directory that are kept from one execution of a flow to the next, as one archive in internal
/// storage.
struct DirectoryCache {
    private let patterns: [String]
    private let lifetime: ISODuration?
    private let context: TaskContext
    private let store: any DirectoryStore

    private static let archive = "\(ScriptSpace.ownDirectory)/cache.tar"

    /// `nil` when nothing is to be kept.
    init?(_ written: Value?, _ context: TaskContext) throws(TaskFailure) {
        guard let entries = written?.mapValue else { return nil }
        guard let store = context.services.directories else { throw Services.missing("cache of directories") }
        let patterns = entries["patterns"]?.listValue?.compactMap(\.stringValue) ?? []
        guard !patterns.isEmpty else { throw TaskFailure("`cache.patterns` must name the files to keep") }
        var lifetime: ISODuration?
        if let text = entries["ttl"]?.stringValue {
            lifetime = ISODuration(iso: text)
            if lifetime == nil { throw TaskFailure("`cache.ttl` is `\(text)`, not a duration such as PT1H") }
        }
        (self.patterns, self.lifetime, self.context, self.store) = (patterns, lifetime, context, store)
    }

    /// Puts the files of the last execution into the directory; without any, nothing happens.
    func restore() async throws {
        let archive = try context.workingDirectory.path(of: Self.archive)
        try context.workingDirectory.makeParents(of: archive)
        guard
            try await store.fetch(
                flow: context.flow, task: context.taskID, youngerThan: lifetime, to: archive)
        else {
            return context.log("There are no cached files yet", at: .debug)
        }
        defer { try? FileManager.default.removeItem(atPath: archive) }
        try await tar(["-xf", archive])
        context.log("Restored the cached files", at: .debug)
    }

    /// Keeps the files that the patterns name.
    func save(_ space: ScriptSpace) async throws {
        let names = try space.names(of: patterns)
        guard !names.isEmpty else {
            return context.log("No file fits `cache.patterns`; nothing is cached", at: .debug)
        }
        let archive = try context.workingDirectory.path(of: Self.archive)
        let list = try context.workingDirectory.write(
            Data(names.joined(separator: "\0").utf8), to: "\(ScriptSpace.ownDirectory)/cache.list")
        defer { try? FileManager.default.removeItem(atPath: archive) }
        // The same files give the same archive, so that an unchanged cache is recognized.
        try await tar([
            "-cf", archive, "--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--null",
            "--verbatim-files-from", "-T", list,
        ])
        try await store.keep(archive, flow: context.flow, task: context.taskID)
    }

    private func tar(_ arguments: [String]) async throws {
        let directory = try context.workingDirectory.made()
        let log = ScriptLog(context)
        let command = ProcessCommand(
            "/usr/bin/env", ["tar"] + arguments, environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C"],
            workingDirectory: directory)
        let exit = try await ProcessRunner(longLines: OutputProtocol.longLines).run(command) {
            stream, lines in
            await log.take(stream, lines)
        }
        try Task.checkCancellation()
        guard exit == .code(0) else {
            throw TaskFailure("The cached files could not be packed: tar ended with \(exit.code)")
        }
    }
}
