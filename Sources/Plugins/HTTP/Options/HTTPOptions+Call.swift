import ApusModel
import ApusPlugin

extension HTTPOptions {
    /// Writes the options into a call.
    func apply(to call: inout HTTPCall) throws(TaskFailure) {
        call.credentials = try credentials()
        call.proxy = try proxyOfCall()
        call.followsRedirects = followRedirects
        if ssl?.insecureTrustAllCertificates == true { call.verifiesCertificates = false }
        if let limit = timeout?.connectTimeout ?? connectTimeout { call.connectTimeout = limit.duration }
        if let limit = timeout?.readIdleTimeout ?? readIdleTimeout ?? readTimeout {
            call.idleTimeout = limit.duration
        }
    }

    /// Whether a status means that the task has failed.
    func isFailure(_ status: Int) -> Bool {
        status >= 400 && !allowFailed && !allowedResponseCodes.contains(status)
    }

    private func credentials() throws(TaskFailure) -> HTTPCall.Credentials? {
        guard let auth else {
            guard let basicAuthUser else { return nil }
            return .basic(user: basicAuthUser, password: basicAuthPassword ?? "")
        }
        switch auth.type {
        case .BASIC, .DIGEST:
            guard let user = auth.username else {
                throw TaskFailure("`options.auth.username` is missing")
            }
            let password = auth.password ?? ""
            return auth.type == .BASIC
                ? .basic(user: user, password: password) : .digest(user: user, password: password)
        case .BEARER:
            guard let token = auth.token else { throw TaskFailure("`options.auth.token` is missing") }
            guard !token.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw TaskFailure("`options.auth.token` has a line break or control character")
            }
            return .bearer(token)
        }
    }

    private func proxyOfCall() throws(TaskFailure) -> HTTPCall.Proxy? {
        let kind = proxy?.type ?? proxyType ?? .DIRECT
        guard kind != .DIRECT else { return nil }
        guard let address = proxy?.address ?? proxyAddress, let port = proxy?.port ?? proxyPort else {
            throw TaskFailure("A proxy needs `address` and `port`")
        }
        let host = address.contains(":") && !address.hasPrefix("[") ? "[\(address)]" : address
        return HTTPCall.Proxy(
            url: "\(kind == .SOCKS ? "socks5h" : "http")://\(host):\(port)",
            user: proxy?.username ?? proxyUsername, password: proxy?.password ?? proxyPassword)
    }
}

extension ISODuration {
    fileprivate var duration: Duration { .microseconds(microseconds) }
}
