import ApusCommandLine

/// A small tree of commands that do nothing.
enum Sample {
    static let run = Command(
        "run", "Runs a flow.", arguments: "FILE", count: 1...1,
        options: [
            .init("--input", "NAME=VALUE", short: "-i", "An input"), .init("--follow", "Prints the log"),
            .init("--json", "Prints JSON"), .init("--port", "PORT", "A port"),
        ]
    ) { _ in 0 }

    static let tree = CommandTree([
        run,
        Command("flow create", "Creates flows.", arguments: "FILE...", count: 1...9) { _ in 0 },
        Command("flow list", "Lists flows.") { _ in 0 },
        Command("render", "Renders a template.", takesWordsAsTheyAre: true) { _ in 0 },
        Command("version", "Prints the version.") { _ in 0 },
    ])
}
