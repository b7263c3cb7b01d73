/// A request to a server.
struct Request: Sendable {
    enum Body: Sendable {
        case none
        case bytes([UInt8], contentType: String)
        case form([Field])
    }

    /// A part of a form.
    enum Field: Sendable {
        case text(name: String, value: String)
        /// The content of a file, sent under its own name.
        case file(name: String, path: String)
    }

    var method: String
    var url: String
    /// `user:password`
    var credentials: String?
    var accept = "application/json"
    /// Further headers. A value with a line break is left out.
    var headers: [(name: String, value: String)] = []
    var body = Body.none
}

/// What a server answered.
struct Answer: Sendable {
    var status: Int
    var body: [UInt8]

    var isSuccess: Bool { (200..<300).contains(status) }
}

/// The server could not be reached, or went away before its answer was complete.
struct ConnectionFailure: Error {
    var message: String
}
