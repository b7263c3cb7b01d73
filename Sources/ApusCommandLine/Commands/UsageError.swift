import ApusModel

/// The command line was not understood; the message says what would be.
package struct UsageError: Error, Hashable {
    package var message: String

    package init(_ message: String) { self.message = message }

    init(unknown name: String, among known: [String]) {
        message = "unknown option `\(name)`"
        if let nearest = NearestName.of(name, among: known) { message += "; did you mean `\(nearest)`?" }
    }
}
