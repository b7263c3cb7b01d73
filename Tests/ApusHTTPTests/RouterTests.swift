import Testing

@testable import ApusHTTP

@Suite struct RouterTests {
    static let router: Router = {
        var router = Router()
        for (method, pattern) in [
            ("GET", "/"), ("GET", "/flows/search"), ("GET", "/flows/{namespace}"), ("DELETE", "/flows/{id}"),
            ("POST", "/flows/{namespace}/{id}"), ("PUT", "/flows/{namespace}/{id}"), ("GET", "/ui/{path*}"),
            ("GET", "/ui/login"),
        ] {
            router.add(method, pattern) { _ in .text(pattern) }
        }
        return router
    }()

    @Test(
        "the most literal route that has the method answers",
        arguments: [
            ("GET", [], "/"),
            ("GET", ["flows", "search"], "/flows/search"),
            ("GET", ["flows", "a.b"], "/flows/{namespace}"),
            ("HEAD", ["flows", "a.b"], "/flows/{namespace}"),
            ("DELETE", ["flows", "search"], "/flows/{id}"),
            ("POST", ["flows", "search", "x"], "/flows/{namespace}/{id}"),
            ("GET", ["ui"], "/ui/{path*}"),
            ("GET", ["ui", ""], "/ui/{path*}"),
            ("GET", ["ui", "login"], "/ui/login"),
            ("GET", ["ui", "login", "x"], "/ui/{path*}"),
        ])
    func matches(method: String, segments: [String], pattern: String) {
        guard case .found(let route, _) = Self.router.match(method: method, segments: segments) else {
            Issue.record("no route")
            return
        }
        #expect(route.pattern == pattern)
    }

    @Test(
        "parameters carry the names of the route that answers",
        arguments: [
            ("DELETE", ["flows", "x"], ["id": "x"]),
            ("GET", ["flows", "x"], ["namespace": "x"]),
            ("GET", ["ui", "a", "b.js"], ["path": "a/b.js"]),
            ("GET", ["ui"], ["path": ""]),
        ])
    func parameters(method: String, segments: [String], expected: [String: String]) {
        guard case .found(_, let parameters) = Self.router.match(method: method, segments: segments) else {
            Issue.record("no route")
            return
        }
        #expect(parameters == expected)
    }

    @Test(
        "a known path with another method says which would do",
        arguments: [
            ("PATCH", ["flows", "x"], ["DELETE", "GET", "HEAD"]),
            ("GET", ["flows", "x", "y"], ["POST", "PUT"]),
        ])
    func wrongMethod(method: String, segments: [String], allowed: [String]) {
        guard case .wrongMethod(let found) = Self.router.match(method: method, segments: segments) else {
            Issue.record("expected a wrong method")
            return
        }
        #expect(found == allowed)
    }

    @Test(
        "an empty segment is no parameter",
        arguments: [["flows", ""], ["", "flows"], ["flows", "a", "b", "c"]])
    func unknown(segments: [String]) {
        guard case .unknown = Self.router.match(method: "GET", segments: segments) else {
            Issue.record("expected no route")
            return
        }
    }
}
