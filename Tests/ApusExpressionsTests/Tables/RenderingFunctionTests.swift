import ApusExpressions
import ApusModel
import Testing

@Suite struct RenderingFunctionTests {
    @Test("functions that render, and that show what there is to render with", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    @Test(
        "where all texts are rendered recursively there is no `render`", arguments: ["render", "renderOnce"])
    func recursive(name: String) throws {
        let template = try Template("{{ \(name)(third) }}")
        let expected = "the function `\(name)` does not exist where all texts are rendered recursively"
        #expect { try template.render(context(recursive: true)) } throws: {
            ($0 as? ExpressionError)?.message == expected
        }
    }

    private static let loop: OrderedMap<Value> = [
        "first": "{{second}}", "second": "{{first}}", "deep": "{{ render(deep) }}", "n": 5,
    ]

    private static func everything(_ name: String) -> Entry {
        Entry(
            name,
            [
                ("{{ \(name)().n }}{{ \(name)() | className }}", "5java.util.HashMap"),
                ("{% set x = 'é' %}{{ \(name)().x }}{{ \(name)().nothing is null }}", "étrue"),
                ("{{ \(name)() contains 's' }}{{ \(name)() contains 'zz' }}", "truefalse"),
            ],
            refuses: [
                No("{{ \(name)(1) }}", "takes 0 arguments, found 1"),
                No("{{ \(name)().zz }}", "Unable to find `zz`", at: 4 + name.count + 3),
            ])
    }

    static let entries: [Entry] = [
        everything("fetchContext"), everything("printContext"),
        Entry(
            "render",
            [
                ("{{ render(third) }}{{ render(third, recursive=false) }}", "1{{first}}"),
                ("{{ render({'a': [third]}) }}{{ render({'{{ first }}': n}) }}", "{\"a\":[\"1\"]}{\"1\":5}"),
                ("{{ render('{% raw %}{{ x }}{% endraw %}') }}", "{{ x }}"),
                ("{{ render(n) }}{{ render(true) }}{{ render(e) }}{{ render('é {') }}", "5trueé {"),
                ("{{ render(nothing) is null }}{{ render(toRender='{{ nothing }}') is null }}", "truetrue"),
            ],
            refuses: [
                No("{{ render() }}", "needs the argument `toRender`"),
                No("{{ render('{{ missing }}') }}", "Unable to find `missing`", at: 4),
                No("{{ render(s, recursive='x') }}", "takes a boolean, found text"),
                No("{{ render('{{') }}", "expected `}}`", at: 1),
            ]),
        Entry(
            "render", [],
            refuses: [
                No("{{ render(first) }}", "Too many rendering attempts"),
                No("{{ render(deep) }}", "`render()` is called inside itself more than 16 times"),
            ], variables: loop),
        Entry(
            "renderOnce",
            [
                ("{{ renderOnce(third) }}{{ renderOnce('{{ 1 + 1 }}') }}", "{{first}}2"),
                ("{{ renderOnce([third, n, {'k': e}]) }}", "[\"{{first}}\",5,{\"k\":\"\"}]"),
                ("{{ renderOnce(toRender=nothing) is null }}", "true"),
            ],
            refuses: [
                No("{{ renderOnce() }}", "needs the argument `toRender`"),
                No("{{ renderOnce(s, true) }}", "takes 1 argument, found 2"),
            ]),
    ]
}
