import Testing

@Suite struct TextFilterTests {
    @Test("filters for texts", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "abbreviate",
            [
                ("{{ s | abbreviate(8) }}", "Hello..."), ("{{ s | abbreviate(length=4) }}", "H..."),
                ("{{ s | abbreviate(11) }}{{ s | abbreviate(99) }}", "Hello WorldHello World"),
                ("{{ s | abbreviate(2) }}|{{ s | abbreviate(0) }}|{{ e | abbreviate(0) }}", "He||"),
                // An emoji counts as two, as `length` counts it, and is not cut apart.
                ("{{ '👍👍👍' | abbreviate(4) }}", "..."), ("{{ '👍👍👍' | abbreviate(5) }}", "👍..."),
                ("{{ (nothing | abbreviate(3)) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | abbreviate }}", "needs the argument `length`"),
                No("{{ s | abbreviate(-1) }}", "cuts to 0 or more, found -1"),
                No("{{ s | abbreviate('8') }}", "takes an integer, found text"),
                No("{{ s | abbreviate(1.5) }}", "takes an integer, found number"),
                No("{{ n | abbreviate(1) }}", "takes text, found integer"),
            ]),
        Entry(
            "capitalize",
            [
                ("{{ 'hello World' | capitalize }}", "Hello World"),
                ("{{ '  élan' | capitalize }}", "  Élan"),
                ("{{ e | capitalize }}|{{ '  ' | capitalize }}|", "|  |"),
                // A letter whose upper case is two letters stays.
                ("{{ 'ßa' | capitalize }}", "ßa"), ("{{ (nothing | capitalize) is null }}", "true"),
            ],
            refuses: [
                No("{{ l | capitalize }}", "takes text, found list"),
                No("{{ s | capitalize(1) }}", "takes 0 arguments, found 1"),
            ]),
        Entry(
            "endsWith",
            [
                ("{{ s | endsWith('World') }}", "true"), ("{{ s | endsWith(value='world') }}", "false"),
                ("{{ s | endsWith('') }}{{ e | endsWith('') }}{{ e | endsWith('x') }}", "truetruefalse"),
                ("{{ n | endsWith(5) }}{{ 'né' | endsWith('é') }}", "truetrue"),
            ],
            refuses: [
                No("{{ nothing | endsWith('a') }}", "takes text, found null"),
                No("{{ s | endsWith }}", "needs the argument `value`"),
                No("{{ s | endsWith(null) }}", "the argument `value` of the filter `endsWith` is null"),
            ]),
        Entry(
            "escapeChar",
            [
                ("{{ \"it's\" | escapeChar('single') }}", "it\\'s"),
                ("{{ 'a \"q\"' | escapeChar(type='double') }}", "a \\\"q\\\""),
                ("{{ \"it's\" | escapeChar('SHELL') }}", "it'\\''s"), ("{{ e | escapeChar('Shell') }}|", "|"),
                (
                    "{{ {'k': [\"it's\", {'j': \"o'o\"}]} | escapeChar('single') }}",
                    "{\"k\":[\"it\\\\'s\",{\"j\":\"o\\\\'o\"}]}"
                ),
                ("{{ [1, true, null] | escapeChar('single') }}", "[\"1\",\"true\",null]"),
                ("{{ (nothing | escapeChar('single')) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | escapeChar('foo') }}", "is `single`, `double` or `shell`, found `foo`"),
                No("{{ s | escapeChar }}", "needs the argument `type`"),
                No("{{ s | escapeChar(1) }}", "takes text, found integer"),
            ]),
        Entry(
            "format",
            [
                ("{{ '%s-%03d|%5.2f|%-3s|%x' | format('a', 7, 3.14159, 'b', 255) }}", "a-007| 3.14|b  |ff"),
                ("{{ 'plain 100%%' | format }}", "plain 100%"), ("{{ '%2$s%1$s' | format('a', 'b') }}", "ba"),
                ("{{ '%s' | format(nothing) }}{{ '%S' | format('é') }}", "nullÉ"),
                ("{{ '%,d|%+d|% d' | format(1234567, 5, 5) }}", "1,234,567|+5| 5"),
                ("{{ (nothing | format(1)) is null }}", "true"),
            ],
            refuses: [
                No("{{ '%d' | format('x') }}", "`%d` takes an integer, found text"),
                No("{{ '%s %s' | format('x') }}", "needs more than 1 arguments"),
                No("{{ '%q' | format(1) }}", "`%q` is no conversion of a format"),
                No("{{ '%' | format(1) }}", "a format cannot end with `%`"),
                No("{{ '%s' | format(a=1) }}", "has no argument `a`"),
            ]),
        Entry(
            "indent",
            [
                ("{{ multi | indent(2) }}", "one\n  two"),
                ("{{ multi | indent(amount=2, prefix='\t') }}", "one\n\t\ttwo"),
                ("{{ multi | indent(0) }}", "one\ntwo"), ("{{ e | indent(2) }}|{{ 1 | indent(2) }}", "|1"),
                ("{{ \"a\r\nb\" | indent(1) }}", "a\r\n b"),
                ("{{ (nothing | indent(2)) is null }}", "true"),
            ],
            refuses: [
                No("{{ multi | indent }}", "needs the argument `amount`"),
                No("{{ multi | indent(-1) }}", "is 0 to 10000, found -1"),
                No("{{ multi | indent('2') }}", "takes an integer, found text"),
                No("{{ multi | indent(1, 2) }}", "takes text, found integer"),
            ]),
        Entry(
            "lower",
            [
                ("{{ s | lower }}", "hello world"), ("{{ 'ÀÉ' | lower }}{{ e | lower }}", "àé"),
                ("{{ true | lower }}", "true"), ("{{ (nothing | lower) is null }}", "true"),
            ],
            refuses: [No("{{ s | lower(locale='tr') }}", "has no argument `locale`")]),
        Entry(
            "nindent",
            [
                ("{{ multi | nindent(prefix='-', amount=1) }}", "\n-one\n-two"),
                ("{{ 'a' | nindent(2) }}", "\n  a"),
                ("{{ \"a\r\nb\" | nindent(1) }}", "\r\n a\r\n b"),
                ("{{ \"a\rb\" | nindent(1) }}", "\r a\r b"), ("{{ e | nindent(2) }}|", "|"),
                ("{{ (nothing | nindent(2)) is null }}", "true"),
            ],
            refuses: [
                No("{{ multi | nindent }}", "needs the argument `amount`"),
                No("{{ multi | nindent(10001) }}", "is 0 to 10000, found 10001"),
            ]),
        Entry(
            "nl2br",
            [
                ("{{ multi | nl2br }}", "one<br />two"),
                ("{{ \"a\r\nb\rc\n\" | nl2br }}", "a<br />b<br />c<br />"), ("{{ e | nl2br }}|", "|"),
                ("{{ (nothing | nl2br) is null }}", "true"),
            ],
            refuses: [
                No("{{ m | nl2br }}", "takes text, found map"),
                No("{{ s | nl2br(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "slugify",
            [
                ("{{ 'Árvíztűrő  tükör_fúró!' | slugify }}", "arvizturo-tukor-furo"),
                ("{{ \"Test\t\t\ntest*\" | slugify }}", "test-test"),
                ("{{ '--a--b--' | slugify }}{{ e | slugify }}{{ '日本' | slugify }}|", "a-b|"),
                ("{{ 12.5 | slugify }}", "125"), ("{{ (nothing | slugify) is null }}", "true"),
            ],
            refuses: [No("{{ s | slugify('-') }}", "takes 0 arguments")]),
        Entry(
            "startsWith",
            [
                ("{{ s | startsWith('Hello') }}", "true"), ("{{ s | startsWith(value='x') }}", "false"),
                ("{{ n | startsWith('5') }}", "true"), ("{{ e | startsWith('') }}", "true"),
                ("{{ 'éa' | startsWith('é') }}", "true"),
            ],
            refuses: [
                No("{{ nothing | startsWith('a') }}", "takes text, found null"),
                No("{{ s | startsWith }}", "needs the argument `value`"),
                No("{{ s | startsWith('a', 'b') }}", "takes 1 argument, found 2"),
            ]),
        Entry(
            "substringAfter",
            [
                ("{{ csv | substringAfter(',') }}", "b,c"), ("{{ csv | substringAfter('x') }}|", "|"),
                ("{{ csv | substringAfter(separator='') }}", "a,b,c"),
                ("{{ e | substringAfter(',') }}|", "|"),
                ("{{ 'a👍b' | substringAfter('👍') }}", "b"),
                ("{{ (nothing | substringAfter(',')) is null }}", "true"),
            ],
            refuses: [
                No("{{ csv | substringAfter }}", "needs the argument `separator`"),
                No("{{ csv | substringAfter(1) }}", "takes text, found integer"),
            ]),
        Entry(
            "substringAfterLast",
            [
                ("{{ csv | substringAfterLast(separator=',') }}", "c"),
                ("{{ csv | substringAfterLast('x') }}|", "|"),
                ("{{ csv | substringAfterLast('') }}|", "|"),
                ("{{ 'aXXX' | substringAfterLast('XX') }}|", "|"),
                ("{{ (nothing | substringAfterLast(',')) is null }}", "true"),
            ],
            refuses: [
                No("{{ csv | substringAfterLast }}", "needs the argument `separator`"),
                No("{{ csv | substringAfterLast(by=',') }}", "has no argument `by`"),
            ]),
        Entry(
            "substringBefore",
            [
                ("{{ csv | substringBefore(separator=',') }}", "a"),
                ("{{ csv | substringBefore('x') }}", "a,b,c"),
                ("{{ csv | substringBefore('') }}|", "|"), ("{{ 12.5 | substringBefore('.') }}", "12"),
                ("{{ (nothing | substringBefore(',')) is null }}", "true"),
            ],
            refuses: [
                No("{{ csv | substringBefore }}", "needs the argument `separator`"),
                No("{{ csv | substringBefore(null) }}", "is null"),
            ]),
        Entry(
            "substringBeforeLast",
            [
                ("{{ csv | substringBeforeLast(separator=',') }}", "a,b"),
                ("{{ csv | substringBeforeLast('x') }}", "a,b,c"),
                ("{{ csv | substringBeforeLast('') }}", "a,b,c"),
                ("{{ (nothing | substringBeforeLast(',')) is null }}", "true"),
            ],
            refuses: [
                No("{{ csv | substringBeforeLast }}", "needs the argument `separator`"),
                No("{{ csv | substringBeforeLast([',']) }}", "takes text, found list"),
            ]),
        Entry(
            "title",
            [
                ("{{ 'hello big_world' | title }}", "Hello Big_world"),
                ("{{ 'mcDONALD' | title }}", "McDONALD"),
                ("{{ ' élan  ñu' | title }}", " Élan  Ñu"), ("{{ e | title }}|", "|"),
                ("{{ (nothing | title) is null }}", "true"),
            ],
            refuses: [
                No("{{ t | title }}", "takes text, found boolean"),
                No("{{ s | title(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "trim",
            [
                ("{{ ' \t x y\n ' | trim }}|", "x y|"), ("{{ '   ' | trim }}|{{ e | trim }}|", "||"),
                // A no-break space is no space here.
                ("{{ '\u{A0}x' | trim }}", "\u{A0}x"), ("{{ (nothing | trim) is null }}", "true"),
            ],
            refuses: [
                No("{{ n | trim }}", "the filter `trim` takes text, found integer"),
                No("{{ s | trim('x') }}", "takes 0 arguments"),
            ]),
        Entry(
            "upper",
            [
                ("{{ s | upper }}", "HELLO WORLD"), ("{{ 'aßé' | upper }}{{ e | upper }}", "ASSÉ"),
                ("{{ true | upper }}{{ n | upper }}", "TRUE5"), ("{{ (nothing | upper) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | upper(1) }}", "takes 0 arguments, found 1"),
                No("{{ missing | upper }}", "Unable to find `missing`", at: 4),
            ]),
    ]
}
