import ApusModel
import Foundation
import Synchronization

/// The lines of one attempt in a local file, on their way into internal storage: a line each, as the log is
/// downloaded.
final class AttemptLogFile: Sendable {
    private struct State {
        var handle: FileHandle?
        var buffer = ""
        var failure: (any Error)?
    }

    private static let bufferBytes = 64 * 1024

    let path: String
    private let state = Mutex(State())

    /// - Parameter path: Where the file is made with the first line.
    init(_ path: String) { self.path = path }

    func add(_ line: LogLine) {
        state.withLock { state in
            state.buffer += "\(line.date.iso) \(line.level.rawValue) \(line.message)\n"
            if state.buffer.utf8.count >= Self.bufferBytes { write(&state) }
        }
    }

    /// The path of the whole file; `nil` when there was no line.
    func finish() throws -> String? {
        try state.withLock { state in
            write(&state)
            if let failure = state.failure { throw failure }
            guard let handle = state.handle else { return nil }
            try handle.close()
            state.handle = nil
            return path
        }
    }

    func remove() {
        // Left in place, the next start removes it.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// A failure is kept for `finish`: who writes a line cannot wait for it.
    private func write(_ state: inout State) {
        defer { state.buffer = "" }
        guard !state.buffer.isEmpty, state.failure == nil else { return }
        do {
            if state.handle == nil {
                let url = URL(fileURLWithPath: path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data().write(to: url)
                state.handle = try FileHandle(forWritingTo: url)
            }
            try state.handle?.write(contentsOf: Data(state.buffer.utf8))
        } catch {
            state.failure = error
        }
    }
}
