/// Finds the route of a request: the table of everything a server answers.
///
/// Literal segments win over parameters, parameters over a trailing rest; a route of the wrong method does not
/// hide a less literal one of the right method.
public struct Router: Sendable {
    /// Decides before a body is read whether a request may go on: throws an `HTTPError` to refuse, or sets the
    /// request's identity. It is asked for unknown routes too (`nil`), so that strangers cannot learn what exists.
    public typealias Gate = @Sendable (inout Request, Route?) async throws -> Void

    /// Everything that is answered, in the order it was added.
    public private(set) var routes: [Route] = []
    public var gate: Gate?
    private var root = RouteNode()

    public init(gate: Gate? = nil) {
        self.gate = gate
    }

    /// - Precondition: no route of the same method matches the same paths, and `{name*}` stands last.
    public mutating func add(_ route: Route) {
        let steps = route.steps
        precondition(
            !steps.dropLast().contains { if case .rest = $0 { true } else { false } },
            "\(route.pattern): a rest must be the last segment")
        root.insert(routes.count, method: route.method, steps: steps[...], pattern: route.pattern)
        routes.append(route)
    }

    public mutating func add(
        _ method: String, _ pattern: String, isOpen: Bool = false, admission: Route.Admission? = nil,
        handler: @escaping Route.Handler
    ) {
        add(Route(method, pattern, isOpen: isOpen, admission: admission, handler: handler))
    }

    /// Lets a request pass or throws: the gate first, then the route itself. Asked once, before the body is read.
    ///
    /// - Parameter route: `nil` when no route fits.
    public func admit(_ request: inout Request, to route: Route?) async throws {
        try await gate?(&request, route)
        try await route?.admission?(&request)
    }

    /// Whether somebody has to be asked about a request.
    func hasAdmission(to route: Route?) -> Bool { gate != nil || route?.admission != nil }

    /// What the table says about a request.
    public enum Match: Sendable {
        case found(Route, parameters: [String: String])
        case wrongMethod(allowed: [String])
        case unknown
    }

    /// - Parameter segments: The decoded parts of the path.
    public func match(method: String, segments: [String]) -> Match {
        var allowed: Set<String> = []
        var position = root.find(segments[...], method: method, allowed: &allowed)
        if position == nil, method == "HEAD" {
            position = root.find(segments[...], method: "GET", allowed: &allowed)
        }
        if let position {
            let route = routes[position]
            return .found(route, parameters: parameters(of: route, segments))
        }
        if allowed.isEmpty { return .unknown }
        if allowed.contains("GET") { allowed.insert("HEAD") }
        return .wrongMethod(allowed: allowed.sorted())
    }

    private func parameters(of route: Route, _ segments: [String]) -> [String: String] {
        var parameters: [String: String] = [:]
        for (place, step) in route.steps.enumerated() {
            switch step {
            case .literal: break
            case .parameter(let name): parameters[name] = segments[place]
            case .rest(let name): parameters[name] = segments.dropFirst(place).joined(separator: "/")
            }
        }
        return parameters
    }
}
