/// What was given to a command.
package struct Arguments: Sendable {
    package private(set) var positional: [String] = []
    private var values: [String: [String]] = [:]
    private var flags: Set<String> = []

    /// The last value of an option.
    package subscript(_ option: String) -> String? { values[option]?.last }

    /// Every value of an option, in the order given.
    package func all(_ option: String) -> [String] { values[option] ?? [] }

    package func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// A whole number, within bounds.
    package func integer(_ option: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = self[option] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError(
                "\(option) takes a number from \(range.lowerBound) to \(range.upperBound), not `\(text)`")
        }
        return number
    }

    /// The values of an option that takes names with values: `region=eu` with the separator `=`.
    package func pairs(_ option: String, separator: Character = "=") throws(UsageError) -> [(String, String)]
    {
        var pairs: [(String, String)] = []
        for text in all(option) {
            guard let place = text.firstIndex(of: separator), place > text.startIndex else {
                throw UsageError("\(option) takes NAME\(separator)VALUE, not `\(text)`")
            }
            pairs.append((String(text[..<place]), String(text[text.index(after: place)...])))
        }
        return pairs
    }

    /// Two flags that exclude each other.
    package func refuse(_ flag: String, with other: String) throws(UsageError) {
        if has(flag), has(other) { throw UsageError("\(flag) and \(other) exclude each other") }
    }
}

extension Arguments {
    /// Reads the words after a command's own. Options may stand before, between and after arguments; `--` ends them.
    package init(reading words: [String], for command: Command) throws(UsageError) {
        if command.takesWordsAsTheyAre {
            positional = words
            return
        }
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                positional += rest
                break
            }
            if word.hasPrefix("-"), word != "-" {
                try read(word, &rest, command)
            } else {
                positional.append(word)
            }
        }
        guard command.argumentCount.contains(positional.count) else {
            let isMissing = positional.count < command.argumentCount.lowerBound
            throw UsageError(
                "\(isMissing ? "something is missing" : "too much was given").\nUsage: \(command.usage)")
        }
    }

    private mutating func read(_ word: String, _ rest: inout ArraySlice<String>, _ command: Command)
        throws(UsageError)
    {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        let name = parts.first ?? word
        guard let option = command.options.first(where: { $0.name == name || $0.short == name }) else {
            throw UsageError(unknown: name, among: command.options.map(\.name))
        }
        if option.value == nil {
            guard parts.count == 1 else { throw UsageError("\(option.name) takes no value") }
            flags.insert(option.name)
        } else if parts.count == 2 {
            values[option.name, default: []].append(parts[1])
        } else {
            guard let value = rest.popFirst() else { throw UsageError("\(option.name) needs a value") }
            values[option.name, default: []].append(value)
        }
    }
}
