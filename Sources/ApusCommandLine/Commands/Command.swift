/// One command of the command line: what it is called, what it takes, and what it does.
///
/// Help, the reading of arguments and shell completion are all made from these values.
package struct Command: Sendable {
    package struct Option: Hashable, Sendable {
        /// With its dashes: `--port`.
        package var name: String
        /// What stands after it in help; `nil` for a flag.
        package var value: String?
        /// The form with one dash and one letter: `-p`.
        package var short: String?
        package var help: String

        /// An option with a value.
        package init(_ name: String, _ value: String, short: String? = nil, _ help: String) {
            self.name = name
            self.value = value
            self.short = short
            self.help = help
        }

        /// A flag.
        package init(_ name: String, short: String? = nil, _ help: String) {
            self.name = name
            self.short = short
            self.help = help
        }

        /// `-p, --port PORT`
        var usage: String { (short.map { "\($0), " } ?? "") + name + (value.map { " \($0)" } ?? "") }
    }

    /// The words that call it: `["flow", "create"]`. Never empty.
    package var path: [String]
    package var summary: String
    /// What stands after the words in help: `FILE...`.
    package var arguments: String
    /// How many arguments fit.
    package var argumentCount: ClosedRange<Int>
    package var options: [Option]
    /// The words after the command's own are handed over unread; options serve help and completion only.
    package var takesWordsAsTheyAre: Bool
    /// Answers the exit status.
    package var run: @Sendable (Arguments) async throws -> Int32

    package init(
        _ path: String, _ summary: String, arguments: String = "", count: ClosedRange<Int> = 0...0,
        options: [Option] = [], takesWordsAsTheyAre: Bool = false,
        run: @escaping @Sendable (Arguments) async throws -> Int32
    ) {
        self.path = path.split(separator: " ").map(String.init)
        self.summary = summary
        self.arguments = arguments
        argumentCount = count
        self.options = options
        self.takesWordsAsTheyAre = takesWordsAsTheyAre
        self.run = run
    }

    package var name: String { path.joined(separator: " ") }

    var usage: String {
        (["apus"] + path + (options.isEmpty ? [] : ["[options]"]) + (arguments.isEmpty ? [] : [arguments]))
            .joined(separator: " ")
    }

    package var help: String {
        var text = "\(summary)\n\nUsage: \(usage)\n"
        guard !options.isEmpty else { return text }
        text += "\nOptions:\n"
        let width = options.map(\.usage.count).max() ?? 0
        for option in options {
            text += "  \(option.usage.padded(to: width))  \(option.help)\n"
        }
        return text
    }
}

extension String {
    /// With spaces at the end, up to a number of characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
