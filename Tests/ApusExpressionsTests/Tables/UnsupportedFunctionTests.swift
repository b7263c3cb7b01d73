import ApusExpressions
import Testing

@Suite struct UnsupportedFunctionTests {
    @Test("functions that need what there is not are refused", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    @Test("a call of one is a fault of the template, before anything is rendered", arguments: entries)
    func fault(entry: Entry) throws {
        let template = try Template("{{ t ? 'x' : \(calls[entry.name] ?? "") }}")
        #expect(template.faults.map(\.message).contains { $0.contains("`\(entry.name)` is not supported") })
        #expect(template.calls == [entry.name])
        #expect(try template.render(context()) == "x")
    }

    private let calls = [
        "appLink": "appLink('a')", "credential": "credential('c')", "i18n": "i18n('b', 'k')",
        "parent": "parent()", "subflow": "subflow('a.b', 'c')",
    ]

    static let entries: [Entry] = [
        Entry(
            "appLink", [],
            refuses: [
                No(
                    "{{ appLink('a') }}",
                    "the function `appLink` is not supported: there are no apps to link to"),
                No("{{ appLink(baseUrl=true) ?? 'x' }}", "is not supported"),
                No("{{ appLink(url='x') }}", "has no argument `url`"),
            ]),
        Entry(
            "credential", [],
            refuses: [
                No("{{ credential('c') }}", "the function `credential` is not supported"),
                No("{{ credential('c') | default('x') }}", "is not supported"),
                No("{{ credential() }}", "needs the argument `name`"),
            ]),
        Entry("i18n", [], refuses: [No("{{ i18n('b', 'k') }}", "the function `i18n` is not supported")]),
        Entry("parent", [], refuses: [No("{{ parent() }}", "the tag `extends` is not available")]),
        Entry(
            "subflow", [],
            refuses: [
                No(
                    "{{ subflow('a.b', 'c').outputs }}",
                    "use a task of type io.kestra.plugin.core.flow.Subflow"),
                No("{{ subflow(namespace='a', id='b', timeout='PT1M') is defined }}", "is not supported"),
                No("{{ subflow('a') }}", "needs the argument `id`"),
            ]),
    ]
}
