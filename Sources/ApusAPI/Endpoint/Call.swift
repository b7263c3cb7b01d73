public import ApusHTTP
import ApusModel

/// A request on its way through an endpoint, with what the endpoint may use.
public struct Call: Sendable {
    public let request: Request
    public let services: APIServices

    init(request: Request, services: APIServices) {
        self.request = request
        self.services = services
    }

    var now: Timestamp { services.now() }

    /// A part of the path that the pattern names.
    func path(_ name: String) -> String { request.parameters[name] ?? "" }

    /// A query value; empty text counts as absent.
    func text(_ name: String) -> String? {
        guard let text = request.queryValue(name), !text.isEmpty else { return nil }
        return text
    }

    /// `true` or `false` in any case; an error 422 for anything else.
    func flag(_ name: String, default fallback: Bool) throws(APIError) -> Bool {
        guard let text = text(name) else { return fallback }
        switch text.lowercased() {
        case "true": return true
        case "false": return false
        default: throw .illegalArgument("`\(name)` must be true or false, found `\(text)`")
        }
    }

    /// A whole number; an error 422 for anything else.
    func integer(_ name: String) throws(APIError) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text) else {
            throw .illegalArgument("`\(name)` must be a whole number, found `\(text)`")
        }
        return number
    }

    /// An instant with its zone; an error 422 for anything else.
    func date(_ name: String) throws(APIError) -> Timestamp? {
        try text(name).map { text throws(APIError) in try DateText.parse(text, name: name) }
    }

    /// A JSON list of ids in the body.
    func bodyIDs() throws -> [String] { try Self.ids(in: try request.json()) }

    /// A list of ids; an error 422 for anything else.
    static func ids(in list: Value) throws(APIError) -> [String] {
        guard case .list(let items) = list, items.count <= Paging.maxSize else {
            throw .illegalArgument("the ids must be a JSON list, at most \(Paging.maxSize)")
        }
        return try items.map { item throws(APIError) in
            guard let id = item.stringValue else {
                throw .illegalArgument("the ids must be a JSON list of texts, found a \(item.kind) in it")
            }
            return id
        }
    }
}

/// Instants in queries.
enum DateText {
    static func parse(_ text: String, name: String) throws(APIError) -> Timestamp {
        // In a query that was not encoded, the plus of a zone arrives as a space.
        guard let date = Timestamp(iso: text.replacing(" ", with: "+")) else {
            throw .illegalArgument("`\(name)` must be a date with time and zone, found `\(text)`")
        }
        return date
    }
}
