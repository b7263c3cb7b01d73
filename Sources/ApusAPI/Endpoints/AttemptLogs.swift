import ApusDatabase
import ApusHTTP
import ApusModel
import Foundation

/// The logs of attempts that went to files, for a download.
struct AttemptLogs: Sendable {
    private static let pieceBytes = 64 * 1024
    /// A line beyond this is cut into lines.
    private static let maxLineBytes = 1 << 20

    private let paths: [String]
    private let minLevel: LogLevel

    /// - Parameter filter: Of one execution.
    init(_ services: APIServices, _ filter: LogFilter) async throws {
        minLevel = filter.minLevel ?? .trace
        var paths: [String] = []
        if let id = filter.executionID, let snapshot = try await services.executor.snapshot(id) {
            for run in snapshot.taskRuns where Self.isWanted(run, filter) {
                for (number, attempt) in run.attempts.enumerated() {
                    guard let uri = attempt.logFile, filter.attempt == nil || filter.attempt == number,
                        let found = try await services.files.locate(uri)
                    else { continue }
                    paths.append(found.path)
                }
            }
        }
        self.paths = paths
    }

    private static func isWanted(_ run: TaskRun, _ filter: LogFilter) -> Bool {
        (filter.taskID == nil || filter.taskID == run.taskID)
            && (filter.taskRunID == nil || filter.taskRunID == run.id)
            && filter.taskRunIDs?.contains(run.id) != false
    }

    /// - Parameter isFirst: Nothing was written before: lines are separated, not ended.
    func write(to writer: ResponseWriter, isFirst: Bool) async throws {
        var isFirst = isFirst
        for path in paths { try await write(path, to: writer, &isFirst) }
    }

    /// Line by line, so that lines below the level are left out with those that belong to them.
    private func write(_ path: String, to writer: ResponseWriter, _ isFirst: inout Bool) async throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? file.close() }
        var rest: [UInt8] = []
        var isKept = true
        while true {
            let piece = try file.read(upToCount: Self.pieceBytes) ?? Data()
            rest += piece
            var wanted: [UInt8] = []
            var start = 0
            while let end = rest[start...].firstIndex(of: 0x0A) {
                take(rest[start..<end], &isKept, into: &wanted)
                start = end + 1
            }
            rest.removeFirst(start)
            if rest.count > Self.maxLineBytes || (piece.isEmpty && !rest.isEmpty) {
                take(rest[...], &isKept, into: &wanted)
                rest = []
            }
            if !wanted.isEmpty {
                try await writer.write(Array(wanted.dropFirst(isFirst ? 1 : 0)))
                isFirst = false
            }
            if piece.isEmpty { return }
        }
    }

    /// Adds a line, with a line break before it, if it is wanted.
    private func take(_ line: ArraySlice<UInt8>, _ isKept: inout Bool, into wanted: inout [UInt8]) {
        if let level = Self.level(of: line) { isKept = level >= minLevel }
        guard isKept else { return }
        wanted.append(0x0A)
        wanted += line
    }

    /// The level of a line that begins with a time; `nil` for one that goes on with the line before.
    private static func level(of line: ArraySlice<UInt8>) -> LogLevel? {
        let words = line.prefix(64).split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count > 1, Timestamp(iso: String(decoding: words[0], as: UTF8.self)) != nil else {
            return nil
        }
        return LogLevel(rawValue: String(decoding: words[1], as: UTF8.self))
    }
}
