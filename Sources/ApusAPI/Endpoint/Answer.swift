import ApusHTTP
import ApusModel

extension Response {
    /// JSON that has been written already.
    static func json(bytes: [UInt8], status: Int = 200) -> Response {
        Response(status: status, headers: ["Content-Type": "application/json"], body: .bytes(bytes))
    }

    /// `{"count": n}`, the answer of bulk calls.
    static func count(_ count: Int) -> Response { .json(["count": .int(Int64(count))]) }

    static func refusal(_ error: APIError, href: String) -> Response {
        var response = Response.json(bytes: error.body(href: href), status: error.status)
        for (name, value) in error.headers { response.headers.append(name, value) }
        return response
    }
}
