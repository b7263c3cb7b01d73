import ApusModel
import Foundation

/// `apus render [--edition N] [--explain] --context FILE TEMPLATE`: renders a template with the variables of a JSON
/// file.
///
/// The text goes to standard output as it is, faults to standard error with exit status 1. Members of the
/// context may be typed: `{"@type": "instant", "@value": "…"}`. Secrets come from the environment, base64 in
/// `SECRET_NAME`. `--explain` prints each step of the evaluation before the text, and `******` for secrets.
public enum RenderCommand {
    public static func run(arguments: [String]) -> Int32 {
        do {
            let options = try Options(arguments)
            guard options.explains else {
                FileHandle.standardOutput.write(Data(try render(options).utf8))
                return 0
            }
            let explanation = try explain(options)
            FileHandle.standardOutput.write(Data(explanation.text.utf8))
            FileHandle.standardOutput.write(Data("\n\(try explanation.result.get())\n".utf8))
            return 0
        } catch {
            FileHandle.standardError.write(Data("\(message(of: error))\n".utf8))
            return error is UsageError ? 2 : 1
        }
    }

    private static func message(of error: any Error) -> String {
        switch error {
        case let error as ExpressionError: error.description
        case let error as UsageError: error.message
        case let error as JSONError: "the context is not JSON: \(error)"
        default: "\(error.localizedDescription)"
        }
    }

    private static func render(_ options: Options) throws -> String {
        let template = try Template(options.template, edition: options.edition)
        return try withFacts(options) { context throws(ExpressionError) in try template.render(context) }
    }

    private static func explain(_ options: Options) throws -> Explanation {
        let template = try Template(options.template, edition: options.edition)
        return try withFacts(options) { context throws(ExpressionError) in try template.explain(context) }
    }

    /// Evaluates, and again with the facts that were missing.
    private static func withFacts<Answer>(
        _ options: Options, _ evaluate: (RenderContext) throws(ExpressionError) -> Answer
    ) throws -> Answer {
        let now = Timestamp(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
        var context = RenderContext(
            variables: Variables(try options.variables()), now: now, seed: .random(in: 0...(.max)),
            edition: options.edition, timeZone: TimeZone.current.identifier)
        context.masksSecrets = options.explains
        while true {
            do throws(ExpressionError) {
                return try evaluate(context)
            } catch {
                guard case .missingFacts(let requests) = error.reason else { throw error }
                for request in requests { context.facts[request] = LocalFacts.load(request) }
            }
        }
    }
}

private struct UsageError: Error {
    var message: String
}

/// What was asked for on the command line.
private struct Options {
    var edition = Edition.one
    var contextFile: String?
    var explains = false
    var template: String

    init(_ arguments: [String]) throws {
        let usage = "usage: apus render [--edition 1|2] [--context FILE] [--explain] TEMPLATE"
        var rest = arguments[...]
        var template: String?
        while let argument = rest.popFirst() {
            switch argument {
            case "--edition":
                guard let edition = rest.popFirst().flatMap({ Int($0) }).flatMap(Edition.init) else {
                    throw UsageError(message: "--edition is 1 or 2\n\(usage)")
                }
                self.edition = edition
            case "--context":
                guard let file = rest.popFirst() else { throw UsageError(message: usage) }
                contextFile = file
            case "--explain": explains = true
            case "--help", "-h": throw UsageError(message: usage)
            default:
                guard template == nil else { throw UsageError(message: "one template only\n\(usage)") }
                template = argument
            }
        }
        guard let template else { throw UsageError(message: usage) }
        self.template = template
    }

    func variables() throws -> OrderedMap<Value> {
        guard let contextFile else { return [:] }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: contextFile)))
        guard case .map(let map) = try JSONParser.parse(bytes) else {
            throw UsageError(message: "the context is a JSON object")
        }
        return try map.mapValues(TypedContext.value)
    }
}

/// Values that JSON has no word for, as the context file writes them.
enum TypedContext {
    static func value(_ value: Value) throws -> Value {
        switch value {
        case .list(let items): return .list(try items.map(TypedContext.value))
        case .map(let entries):
            guard let type = entries["@type"]?.stringValue, let content = entries["@value"],
                entries.count == 2
            else { return .map(try entries.mapValues(TypedContext.value)) }
            guard let typed = Self.typed(type, content) else {
                throw UsageError(message: "cannot read \(content.json) as \(type)")
            }
            return .extended(typed)
        case .null, .bool, .int, .double, .string, .extended: return value
        }
    }

    private static func typed(_ type: String, _ content: Value) -> Extended? {
        let text = content.printed
        switch type {
        case "zoned-datetime": return ZonedDateTime(iso: text).map { .zonedDateTime($0) }
        case "instant": return Timestamp(iso: text).map { .instant($0) }
        case "local-datetime": return LocalDateTime(iso: text).map { .localDateTime($0) }
        case "local-date": return LocalDate(iso: text).map { .localDate($0) }
        case "duration": return ISODuration(iso: text).map { .duration($0) }
        case "float32": return Float(text).map { .float($0) }
        default: return nil
        }
    }
}
