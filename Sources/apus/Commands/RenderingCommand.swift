import ApusCommandLine
import ApusExpressions

/// `apus render`: renders a template, for trying out expressions.
enum RenderingCommand {
    static let command = Command(
        "render", "Renders a template with variables from a JSON file.", arguments: "TEMPLATE",
        options: [
            .init("--context", "FILE", "A JSON object; its members are the variables"),
            .init("--edition", "1|2", "The edition of the flow language (1)"),
            .init("--explain", "Prints each step of the evaluation before the text"),
        ], takesWordsAsTheyAre: true
    ) { RenderCommand.run(arguments: $0.positional) }
}
