import Foundation

/// A program run to its end.
struct Program {
    struct Outcome {
        var status: Int32
        var output: String
        var errors: String
    }

    /// Runs `apus` with these words.
    static func apus(_ words: String...) throws -> Outcome { try apus(words) }

    static func apus(_ words: [String]) throws -> Outcome {
        let scratch = try ScratchDirectory()
        defer { scratch.remove() }
        let process = try ChildProcess(
            Checkout.binary, words, in: scratch.url, output: scratch.path("output"),
            errors: scratch.path("errors"))
        return Outcome(
            status: try process.wait(),
            output: try String(contentsOfFile: scratch.path("output"), encoding: .utf8),
            errors: try String(contentsOfFile: scratch.path("errors"), encoding: .utf8))
    }
}
