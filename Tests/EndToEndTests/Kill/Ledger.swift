import Foundation

/// What the shell tasks really did: a line for each attempt that began, `<execution> <task run>`.
struct Ledger {
    /// Lines by task run.
    private(set) var lines: [String: Int] = [:]
    /// Executions that wrote, acknowledged or not.
    private(set) var executions: Set<String> = []

    init(path: String) throws {
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 2 else { throw Torn(line: String(line)) }
            executions.insert(words[0])
            lines[words[1], default: 0] += 1
        }
    }

    /// A line that no task writes.
    struct Torn: Error { var line: String }
}
