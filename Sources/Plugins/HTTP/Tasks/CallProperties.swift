import ApusModel
import ApusSchema

/// What every task takes that calls a server.
///
/// Source: core plugin, HTTP tasks.
struct CallProperties: PropertyGroup {
    @Property("The URL.")
    var uri: String
    @Property("The method, such as `POST`.")
    var method: String = "GET"
    @Property("The body: text, or a value that is sent as JSON.")
    var body: Value?
    @Property(
        "Fields of a form, sent urlencoded or, by `contentType`, as multipart/form-data. Values that are "
            + "`kestra://` URIs are files; `{name, content}` gives a file its name.")
    var formData: Value?
    @Property("Query parameters to add to the URL; a list repeats its name.")
    var params: Value?
    @Property("The type of the body.")
    var contentType: String = "application/json"
    @Property("Headers by name.")
    var headers: OrderedMap<Value> = [:]
    @Property("How the call is made.")
    var options: HTTPOptions?
    @Property("Former place of `options.allowFailed`.")
    var allowFailed: Bool?
    @Property("Former place of `options.ssl`.")
    var sslOptions: HTTPSSL?

    /// The options with those written at the former places.
    var effectiveOptions: HTTPOptions {
        var effective = options ?? HTTPOptions()
        if let allowFailed { effective.allowFailed = effective.allowFailed || allowFailed }
        if let sslOptions, effective.ssl == nil { effective.ssl = sslOptions }
        return effective
    }
}
