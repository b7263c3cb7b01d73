import ApusExpressions
import ApusModel
import Testing

@Suite struct FactFunctionTests {
    @Test("functions whose answer comes from outside", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    @Test("what is not loaded is asked for", arguments: requests)
    func missing(template: String, request: FactRequest) {
        #expect(fault(of: template)?.reason == .missingFacts([request]))
    }

    static let requests: [(String, FactRequest)] = [
        ("{{ secret('K') }}", .secret(key: "K", namespace: nil, subkey: nil)),
        ("{{ secret('K', 'a.b', subkey='s') }}", .secret(key: "K", namespace: "a.b", subkey: nil)),
        ("{{ kv('k', 'a.b') }}", .kv(key: "k", namespace: "a.b")),
        ("{{ kv('k') ?? 'd' }}", .kv(key: "k", namespace: nil)),
        ("{{ kv('k', errorOnMissing=false) is defined }}", .kv(key: "k", namespace: nil)),
        ("{{ errorLogs() | default([]) }}", .errorLogs), ("{{ randomPort() }}", .freePort),
        ("{{ read('f.txt') }}", .readFile(path: "f.txt", namespace: nil)),
        ("{{ read('f.txt', 'a.b') }}", .readFile(path: "f.txt", namespace: "a.b")),
        ("{{ fileSize('f') }}", .fileSize(path: "f", namespace: nil)),
        ("{{ isFileEmpty('f') }}", .fileSize(path: "f", namespace: nil)),
        ("{{ fileExists('f') }}", .fileExists(path: "f", namespace: nil)),
        (
            "{{ http('http://h/') }}",
            .http([
                "uri": "http://h/", "method": "GET", "contentType": "application/json",
                "accept": "application/json",
            ])
        ),
    ]

    private static let variables: OrderedMap<Value> = [
        "flow": ["namespace": "a.b"], "nothing": nil, "execution": ["id": "x"],
    ]

    private static let known: Facts = {
        var facts = Facts()
        func secret(_ key: String, _ value: Result<Value?, FactFailure>) {
            facts[.secret(key: key, namespace: nil, subkey: nil)] = value
        }
        secret("K", .success("{\"a\": {\"b\": 1}, \"s\": \"x\", \"n\": 5}"))
        secret("plain", .success("é"))
        secret("FULL", .success(["value": "v", "metadata": ["m": 1]]))
        secret("NONE", .success(nil))
        secret("denied", .failure(FactFailure("not allowed")))
        facts[.kv(key: "k", namespace: nil)] = .success(["a": 1])
        facts[.kv(key: "null", namespace: "c")] = .success(.some(.null))
        facts[.kv(key: "none", namespace: nil)] = .success(nil)
        facts[.kv(key: "none", namespace: "c")] = .success(nil)
        facts[.errorLogs] = .success([["message": "é"]])
        facts[.freePort] = .success(8080)
        let defaults: OrderedMap<Value> = [
            "method": "GET", "contentType": "application/json", "accept": "application/json",
        ]
        func http(_ uri: Value, _ change: OrderedMap<Value>, _ answer: Result<Value?, FactFailure>) {
            var request: OrderedMap<Value> = ["uri": uri]
            for (key, value) in change { request[key] = value }
            for (key, value) in defaults where request[key] == nil { request[key] = value }
            facts[.http(.map(request))] = answer
        }
        http("http://h/", [:], .success(["a": [1]]))
        http("http://h/t", ["method": "POST", "body": ["b": 1], "accept": "text/plain"], .success("text"))
        http("http://h/204", [:], .success(nil))
        http(
            "http://h/x",
            [
                "query": ["q": 1], "contentType": "text/csv", "headers": ["X": "y"],
                "options": ["readTimeout": "PT1S"],
            ],
            .success("é"))
        http("http://h/500", [:], .failure(FactFailure("status 500")))
        return facts
    }()

    static let entries: [Entry] = [
        Entry(
            "errorLogs",
            [
                ("{{ errorLogs()[0].message }}", "é"), ("{{ errorLogs() | length }}", "1"),
                ("{{ errorLogs() is iterable }}", "true"),
            ],
            refuses: [No("{{ errorLogs(1) }}", "takes 0 arguments")], variables: variables, facts: known),
        Entry(
            "http",
            [
                ("{{ http('http://h/').a[0] }}", "1"),
                ("{{ http(uri='http://h/t', method='post', body={'b': 1}, accept='text/plain') }}", "text"),
                (
                    "{{ http('http://h/x', query={'q': 1}, contentType='text/csv', headers={'X': 'y'},\n"
                        + "options={'readTimeout': 'PT1S'}) }}", "é"
                ),
                ("{{ http('http://h/204') is null }}", "true"),
            ],
            refuses: [
                No("{{ http() }}", "needs the argument `uri`"),
                No("{{ http('http://h/500') }}", "status 500"),
                No("{{ http('http://h/', 5) }}", "takes text, found integer"),
                No("{{ http('http://h/', verb='GET') }}", "has no argument `verb`"),
                No("{{ http(null) }}", "is null"),
            ], variables: variables, facts: known),
        Entry(
            "kv",
            [
                ("{{ kv('k').a + 1 }}", "2"), ("{{ kv(key='k', namespace=null).a }}", "1"),
                ("{{ kv('none', errorOnMissing=false) is null }}", "true"),
                ("{{ kv('null', 'c') is null }}", "true"),
            ],
            refuses: [
                No("{{ kv('none') }}", "The key 'none' does not exist in the namespace 'a.b'."),
                No("{{ kv('none', 'c') }}", "The key 'none' does not exist in the namespace 'c'."),
                No("{{ kv('none', errorOnMissing='x') }}", "takes a boolean, found text"),
                No("{{ kv() }}", "needs the argument `key`"), No("{{ kv(1) }}", "takes text, found integer"),
            ], variables: variables, facts: known),
        Entry(
            "randomPort",
            [
                ("{{ randomPort() }}", "8080"), ("{{ randomPort() + 1 }}", "8081"),
                ("{{ randomPort() | className }}", "java.lang.Integer"),
            ],
            refuses: [No("{{ randomPort(80) }}", "takes 0 arguments")], variables: variables, facts: known),
        Entry(
            "secret",
            [
                ("{{ secret('plain') }}", "é"),
                ("{{ secret('K', subkey='s') }}{{ secret('K', subkey='n') }}", "x5"),
                ("{{ secret(key='K', subkey='a') }}", "{\"b\":1}"),
                ("{{ secret('plain', namespace=null, subkey='') }}", "é"),
                ("{{ secret('plain', full=true) }}", "{\"value\":\"é\"}"),
                ("{{ secret('FULL', full=true).metadata.m }}", "1"),
            ],
            refuses: [
                No("{{ secret('NONE') }}", "the secret `NONE` does not exist"),
                No("{{ secret('K', subkey='z') }}", "the secret `K` has no sub-key `z`"),
                No("{{ secret('plain', subkey='z') }}", "the secret `plain` has no sub-key `z`"),
                No("{{ secret('K', subkey='s', full=true) }}", "`full` cannot be combined with `subkey`"),
                No("{{ secret('denied') }}", "the function `secret`: not allowed"),
                No("{{ secret() }}", "needs the argument `key`"), No("{{ secret(nothing) }}", "is null"),
            ], variables: variables, facts: known),
    ]
}
