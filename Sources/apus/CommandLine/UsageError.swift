import ApusModel

/// The command line was not understood; the message says what would be.
struct UsageError: Error {
    var message: String

    init(_ message: String) { self.message = message }

    init(unknown name: String, among known: [String]) {
        message = "unknown option `\(name)`"
        if let nearest = NearestName.of(name, among: known) { message += "; did you mean `\(nearest)`?" }
    }
}

/// Exit statuses of the command line.
enum ExitStatus {
    static let success: Int32 = 0
    /// The execution failed, or the server refused.
    static let failed: Int32 = 1
    /// The command line or the flow is not valid.
    static let invalid: Int32 = 2
    /// The execution was killed or cancelled.
    static let killed: Int32 = 3
}
