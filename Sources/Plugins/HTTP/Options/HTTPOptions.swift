import ApusModel
import ApusSchema

/// How a call is made and what of its answer counts as success.
struct HTTPOptions: PropertyGroup {
    @Property("How long to wait.")
    var timeout: HTTPTimeout?
    @Property("The proxy to go through.")
    var proxy: HTTPProxy?
    @Property("Who is calling.")
    var auth: HTTPAuth?
    @Property("What is trusted.")
    var ssl: HTTPSSL?
    @Property("Redirects are followed, at most 20.")
    var followRedirects: Bool = true
    @Property("A status of 400 and above is no failure.")
    var allowFailed: Bool = false
    @Property("Statuses of 400 and above that are no failure.")
    var allowedResponseCodes: [Int] = []
    @Property("The charset of request and response texts that do not name theirs.")
    var defaultCharset: String = "UTF-8"
    @Property("What is logged: `REQUEST_HEADERS`, `REQUEST_BODY`, `RESPONSE_HEADERS`, `RESPONSE_BODY`.")
    var logs: [HTTPLog] = []
    @Property("Has no effect: connections are always kept alive by TCP.")
    var enabledTcpExtendedKeepAlive: Bool?

    @Property("Former place of `timeout.connectTimeout`.")
    var connectTimeout: ISODuration?
    @Property("Former place of `timeout.readIdleTimeout`.")
    var readTimeout: ISODuration?
    @Property("Former place of `timeout.readIdleTimeout`.")
    var readIdleTimeout: ISODuration?
    @Property("Has no effect.")
    var connectionPoolIdleTimeout: ISODuration?
    @Property("The largest response body in bytes.")
    var maxContentLength: Int64?
    @Property("Has no effect; see `logs`.")
    var logLevel: String?
    @Property("Former place of `proxy.type`.")
    var proxyType: HTTPProxy.Kind?
    @Property("Former place of `proxy.address`.")
    var proxyAddress: String?
    @Property("Former place of `proxy.port`.")
    var proxyPort: Int?
    @Property("Former place of `proxy.username`.")
    var proxyUsername: String?
    @Property("Former place of `proxy.password`.")
    var proxyPassword: String?
    @Property("Former place of `auth.username`.")
    var basicAuthUser: String?
    @Property("Former place of `auth.password`.")
    var basicAuthPassword: String?
}

/// A part of a call that can be logged.
enum HTTPLog: String, Decodable, CaseIterable, Hashable, Sendable {
    case REQUEST_HEADERS, REQUEST_BODY, RESPONSE_HEADERS, RESPONSE_BODY
}

struct HTTPTimeout: PropertyGroup {
    @Property("Until the connection is there.")
    var connectTimeout: ISODuration?
    @Property("Without data in either direction.")
    var readIdleTimeout: ISODuration = .seconds(300)
}

struct HTTPSSL: PropertyGroup {
    @Property("Any certificate is accepted: whoever is between can read and change everything.")
    var insecureTrustAllCertificates: Bool = false
}

struct HTTPProxy: PropertyGroup {
    enum Kind: String, Decodable, CaseIterable, Hashable, Sendable {
        case DIRECT, HTTP, SOCKS
    }

    @Property("`DIRECT` for none.")
    var type: Kind = .DIRECT
    @Property("Its name or address.")
    var address: String?
    @Property("Its port.")
    var port: Int?
    @Property("User for the proxy.")
    var username: String?
    @Property("Password for the proxy.")
    var password: String?
}

struct HTTPAuth: PropertyGroup {
    enum Kind: String, Decodable, CaseIterable, Hashable, Sendable {
        case BASIC, BEARER, DIGEST
    }

    @Property("`BASIC`, `BEARER` or `DIGEST`.")
    var type: Kind
    @Property("For `BASIC` and `DIGEST`.")
    var username: String?
    @Property("For `BASIC` and `DIGEST`.")
    var password: String?
    @Property("For `BEARER`.")
    var token: String?
}
