import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// Source: file system plugin, local trigger.
///
/// What is done to a file, its deletion or move, is done when the execution is stored: a crash before that leaves the
/// file where it is, one after it leaves a file that is known, and that the next look clears away.
struct LocalFileTrigger: PollingTrigger {
    static let type = "io.kestra.plugin.fs.local.Trigger"
    static let summary =
        "Starts an execution for files that come, or change, in a directory of the server's machine."
    static let outputs: [PropertySchema]? = [
        .output(
            "files",
            "Each with `uri` in internal storage, `localPath`, `name`, `size`, `modifiedDate`, `isDirectory` and `changeType`.",
            .list(.map(.any)))
    ]

    /// What becomes of a file that was taken.
    enum Action: String, Decodable, CaseIterable, Sendable {
        case NONE, DELETE, MOVE
    }

    /// What makes a file count.
    enum Change: String, Decodable, CaseIterable, Sendable {
        case CREATE, UPDATE, CREATE_OR_UPDATE
    }

    @Property("The directory, below one of `kestra.local-files.allowed-paths` of the server.")
    var from: String
    @Property("Only files whose whole path matches this regular expression.")
    var regExp: String?
    @Property("Also files of directories below; links are not followed.")
    var recursive: Bool = false
    @Property("What becomes of a file once the execution is stored.")
    var action: Action = .NONE
    @Property("Where files go with `action: MOVE`; nothing there is replaced.")
    var moveDirectory: String?
    @Property("Whether files count that are new, that have changed, or both.")
    var on: Change = .CREATE_OR_UPDATE
    @Property("Files for one execution, at most; the others wait for the next look.")
    var maxFiles: Int = 25
    @Property("After this time a file that is still there counts as new.")
    var stateTtl: ISODuration?
    @Property(
        "Not used here.",
        refusal: "each trigger keeps its own state on this server; leave `stateKey` out")
    var stateKey: String?

    func evaluate(_ context: TriggerContext) async throws -> Evaluation {
        let paths = AllowedPaths(context.work.services.allowedPaths)
        let directory = try paths.directory(from, named: "from")
        let target = try target(in: paths)
        let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        let known = context.state?.mapValue ?? [:]
        var state: OrderedMap<Value> = [:]
        var taken: [WatchedFile] = []
        var files: [Value] = []
        for file in try directory.files(isRecursive: recursive, matching: regExp) {
            let before = known[file.path].flatMap { isForgotten($0, at: now) ? .none : $0 }
            if before?["version"] == .string(file.version) {
                // Known, and still here: what was to be done to it came to nothing.
                let isCleared = target != nil && clear([file], to: target, context)
                if !isCleared { state[file.path] = before }
                continue
            }
            let change: Change = before == nil ? .CREATE : .UPDATE
            if on == .CREATE_OR_UPDATE || on == change {
                guard taken.count < max(1, maxFiles) else {
                    if let before { state[file.path] = before }
                    continue
                }
                guard let uri = try await store(file, context) else { continue }
                taken.append(file)
                files.append(.map(file.values(uri: uri, change: change.rawValue)))
            }
            state[file.path] = ["version": .string(file.version), "seen": .int(now.microseconds)]
        }
        var found = Evaluation(outputs: files.isEmpty ? nil : ["files": .list(files)], state: .map(state))
        if target != nil { found.afterwards = { [taken] in _ = clear(taken, to: target, context) } }
        return found
    }

    /// Where taken files go.
    enum Target: Sendable {
        case nowhere
        case directory(AllowedDirectory)
    }

    private func target(in paths: AllowedPaths) throws -> Target? {
        switch action {
        case .NONE: return nil
        case .DELETE: return .nowhere
        case .MOVE:
            guard let moveDirectory else {
                throw TaskFailure("`action: MOVE` needs `moveDirectory`, the directory that files go to")
            }
            return .directory(try paths.directory(moveDirectory, named: "moveDirectory"))
        }
    }

    private func isForgotten(_ entry: Value, at now: Timestamp) -> Bool {
        guard let stateTtl, let seen = entry["seen"]?.intValue else { return false }
        return Timestamp(microseconds: seen).advanced(by: stateTtl) <= now
    }

    /// Copies a file into internal storage; `nil` when it is gone again.
    private func store(_ file: WatchedFile, _ context: TriggerContext) async throws -> String? {
        do {
            return try await context.work.store(file: file.path, named: file.relativePath)
        } catch {
            guard WatchedFile(file.path, below: file.relativePath) == nil else { throw error }
            return nil
        }
    }

    /// Deletes or moves files; answers whether all went well.
    private func clear(_ files: [WatchedFile], to target: Target?, _ context: TriggerContext) -> Bool {
        var isDone = true
        for file in files {
            do {
                switch target {
                case .none: break
                case .nowhere: try file.remove()
                case .directory(let directory): try file.move(to: directory)
                }
            } catch {
                isDone = false
                context.log("`\(file.path)` stays where it is: \(error)", at: .warn)
            }
        }
        return isDone
    }
}
