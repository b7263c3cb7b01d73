/// Shell scripts that complete the words of the command line, made from the commands themselves.
enum Completion {
    static func script(for shell: String, _ tree: CommandTree) -> String? {
        switch shell {
        case "bash": bash(tree)
        case "zsh": "autoload -U +X bashcompinit && bashcompinit\n" + bash(tree)
        case "fish": fish(tree)
        default: nil
        }
    }

    private static func bash(_ tree: CommandTree) -> String {
        var text = "_apus() {\n  local line=\"${COMP_WORDS[*]:1:COMP_CWORD-1}\" current=\"${COMP_WORDS[COMP_CWORD]}\"\n"
        text += "  case \"$line\" in\n"
        for command in tree.commands {
            let options = command.options.map(\.name).joined(separator: " ")
            text += "    \"\(command.path.joined(separator: " "))\"*) words=\"\(options)\" ;;\n"
        }
        for group in groups(tree) {
            text += "    \"\(group.name)\") words=\"\(group.words.joined(separator: " "))\" ;;\n"
        }
        let first = unique(tree.commands.map { $0.path[0] }).joined(separator: " ")
        text += "    \"\") words=\"\(first)\" ;;\n    *) words=\"\" ;;\n  esac\n"
        return text + "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n}\ncomplete -o default -F _apus apus\n"
    }

    private static func fish(_ tree: CommandTree) -> String {
        var text = "complete -c apus -f\n"
        for name in unique(tree.commands.map { $0.path[0] }) {
            text += "complete -c apus -n __fish_use_subcommand -a \(name)\n"
        }
        for group in groups(tree) {
            text += "complete -c apus -n '__fish_seen_subcommand_from \(group.name)' -a '\(group.words.joined(separator: " "))'\n"
        }
        for command in tree.commands {
            for option in command.options {
                text += "complete -c apus -n '__fish_seen_subcommand_from \(command.path.last ?? "")' -l \(option.name.drop { $0 == "-" }) -F\n"
            }
        }
        return text
    }

    private static func groups(_ tree: CommandTree) -> [(name: String, words: [String])] {
        unique(tree.commands.filter { $0.path.count > 1 }.map { $0.path[0] }).map { name in
            (name, tree.commands.filter { $0.path[0] == name }.compactMap { $0.path.dropFirst().first })
        }
    }

    private static func unique(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}
