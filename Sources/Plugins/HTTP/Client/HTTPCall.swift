/// A request to another server, complete: nothing in it is rendered or looked up any more.
struct HTTPCall: Sendable, Hashable {
    enum Body: Sendable, Hashable {
        case none
        case bytes([UInt8])
        case multipart([Part])
    }

    struct Part: Sendable, Hashable {
        enum Content: Sendable, Hashable {
            case text(String)
            /// A local file, read while it is sent.
            case file(path: String)
        }

        var name: String
        var filename: String?
        var content: Content
    }

    enum Credentials: Sendable, Hashable {
        case basic(user: String, password: String)
        case digest(user: String, password: String)
        case bearer(String)
    }

    struct Proxy: Sendable, Hashable {
        /// With scheme and port: `http://proxy:3128`, `socks5h://proxy:1080`.
        var url: String
        var user: String?
        var password: String?
    }

    /// Uppercase.
    var method: String
    /// `http` or `https`, with the query.
    var url: String
    /// In order; names may repeat.
    var headers: [Header] = []
    var body = Body.none
    var credentials: Credentials?
    var proxy: Proxy?
    var verifiesCertificates = true
    var connectTimeout = Duration.seconds(60)
    /// Without a byte in either direction for so long, the call fails.
    var idleTimeout = Duration.seconds(300)
    /// For everything together, redirects included; `nil` for as long as bytes come.
    var timeLimit: Duration?
    var followsRedirects = true
    /// Whether the reply may come compressed; it is unpacked on arrival.
    var acceptsCompression = false

    struct Header: Sendable, Hashable {
        var name: String
        var value: String
    }
}

/// What another server answered.
struct HTTPReply: Sendable {
    var status: Int
    /// In the order and spelling they came, values of the same name together.
    var headers: [(name: String, values: [String])]
    /// The body when it was asked for in memory.
    var body: [UInt8]
    /// The first bytes of the body, for messages.
    var excerpt: [UInt8]
    /// Bytes of the body.
    var length: Int64

    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.values.first
    }
}

/// Where the body of a reply goes.
enum ReplyDestination: Sendable, Hashable {
    case memory(limitBytes: Int64)
    case file(path: String, limitBytes: Int64)

    var limitBytes: Int64 {
        switch self {
        case .memory(let limit), .file(_, let limit): limit
        }
    }
}

/// Why a call got no answer, in words for users.
struct HTTPCallError: Error, Hashable, Sendable, CustomStringConvertible {
    enum Reason: Hashable, Sendable {
        case invalidCall, noAnswer, timedOut, tooLarge, tooManyRedirects, refusedAddress, disk
    }

    var reason: Reason
    var message: String
    var description: String { message }
}
