import Foundation

/// A program run to its end.
struct Program {
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs `apus` with these words.
    static func apus(_ words: String...) throws -> Outcome {
        try run(Checkout.binary, words)
    }

    /// Both outputs go to files, so that neither can fill a pipe and block the program.
    static func run(_ program: URL, _ words: [String]) throws -> Outcome {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        let output = try Self.file(scratch.path("output"))
        let errors = try Self.file(scratch.path("errors"))
        let process = Process()
        process.executableURL = program
        process.arguments = words
        process.currentDirectoryURL = scratch.url
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: try String(contentsOfFile: scratch.path("output"), encoding: .utf8),
            errors: try String(contentsOfFile: scratch.path("errors"), encoding: .utf8))
    }

    /// A new file to write to.
    static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path))
        return try FileHandle(forWritingTo: URL(filePath: path))
    }
}
