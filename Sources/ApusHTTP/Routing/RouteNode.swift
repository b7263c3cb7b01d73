/// A node of the tree behind the router; routes are positions in its table.
struct RouteNode: Sendable {
    private var literals: [String: RouteNode] = [:]
    private var parameter: [RouteNode] = []
    private var ends: [String: Int] = [:]
    private var rests: [String: Int] = [:]

    mutating func insert(_ route: Int, method: String, steps: ArraySlice<RouteStep>, pattern: String) {
        switch steps.first {
        case nil:
            precondition(ends[method] == nil, "\(method) \(pattern) is there already")
            ends[method] = route
        case .rest:
            precondition(rests[method] == nil, "\(method) \(pattern) is there already")
            rests[method] = route
        case .literal(let text):
            literals[text, default: RouteNode()]
                .insert(route, method: method, steps: steps.dropFirst(), pattern: pattern)
        case .parameter:
            if parameter.isEmpty { parameter.append(RouteNode()) }
            parameter[0].insert(route, method: method, steps: steps.dropFirst(), pattern: pattern)
        }
    }

    /// The route for the segments that are left; methods other than the wanted one are gathered in `allowed`.
    func find(_ segments: ArraySlice<String>, method: String, allowed: inout Set<String>) -> Int? {
        guard let segment = segments.first else {
            return pick(ends, method, &allowed) ?? pick(rests, method, &allowed)
        }
        let rest = segments.dropFirst()
        if let found = literals[segment]?.find(rest, method: method, allowed: &allowed) { return found }
        if !segment.isEmpty, let found = parameter.first?.find(rest, method: method, allowed: &allowed) {
            return found
        }
        return pick(rests, method, &allowed)
    }

    private func pick(_ routes: [String: Int], _ method: String, _ allowed: inout Set<String>) -> Int? {
        if let route = routes[method] { return route }
        allowed.formUnion(routes.keys)
        return nil
    }
}
