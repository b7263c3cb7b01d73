extension OperatorTests {
    /// Operators that choose, and the filter bar.
    static let logic: [Entry] = [
        Entry(
            "not",
            [
                ("{{ not t }}{{ not false }}", "falsetrue"),
                ("{{ not e }}{{ not 0 }}{{ not s }}", "truetruefalse"),
                // The next operand only.
                ("{{ not t and t }}{{ not (t and false) }}{{ not (n > 9) }}", "falsetruetrue"),
                ("{{ not not t }}", "true"),
            ],
            refuses: [
                No("{{ not nothing }}", "`not` takes a boolean, found null"),
                No("{{ not n > 9 }}", "boolean and integer cannot be compared", at: 10),
                No("{{ not l }}", "`not` takes a boolean, found list"),
                No("{{ not }}", "expected an expression", at: 8),
            ]),
        Entry(
            "and",
            [
                ("{{ t and n }}{{ t and e }}{{ n > 1 and n < 9 }}", "truefalsetrue"),
                ("{{ false and missing }}", "false"),
                ("{{ t or t and false }}{{ (t or t) and false }}", "truefalse"),
                ("{{ 0 and t }}{{ 0.1 and t }}", "falsetrue"),
            ],
            refuses: [
                No("{{ nothing and t }}", "`and` takes a boolean, found null"),
                No("{{ t and l }}", "found list"),
                No("{{ t and missing }}", "Unable to find `missing`", at: 10),
            ]),
        Entry(
            "or",
            [
                ("{{ e or false }}{{ e or t }}", "falsetrue"), ("{{ t or missing }}", "true"),
                ("{{ 0 or 'x' }}", "true"),
            ],
            refuses: [
                No("{{ nothing or t }}", "`or` takes a boolean, found null"),
                No("{{ false or missing }}", "Unable to find `missing`", at: 13),
                No("{{ false or m }}", "found map"),
            ]),
        Entry(
            "??",
            [
                ("{{ missing ?? 'd' }}{{ nothing ?? 'd' }}", "dd"),
                ("{{ e ?? 'd' }}{{ false ?? 'd' }}{{ {} ?? 'd' }}", "false{}"),
                ("{{ a.b.c ?? 'd' }}{{ m[missing].x ?? 'd' }}{{ l[9] ?? 'd' }}", "ddd"),
                ("{{ missing ?? nothing ?? 3 }}{{ (missing | upper) ?? 'd' }}", "3d"),
                ("{{ m[missing].child ?? m['a'] }}", "[1,2]"),
                // The other side is not looked at when this one is there.
                ("{{ s ?? missing }}{{ n ?? (1 / 0) }}", "Hello World5"),
                ("{{ (missing ?? nothing) is null }}", "true"),
            ],
            refuses: [
                No("{{ missing ?? missing2 }}", "Unable to find `missing2`", at: 15),
                No("{{ (1 / 0) ?? 'd' }}", "division by zero", at: 7),
                No("{{ ?? 'd' }}", "expected an expression"),
            ]),
        Entry(
            "???",
            [
                ("{{ missing ??? 'd' }}{{ a.b.c ??? 'd' }}", "dd"),
                ("{{ nothing ??? 'd' }}|{{ e ??? 'd' }}|", "||"),
                ("{{ (nothing ??? 'd') is null }}{{ null ??? 'x' }}", "true"),
            ],
            refuses: [No("{{ missing ??? missing2 }}", "Unable to find `missing2`", at: 16)]),
        Entry(
            "? :",
            [
                ("{{ t ? 'y' : 'n' }}{{ e ? 'y' : 'n' }}{{ n ? 'y' : 'n' }}", "yny"),
                ("{{ n > 3 ? n > 4 ? 'a' : 'b' : 'c' }}{{ t ? 1 : 0 + 1 }}", "a1"),
                ("{{ t ? 'y' : missing }}{{ false ? (1 / 0) : nothing }}", "y"),
                ("{{ 'false' ? 'y' : 'n' }}", "y"),
                ("{{ (l[3] is defined ? bla : null) is null }}", "true"),
            ],
            refuses: [
                No("{{ l ? 1 : 2 }}", "`? :` takes a boolean, found list", at: 6),
                No("{{ nothing ? 1 : 2 }}", "found null", at: 12), No("{{ t ? 1 }}", "expected `:`", at: 10),
                No("{{ missing ? 'y' : 'n' }}", "Unable to find `missing`", at: 4),
            ]),
        Entry(
            "|",
            [
                ("{{ s | upper | lower | capitalize }}", "Hello world"),
                ("{{ 'a' ~ 'b' | upper }}{{ 1 + 2 | string }}", "AB12"),
                ("{{ -3 | abs }}{{ not s | endsWith('x') }}", "3false"),
            ],
            refuses: [
                No("{{ s | }}", "expected the name of a filter", at: 8),
                No("{{ | upper }}", "expected an expression"),
                No("{{ s | uper }}", "there is no filter `uper`; did you mean `upper`?", at: 8),
            ]),
    ]
}
