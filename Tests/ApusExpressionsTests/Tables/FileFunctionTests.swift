import ApusExpressions
import ApusModel
import Testing

@Suite struct FileFunctionTests {
    @Test("functions on files", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    private static let variables: OrderedMap<Value> = ["flow": ["namespace": "a.b"], "nothing": nil]
    private static let stored = "kestra:///a/b/f/executions/x/tasks/t/r/o.ion"

    private static let known: Facts = {
        var facts = Facts()
        facts[.readFile(path: "é.txt", namespace: nil)] = .success("ü\n")
        facts[.readFile(path: "d/f", namespace: "c")] = .success("")
        facts[.readFile(path: "d/f", namespace: nil, revision: 2)] = .success("second")
        facts[.readFile(path: stored, namespace: nil)] = .success(.extended(.bytes([0x31])))
        facts[.readFile(path: "none", namespace: nil)] = .success(nil)
        facts[.readFile(path: "denied", namespace: nil)] = .failure(FactFailure("not allowed"))
        facts[.fileSize(path: "empty", namespace: nil)] = .success(0)
        facts[.fileSize(path: "f", namespace: nil)] = .success(5_000_000_000)
        facts[.fileSize(path: stored, namespace: nil)] = .success(7)
        facts[.fileSize(path: "none", namespace: nil)] = .success(nil)
        facts[.fileExists(path: "f", namespace: nil)] = .success(true)
        facts[.fileExists(path: "none", namespace: "c")] = .success(nil)
        facts[.fileExists(path: "nsfile:///f", namespace: nil)] = .success(false)
        facts[.fileExists(path: "denied", namespace: nil)] = .failure(FactFailure("not allowed"))
        return facts
    }()

    /// What every one of the functions refuses.
    private static func refused(_ name: String) -> [No] {
        [
            No("{{ \(name)() }}", "needs the argument `path`"), No("{{ \(name)(nothing) }}", "is null"),
            No("{{ \(name)('') }}", "needs a path"), No("{{ \(name)('../x') }}", "leaves its folder"),
            No("{{ \(name)('a/../../x') }}", "leaves its folder"),
            No("{{ \(name)('a\\b') }}", "leaves its folder"),
            No("{{ \(name)('ftp:///x') }}", "Cannot process the URI ftp:///x: scheme not supported."),
            No("{{ \(name)('nsfile://a/b', 'c') }}", "names a namespace already"),
            No("{{ \(name)('f', 5) }}", "takes text, found integer"),
            No("{{ \(name)('f', folder='x') }}", "has no argument `folder`"),
        ]
    }

    static let entries: [Entry] = [
        Entry(
            "fileExists",
            [
                ("{{ fileExists('f') }}", "true"), ("{{ fileExists(path='none', namespace='c') }}", "false"),
                ("{{ fileExists('nsfile:///f') }}", "false"),
            ],
            refuses: refused("fileExists") + [No("{{ fileExists('denied') }}", "not allowed")],
            variables: variables, facts: known),
        Entry(
            "fileSize",
            [
                ("{{ fileSize('f') }}{{ fileSize('empty') }}", "50000000000"),
                ("{{ fileSize('\(stored)') }}", "7"),
                ("{{ fileSize(path='f', namespace=null) | className }}", "java.lang.Long"),
            ],
            refuses: refused("fileSize") + [No("{{ fileSize('none') }}", "the file `none` does not exist")],
            variables: variables, facts: known),
        Entry(
            "fileURI",
            [
                ("{{ fileURI('a/b.txt', namespace='x.y') }}", "kestra:///x/y/_files/a/b.txt"),
                ("{{ fileURI('/é') }}{{ fileURI(path='x') | length }}", "kestra:///a/b/_files/é22"),
                ("{{ fileURI('nsfile:///a/b') }}", "kestra:///a/b/_files/a/b"),
                ("{{ fileURI('nsfile://c.d/a/b') }}", "kestra:///c/d/_files/a/b"),
                ("{{ fileURI('\(stored)') }}", stored),
            ],
            refuses: refused("fileURI") + [
                No(
                    "{{ fileURI('x', version=1) }}",
                    "the argument `version` of the function `fileURI` is not supported"),
                No("{{ fileURI('file:///etc/x') }}", "is a file of the machine, not of a namespace"),
            ],
            variables: variables, facts: known),
        Entry(
            "fileURI", [],
            refuses: [No("{{ fileURI('x') }}", "needs the argument `namespace` outside a flow")],
            variables: [:]),
        Entry(
            "isFileEmpty",
            [
                ("{{ isFileEmpty('empty') }}{{ isFileEmpty('f') }}", "truefalse"),
                ("{{ isFileEmpty(path='\(stored)') }}", "false"),
                ("{{ isFileEmpty('empty', namespace=null) ? 1 : 2 }}", "1"),
            ],
            refuses: refused("isFileEmpty") + [
                No("{{ isFileEmpty('none') }}", "the file `none` does not exist")
            ],
            variables: variables, facts: known),
        Entry(
            "read",
            [
                ("{{ read('é.txt') }}|", "ü\n|"), ("{{ read(path='d/f', namespace='c') }}|", "|"),
                ("{{ read('d/f', revision=2) }} {{ read('d/f', version=2) }}", "second second"),
                ("{{ read('\(stored)') }}{{ fromIon(read('\(stored)')) + 1 }}", "12"),
            ],
            refuses: refused("read") + [
                No("{{ read('none') }}", "the file `none` does not exist"),
                No("{{ read('denied') }}", "not allowed"),
            ],
            variables: variables, facts: known),
    ]
}
