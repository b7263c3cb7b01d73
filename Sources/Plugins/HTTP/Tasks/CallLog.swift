import ApusPlugin

/// Logs the parts of a call a user asked for, without what proves who is calling.
struct CallLog {
    private static let bodyCharacters = 10_000

    let parts: Set<HTTPLog>
    let context: TaskContext

    func request(_ call: HTTPCall) {
        context.log("\(call.method) \(call.shownURL)", at: .debug)
        if !call.verifiesCertificates {
            context.log("Any certificate is accepted (insecureTrustAllCertificates)", at: .warn)
        }
        if parts.contains(.REQUEST_HEADERS) {
            for header in call.headers {
                context.log("> \(header.name): \(header.isSensitive ? "******" : header.value)")
            }
        }
        guard parts.contains(.REQUEST_BODY) else { return }
        switch call.body {
        case .none: break
        case .bytes(let bytes): context.log("> \(Self.text(bytes))")
        case .multipart(let parts): context.log("> form with \(parts.map(\.name).joined(separator: ", "))")
        }
    }

    func response(_ reply: HTTPReply) {
        if parts.contains(.RESPONSE_HEADERS) {
            context.log("< \(reply.status)")
            for header in reply.headers {
                let isSensitive = HTTPCall.Header(name: header.name, value: "").isSensitive
                for value in header.values {
                    context.log("< \(header.name): \(isSensitive ? "******" : value)")
                }
            }
        }
        if parts.contains(.RESPONSE_BODY) { context.log("< \(Self.text(reply.excerpt))") }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(bodyCharacters), as: UTF8.self)
    }
}
