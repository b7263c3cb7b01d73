/// Why a text is no cron expression: where the fault lies, what was found, and what is allowed there.
public struct CronFault: Error, Hashable, Sendable {
    /// The text as it was written; of a long one the beginning.
    public let expression: String
    /// `the hour (field 2) is 25; allowed are 0 to 23`
    public let explanation: String

    init(_ expression: String, _ explanation: String) {
        let start = expression.prefix(200)
        self.expression = start.endIndex == expression.endIndex ? expression : start + "…"
        self.explanation = explanation
    }

    /// `invalid cron expression '0 25 * * *': the hour (field 2) is 25; allowed are 0 to 23`
    public var message: String { "invalid cron expression '\(expression)': \(explanation)" }
}

/// A fault within one field; the reader of the expression says which.
struct CronFieldFault: Error, Hashable {
    /// What was found, as it goes on from "the hour (field 2) ".
    var explanation: String
}
