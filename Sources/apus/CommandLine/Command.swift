/// One command of the command line: what it is called, what it takes, and what it does.
///
/// Help and shell completion are made from the same values.
struct Command: Sendable {
    struct Option: Sendable {
        /// With its dashes: `--port`.
        var name: String
        /// What stands after it in help; `nil` for a flag.
        var value: String?
        var help: String
    }

    /// The words that call it: `["flow", "create"]`.
    var path: [String]
    var summary: String
    /// What stands after the words in help: `FILE...`.
    var arguments: String = ""
    /// How many arguments fit.
    var argumentCount: ClosedRange<Int> = 0...0
    var options: [Option] = []
    /// Answers the exit status.
    var run: @Sendable (Arguments) async throws -> Int32

    var usage: String {
        (["apus"] + path + (options.isEmpty ? [] : ["[options]"]) + (arguments.isEmpty ? [] : [arguments]))
            .joined(separator: " ")
    }

    var help: String {
        var text = "\(summary)\n\nUsage: \(usage)\n"
        guard !options.isEmpty else { return text }
        text += "\nOptions:\n"
        let names = options.map { $0.name + ($0.value.map { " \($0)" } ?? "") }
        let width = names.map(\.count).max() ?? 0
        for (name, option) in zip(names, options) {
            text += "  \(name)\(String(repeating: " ", count: width - name.count))  \(option.help)\n"
        }
        return text
    }
}

/// What was given to a command.
struct Arguments: Sendable {
    var positional: [String] = []
    private var values: [String: [String]] = [:]
    private var flags: Set<String> = []

    /// The last value of an option.
    subscript(_ option: String) -> String? { values[option]?.last }

    func all(_ option: String) -> [String] { values[option] ?? [] }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// A whole number, within bounds.
    func integer(_ option: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = self[option] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError("\(option) takes a number from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
        }
        return number
    }

    /// Reads the words after a command's own.
    static func read(_ words: [String], for command: Command) throws -> Arguments {
        var result = Arguments()
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                result.positional += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                result.positional.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let option = command.options.first(where: { $0.name == parts[0] }) else {
                throw UsageError(unknown: parts[0], among: command.options.map(\.name))
            }
            if option.value == nil {
                guard parts.count == 1 else { throw UsageError("\(option.name) takes no value") }
                result.flags.insert(option.name)
            } else if parts.count == 2 {
                result.values[option.name, default: []].append(parts[1])
            } else {
                guard let value = rest.popFirst() else { throw UsageError("\(option.name) needs a value") }
                result.values[option.name, default: []].append(value)
            }
        }
        guard command.argumentCount.contains(result.positional.count) else {
            throw UsageError("Usage: \(command.usage)")
        }
        return result
    }
}
