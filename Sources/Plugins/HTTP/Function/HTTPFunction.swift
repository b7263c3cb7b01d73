public import ApusModel
import ApusPlugin
import ApusSchema

/// The function `http()` of expressions: one call to another server, within bounds.
///
/// Source: the documentation of the function `http`.
public struct HTTPFunction: Sendable {
    /// The text of an answer, and what it says its form is.
    public struct Answer: Hashable, Sendable {
        /// Empty for an answer without a body.
        public var text: String
        /// In lower case and without parameters: `application/json`; `nil` when the server names none.
        public var mediaType: String?

        public init(text: String, mediaType: String? = nil) {
            self.text = text
            self.mediaType = mediaType
        }
    }

    /// Of the body of an answer.
    static let maxBodyBytes: Int64 = 10 << 20

    /// How long everything together may take.
    private let timeLimit: Duration
    private let addresses: AddressPolicy

    public init(timeLimit: Duration = .seconds(60)) {
        self.init(timeLimit: timeLimit, addresses: HTTPPlugins.addresses)
    }

    init(timeLimit: Duration, addresses: AddressPolicy) {
        self.timeLimit = timeLimit
        self.addresses = addresses
    }

    /// Sends the call and answers what came back.
    ///
    /// - Parameter arguments: `uri`, `method`, `query`, `body`, `contentType`, `headers`, `options`, `accept`, as the
    ///   function gives them. `options` are those of the HTTP tasks.
    /// - Throws: `TaskFailure` for arguments that do not fit, a server that does not answer within the bounds, and
    ///   a status other than 2xx that the options do not allow; `CancellationError`.
    public func answer(_ arguments: Value) async throws -> Answer {
        let arguments = try HTTPFunctionArguments(checking: arguments.mapValue ?? [:])
        var call = try arguments.call()
        call.timeLimit = timeLimit
        let limit = min(Self.maxBodyBytes, arguments.options?.maxContentLength ?? Self.maxBodyBytes)
        let reply: HTTPReply
        do {
            reply = try await HTTPClient(addresses: addresses).send(
                call, to: .memory(limitBytes: max(1, limit)))
        } catch let error as HTTPCallError {
            throw TaskFailure(error.message)
        }
        guard (200..<300).contains(reply.status) || arguments.allows(reply.status) else {
            throw TaskFailure("\(call.shownURL) answered with the status \(reply.status)")
        }
        let type = reply.header("Content-Type")
        let charset = try Charset(
            contentType: type, fallback: arguments.options?.defaultCharset ?? "UTF-8")
        return Answer(
            text: try charset.text(of: reply.body),
            mediaType: type?.split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() })
    }
}
