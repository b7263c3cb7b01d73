import ApusExpressions
import ApusModel

/// The properties every task has.
struct CommonProperties {
    /// Handled here, and not the business of the task's type.
    static let names = [
        "id", "type", "description", "retry", "timeout", "disabled", "runIf", "when", "allowFailure",
        "allowWarning", "logLevel", "logToFile", "taskCache", "workerGroup", "workerSelector", "assets",
        "version",
        "pluginDefaultsRef",
    ]

    var id: String
    var retry: RetryPolicy?
    var timeout: Template?
    var runIf: Template?
    var isDisabled: Bool
    var allowFailure: Bool
    var allowWarning: Bool
    var logLevel: LogLevel?
    var logsToFile: Bool
    var cache: TaskCachePolicy?
    var faults: [Fault] = []

    init(_ reader: inout PropertyReader) {
        id = reader.text("id") ?? ""
        let letters = id.unicodeScalars
        let isValid =
            letters.first?.isLetterOrDigit == true
            && letters.allSatisfy { $0.isLetterOrDigit || $0 == "_" || $0 == "-" } && id.utf8.count <= 256
        if id.isEmpty {
            reader.fault("must not be null", at: "id", remedy: "give the task an `id`")
        } else if !isValid {
            reader.fault(
                "`\(id)` is not a valid task id: letters, digits, `_` and `-`, beginning with a letter or digit, at most 256 characters",
                at: "id")
        }
        timeout = reader.durationTemplate("timeout")
        runIf = reader.template(reader.given("runIf") == nil ? "when" : "runIf")
        isDisabled = reader.flag("disabled")
        allowFailure = reader.flag("allowFailure")
        allowWarning = reader.flag("allowWarning")
        logLevel = reader.choice("logLevel", LogLevel.self)
        cache = TaskCachePolicy(
            reader.given("taskCache"), at: reader.path.key("taskCache"), positions: reader.positions,
            edition: reader.edition, faults: &faults)
        WorkerChoice.check(&reader)
        if reader.given("assets") != nil {
            reader.fault(
                "assets belong to Kestra's enterprise edition and are not kept here", at: "assets",
                remedy: "remove `assets`")
        }
        if let version = reader.text("version") {
            let place = reader.path.key("version")
            faults.append(
                Fault(
                    .warning,
                    "this server has one version of each plugin; version `\(version)` is not looked for",
                    at: place, position: reader.positions.position(of: place)))
        }
        logsToFile = reader.flag("logToFile")
        retry = RetryPolicy(
            reader.given("retry"), at: reader.path.key("retry"), positions: reader.positions,
            edition: reader.edition, faults: &faults)
    }
}
