/// Shell scripts that complete the words of the command line, made from the commands themselves.
package enum Completion {
    package static let shells = ["bash", "zsh", "fish"]

    /// `nil` for a shell that is not known.
    package static func script(for shell: String, _ tree: CommandTree) -> String? {
        switch shell {
        case "bash": bash(tree)
        case "zsh": "autoload -U +X bashcompinit && bashcompinit\n" + bash(tree)
        case "fish": fish(tree)
        default: nil
        }
    }

    private static func bash(_ tree: CommandTree) -> String {
        var cases = ""
        for command in tree.commands {
            let names = command.options.map(\.name).joined(separator: " ")
            cases += "    \"\(command.name) \"*) options=\"\(names)\" ;;\n"
        }
        for group in groups(tree) {
            cases += "    \"\(group.name) \") words=\"\(group.words.joined(separator: " "))\" ;;\n"
        }
        cases +=
            "    \"\") words=\"\(unique(tree.commands.compactMap(\.path.first)).joined(separator: " "))\" ;;\n"
        return """
            _apus() {
              local line="" current="${COMP_WORDS[COMP_CWORD]}" words="" options="" place
              for ((place = 1; place < COMP_CWORD; place++)); do line+="${COMP_WORDS[place]} "; done
              case "$line" in
            \(cases)  esac
              if [[ $current == -* ]]; then words="$options"; fi
              COMPREPLY=($(compgen -W "$words" -- "$current"))
            }
            complete -o default -F _apus apus

            """
    }

    private static func fish(_ tree: CommandTree) -> String {
        var text = ""
        for name in unique(tree.commands.compactMap(\.path.first)) {
            let summary = tree.commands.first { $0.path == [name] }?.summary
            text += "complete -c apus -f -n __fish_use_subcommand -a \(name)\(description(summary))\n"
        }
        for command in tree.commands {
            guard let last = command.path.last, let first = command.path.first else { continue }
            var seen = "__fish_seen_subcommand_from \(first)"
            if command.path.count > 1 {
                text += "complete -c apus -f -n '\(seen)' -a \(last)\(description(command.summary))\n"
                seen += "; and __fish_seen_subcommand_from \(last)"
            }
            for option in command.options {
                let takes = option.value == nil ? "" : " -r"
                let name = String(option.name.drop { $0 == "-" })
                text += "complete -c apus -n '\(seen)' -l \(name)\(takes)\(description(option.help))\n"
            }
        }
        return text
    }

    private static func description(_ text: String?) -> String {
        guard let text else { return "" }
        let quoted = text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return " -d '\(quoted)'"
    }

    private static func groups(_ tree: CommandTree) -> [(name: String, words: [String])] {
        unique(tree.commands.filter { $0.path.count > 1 }.compactMap(\.path.first)).map { name in
            (name, tree.commands.filter { $0.path.first == name }.compactMap { $0.path.dropFirst().first })
        }
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
