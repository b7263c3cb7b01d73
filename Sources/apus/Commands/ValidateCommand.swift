import ApusCommandLine
import ApusModel
import ApusServer

/// `apus validate FILE...`: checks flows with the same rules the server has.
enum ValidateCommand {
    static let command = Command(
        "validate", "Checks flow files; `-` reads standard input.", arguments: "FILE...", count: 1...100_000,
        options: [
            .init("--strict", "Expressions that read what cannot be there are errors, not warnings"),
            .init("--verbose", short: "-v", "Also tells what is valid, and its edition"),
        ]
            + Client.options
            + ServerSettings.options,
        run: run)

    private static func run(_ arguments: Arguments) async throws -> Int32 {
        if arguments["--server"] != nil { return try await RemoteValidation(arguments).run(arguments) }
        let sources = try arguments.positional.map { (file: TextFile.label($0), text: try TextFile.read($0)) }
        return try await LocalInstance.with(arguments) { instance in
            var status = ExitStatus.success
            for (file, text) in sources {
                let compilation = instance.flows.validate(
                    text, isStrict: arguments.has("--strict") ? true : nil)
                for fault in compilation.faults { Output.standard.line(FaultText(fault).line(file: file)) }
                if !compilation.errors.isEmpty { status = ExitStatus.invalid }
                guard arguments.has("--verbose") else { continue }
                let verdict = compilation.errors.isEmpty ? "valid" : "not valid"
                let choice = compilation.choice
                Output.standard.line(
                    "\(file): \(verdict), edition \(choice.edition.rawValue) (\(choice.words))")
            }
            return status
        }
    }
}

/// Lets a server check flows.
struct RemoteValidation {
    private let client: Client

    init(_ arguments: Arguments) throws { client = try Client(arguments) }

    func run(_ arguments: Arguments) async throws -> Int32 {
        var status = ExitStatus.success
        for name in arguments.positional {
            let file = TextFile.label(name)
            let body = Request.Body.bytes(
                Array(try TextFile.read(name).utf8), contentType: "application/x-yaml")
            let results = try await client.json(
                "POST", ["flows", "validate"], query: arguments.has("--strict") ? [("strict", "true")] : [],
                body: body, file: file)
            if arguments.has("--json") { Output.standard.line(results.json) }
            for result in results.listValue ?? [] {
                let lines = Self.lines(result, file: file)
                if result["constraints"]?.stringValue != nil { status = ExitStatus.invalid }
                guard !arguments.has("--json") else { continue }
                for line in lines { Output.standard.line(line) }
                guard arguments.has("--verbose") else { continue }
                let verdict = result["constraints"]?.stringValue == nil ? "valid" : "not valid"
                let edition = result["edition"]?.intValue.map { ", edition \($0)" } ?? ""
                let reason = result["editionReason"]?.stringValue.map { " (\($0))" } ?? ""
                Output.standard.line(
                    LogText.printable("\(file): \(verdict)\(edition)\(reason)", keepsLines: false))
            }
        }
        return status
    }

    /// Places where the server gives them, otherwise its messages.
    private static func lines(_ result: Value, file: String) -> [String] {
        if let faults = result["faults"]?.listValue {
            return faults.compactMap(FaultText.init(json:)).map { $0.line(file: file) }
        }
        let errors =
            result["constraints"]?.stringValue?.split(separator: "\n").map { "\(file): error: \($0)" } ?? []
        let warnings =
            result["warnings"]?.listValue?.compactMap(\.stringValue).map { "\(file): warning: \($0)" } ?? []
        return (errors + warnings).map { LogText.printable($0, keepsLines: false) }
    }
}
