import ApusModel
import ApusPlugin
import ApusSchema

/// What the function `http()` is called with.
struct HTTPFunctionArguments: PropertyGroup {
    @Property("The URL.")
    var uri: String
    @Property("The method.")
    var method: String = "GET"
    @Property("Query parameters to add to the URL.")
    var query: Value?
    @Property("Text, or a value that is sent in the form of `contentType`.")
    var body: Value?
    @Property("The type of the body.")
    var contentType: String = "application/json"
    @Property("Headers by name.")
    var headers: OrderedMap<Value> = [:]
    @Property("How the call is made.")
    var options: HTTPOptions?
    @Property("The types of answers that are understood.")
    var accept: String = "application/json"

    init() {}

    /// - Throws: `TaskFailure` that tells everything that does not fit.
    init(checking arguments: OrderedMap<Value>) throws(TaskFailure) {
        if case .object(let known) = ValueType.of(HTTPOptions.self) {
            for name in arguments["options"]?.mapValue?.keys ?? []
            where !known.contains(where: { $0.name == name }) {
                throw TaskFailure("`options` has no property `\(name)`")
            }
        }
        do {
            self = try decode(Self.self, from: arguments)
        } catch {
            throw TaskFailure(error.description)
        }
    }

    func call() throws(TaskFailure) -> HTTPCall {
        var call = HTTPCall(method: method.uppercased(), url: try QueryText.append(query, to: uri))
        try options?.apply(to: &call)
        call.acceptsCompression = true
        call.add(headers)
        call.addUnlessGiven("Accept", accept)
        if let body, !body.isNull {
            let isForm = contentType.lowercased().hasPrefix("application/x-www-form-urlencoded")
            let text = isForm ? body.mapValue.map(QueryText.pairs) ?? body.formText : body.formText
            call.body = .bytes(try Charset(options?.defaultCharset ?? "UTF-8").bytes(of: text))
            call.addUnlessGiven("Content-Type", contentType)
        }
        do throws(HTTPCallError) { try call.check() } catch { throw TaskFailure(error.message) }
        return call
    }

    /// A status that is no failure although it is not 2xx.
    func allows(_ status: Int) -> Bool {
        guard let options else { return false }
        return options.allowFailed || options.allowedResponseCodes.contains(status)
    }
}
