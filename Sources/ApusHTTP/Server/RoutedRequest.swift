/// Where a request goes: to a route, or to a refusal known from its head.
struct RoutedRequest: Sendable {
    var route: Route?
    var parameters: [String: String] = [:]
    var refusal: HTTPError?

    init(refusal: HTTPError) { self.refusal = refusal }

    init(_ match: Router.Match) {
        switch match {
        case .found(let route, let parameters):
            self.route = route
            self.parameters = parameters
        case .wrongMethod(let allowed):
            refusal = HTTPError(
                405, "Method Not Allowed: use \(allowed.joined(separator: " or "))",
                headers: ["Allow": allowed.joined(separator: ", ")])
        case .unknown:
            refusal = HTTPError(404, "Not Found")
        }
    }

    func answer(_ request: Request) async throws -> Response {
        if let refusal { throw refusal }
        guard let route else { throw HTTPError(404, "Not Found") }
        return try await route.handler(request)
    }
}
