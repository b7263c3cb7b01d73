import Foundation

extension HTTPCall {
    /// The call a redirect leads to; `nil` when the status is none that is followed.
    ///
    /// What proves who is calling stays with the origin it was meant for: another scheme, host or port gets
    /// neither credentials nor headers that look like them. Source: RFC 9110 section 15.4.
    func redirected(by status: Int, to target: String) -> HTTPCall? {
        guard [301, 302, 303, 307, 308].contains(status) else { return nil }
        var next = self
        next.url = target
        if status == 303 && method != "HEAD" || (status == 301 || status == 302) && method == "POST" {
            next.method = "GET"
            next.body = .none
            next.headers.removeAll { $0.name.lowercased() == "content-type" }
        }
        if origin != next.origin {
            next.credentials = nil
            next.headers.removeAll(where: \.isSensitive)
        }
        return next
    }

    /// Scheme, host and port.
    private var origin: [String?] {
        guard let parts = URLComponents(string: url) else { return [url] }
        let scheme = parts.scheme?.lowercased()
        let port = parts.port ?? (scheme == "https" ? 443 : 80)
        return [scheme, parts.host?.lowercased(), "\(port)"]
    }

    /// The URL without a password, for outputs and messages.
    var shownURL: String {
        guard var parts = URLComponents(string: url), parts.user != nil || parts.password != nil else {
            return url
        }
        parts.user = nil
        parts.password = nil
        return parts.string ?? url
    }
}

extension HTTPCall.Header {
    /// Whether the value may be a proof of identity, judged by the name.
    var isSensitive: Bool {
        let name = name.lowercased()
        return [
            "auth", "cookie", "token", "secret", "password", "api-key", "apikey", "credential", "session",
        ]
        .contains { name.contains($0) }
    }
}
