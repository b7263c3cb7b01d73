import ApusModel
import Testing

@Suite struct OperatorTests {
    @Test("operators", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    @Test("operators that bind in another way in each edition", arguments: editions)
    func editions(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
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
            "-",
            [
                ("{{ n - 2 }}{{ 7.5 - 0.5 }}{{ '7' - 2 }}", "37.05"),
                ("{{ -n }}{{ -1.5 }}{{ 3 - -2 }}", "-5-1.55"),
                ("{{ l - 1 }}{{ l - [1, 3] }}{{ el - 1 }}", "[3,2][2][]"),
                ("{{ 10 - 3 - 2 }}{{ -9223372036854775807 - 1 }}", "5-9223372036854775808"),
                ("{{ -9223372036854775807 - 2 }}", "-9223372036854775809"),
            ],
            refuses: [
                No("{{ 1 - nothing }}", "`-` takes numbers, found null"),
                No("{{ s - 1 }}", "`-` takes numbers, found text"),
                No("{{ -s }}", "`-` takes a number, found text"),
                No("{{ m - 'a' }}", "`-` takes numbers, found map"),
            ]),
        Entry(
            "+",
            [
                ("{{ 1 + 2 }}{{ 1 + 1.5 }}{{ +n }}", "32.55"),
                ("{{ \"1\" + 2 }}{{ 1 + '2' }}{{ 'a' + true }}", "1212atrue"),
                ("{{ l + 4 }}{{ l + [4] }}{{ el + nothing }}", "[3,1,2,4][3,1,2,4][null]"),
                ("{{ 9223372036854775807 + 1 }}{{ 'é' + e }}", "9223372036854775808é"),
            ],
            refuses: [
                No("{{ 1 + nothing }}", "`+` takes numbers, found null"),
                No("{{ nothing + 'a' }}", "`+` takes numbers"),
                No("{{ 1 + true }}", "`+` takes numbers, found boolean"),
                No("{{ m + 1 }}", "`+` takes numbers, found map"),
                No("{{ +s }}", "`+` takes a number, found text"),
                No("{{ 1 +* 2 }}", "expected an expression", at: 7),
            ]),
        Entry(
            "*",
            [
                ("{{ 2 * 3 }}{{ 1 + 2 * 3 }}{{ (1 + 2) * 3 }}", "679"),
                ("{{ \"5\" * 2 }}{{ 1.5 * 2 }}", "103.0"),
                ("{{ 9223372036854775807 * 2 }}{{ 0 * -1 }}", "184467440737095516140"),
            ],
            refuses: [
                No("{{ 'x' * 2 }}", "`*` takes numbers, found text"), No("{{ 2 * nothing }}", "found null"),
                No("{{ l * 2 }}", "found list"),
            ]),
        Entry(
            "/",
            [
                ("{{ 7 / 2 }}{{ -7 / 2 }}{{ 7.0 / 2 }}", "3-33.5"), ("{{ 12 / 3 / 2 }}{{ '9' / 3 }}", "23"),
                ("{{ (-9223372036854775807 - 1) / -1 }}", "9223372036854775808"),
            ],
            refuses: [
                No("{{ 1 / 0 }}", "division by zero"), No("{{ 1.5 / 0 }}", "division by zero"),
                No("{{ 1 / nothing }}", "`/` takes numbers, found null"), No("{{ t / 2 }}", "found boolean"),
            ]),
        Entry(
            "%",
            [
                ("{{ 7 % 3 }}{{ -7 % 3 }}{{ 7.5 % 2 }}", "1-11.5"), ("{{ 10 % 4 * 2 }}{{ '7' % 4 }}", "43"),
                ("{{ (-9223372036854775807 - 1) % -1 }}", "0"),
            ],
            refuses: [
                No("{{ 1 % 0 }}", "division by zero"), No("{{ s % 2 }}", "`%` takes numbers, found text"),
            ]),
        Entry(
            "~",
            [
                ("{{ \"apple\" ~ \"pear\" ~ \"banana\" }}", "applepearbanana"),
                ("{{ \"a\" ~ 1 ~ true ~ nothing ~ 'é' }}", "a1trueé"), ("{{ nothing ~ nothing }}|", "|"),
                ("{{ l ~ m.a ~ 1.50 }}", "[3,1,2][1,2]1.5"),
            ],
            refuses: [
                No("{{ 'a' ~ missing }}", "Unable to find `missing`", at: 10),
                No("{{ 'a' ~ }}", "expected an expression", at: 10),
                No("{{ ~ 'a' }}", "expected an expression"),
            ]),
        Entry(
            "==",
            [
                ("{{ 1 == 1.0 }}{{ \"1\" == 1 }}{{ t == 'true' }}", "truefalsefalse"),
                ("{{ [1, 2.0] == [1.0, 2] }}{{ {'a': 1} == {'a': 1.0} }}{{ 'é' == 'é' }}", "truetruetrue"),
                (
                    "{{ nothing == null }}{{ nothing == 0 }}{{ 0 == nothing }}{{ el == [] }}",
                    "truefalsefalsetrue"
                ),
            ],
            refuses: [
                No("{{ missing == 1 }}", "Unable to find `missing`", at: 4),
                No("{{ 1 == }}", "expected an expression", at: 9),
            ]),
        Entry(
            "equals",
            [
                ("{{ s equals 'Hello World' }}{{ n equals 5.0 }}", "truetrue"),
                ("{{ nothing equals null }}", "true"),
                ("{{ l equals 'x' }}", "false"),
            ],
            refuses: [No("{{ equals 1 }}", "found the operator `equals`")]),
        Entry(
            "!=",
            [
                ("{{ n != 5 }}{{ n != 5.5 }}", "falsetrue"),
                ("{{ nothing != null }}{{ nothing != e }}", "falsetrue"),
                ("{{ [1] != [1, 1] }}", "true"),
            ],
            refuses: [No("{{ 1 != }}", "expected an expression", at: 9)]),
        Entry(
            "<",
            [
                ("{{ 2 < 10 }}{{ 2.5 < 2 }}{{ 'a' < 'b' }}", "truefalsetrue"),
                ("{{ nothing < 1 }}{{ 1 < nothing }}", "falsefalse"),
                ("{{ 'B' < 'a' }}{{ 'a' < 'é' }}{{ false < true }}{{ e < 'a' }}", "truetruetruetrue"),
            ],
            refuses: [
                No("{{ 'a' < 1 }}", "text and integer cannot be compared"),
                No("{{ l < l }}", "list and list cannot be compared"),
                No("{{ m < 1 }}", "cannot be compared"),
            ]),
        Entry(
            "<=",
            [
                ("{{ '10' <= '9' }}{{ 3 <= 3 }}{{ 4 <= 3 }}", "truetruefalse"),
                ("{{ nothing <= nothing }}", "false"),
                ("{{ 9223372036854775807 <= 9223372036854775807 + 1 }}", "true"),
            ],
            refuses: [No("{{ t <= 1 }}", "boolean and integer cannot be compared")]),
        Entry(
            ">",
            [
                ("{{ n > 3 }}{{ 2 > 2.5 }}{{ 'b' > 'a' }}", "truefalsetrue"), ("{{ nothing > 1 }}", "false"),
                ("{{ 0.1 > 0 }}", "true"),
            ],
            refuses: [
                No("{{ 'a' > 1 }}", "text and integer cannot be compared"),
                No("{{ l > 1 }}", "list and integer cannot be compared"),
            ]),
        Entry(
            ">=",
            [
                ("{{ 2.5 >= 2 }}{{ 'a' >= 'a' }}{{ 1 >= 2 }}", "truetruefalse"),
                ("{{ nothing >= 0 }}", "false"),
                ("{{ 1 >= 1.0 }}", "true"),
            ],
            refuses: [No("{{ 1 >= '1' }}", "integer and text cannot be compared")]),
        Entry(
            "contains",
            [
                ("{{ s contains 'World' }}{{ s contains 'world' }}{{ 'né' contains 'é' }}", "truefalsetrue"),
                ("{{ l contains 3 }}{{ l contains 9 }}{{ [1.0] contains 1 }}", "truefalsetrue"),
                ("{{ m contains 'a' }}{{ m contains 'zz' }}{{ {'1': 0} contains 1 }}", "truefalsetrue"),
                ("{{ l contains [1, 2] }}{{ l contains [1, 9] }}{{ l contains [] }}", "truefalsetrue"),
                ("{{ nothing contains 1 }}{{ e contains '' }}{{ el contains nothing }}", "falsetruefalse"),
                ("{{ ['a'] contains 'a' and t }}", "true"),
            ],
            refuses: [
                No("{{ 1 contains 1 }}", "`contains` takes a list, a map or text, found integer"),
                No("{{ t contains 't' }}", "found boolean"),
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
            "..",
            [
                ("{{ 1..3 }}{{ 3..1 }}{{ 2..2 }}", "[1,2,3][][2]"), ("{{ 'a'..'c' }}", "[\"a\",\"b\",\"c\"]"),
                ("{{ 1..n }}{{ (-1)..1 }}", "[1,2,3,4,5][-1,0,1]"), ("{{ 1..2 ~ 'x' }}", "[1,2]x"),
            ],
            refuses: [
                No("{{ 1..'b' }}", "a range takes two integers or two letters, found text"),
                No("{{ nothing..1 }}", "found null"), No("{{ 'ab'..'c' }}", "found text"),
                No("{{ 1.5..3 }}", "found number"),
                No("{{ 0..2000000000 }}", "at most 1000000 items"),
            ]),
        Entry(
            "isIn",
            [
                ("{{ 3 isIn l }}{{ '3' isIn l }}{{ 9 isIn l }}", "truetruefalse"),
                ("{{ 1 isIn m }}{{ 'b' isIn m }}{{ 'z' isIn m }}", "truetruefalse"),
                ("{{ nothing isIn l }}{{ 1 isIn nothing }}{{ 1 isIn el }}", "falsefalsefalse"),
                ("{{ '[1,2]' isIn [[1, 2]] }}{{ true isIn ['true'] }}{{ 'é' isIn ['é'] }}", "truetruetrue"),
            ],
            refuses: [
                No("{{ 1 isIn s }}", "`isIn` takes a list or a map, found text"),
                No("{{ 1 isIn 1 }}", "found integer"),
                No("{{ missing isIn l }}", "Unable to find `missing`", at: 4),
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
        Entry(
            "is",
            [
                ("{{ n is odd }}{{ n + 1 is odd }}{{ not (n is even) }}", "truefalsetrue"),
                ("{{ nothing is null and t }}", "true"),
                ("{{ s | length is odd }}", "true"),
            ],
            refuses: [
                No("{{ n is }}", "expected the name of a test", at: 9),
                No("{{ n is ood }}", "there is no test `ood`; did you mean `odd`?", at: 9),
                No("{{ n is even(2) }}", "the test `even` takes no arguments", at: 9),
            ]),
        Entry(
            "is not",
            [
                ("{{ n is not even }}{{ n is not odd }}", "truefalse"),
                ("{{ nothing is not null }}", "false"),
                ("{{ missing is not defined }}", "true"),
            ],
            refuses: [No("{{ n is not ood }}", "there is no test `ood`", at: 13)]),
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
    ]

    static let editions: [Entry] = [
        Entry(
            "??",
            [
                ("{{ n ?? 1 + 2 }}", "7"), ("{{ missing ?? 'b' | upper }}", "B"),
                ("{{ s ?? 'b' | upper }}", "HELLO WORLD"),
                ("{{ s ?? 'x' ~ 'y' }}", "Hello Worldy"), ("{{ not (nothing ?? false) }}", "true"),
                ("{{ missing ?? 1 == 1 ? 'a' : 'b' }}", "a"),
            ], refuses: [], in: [.one]),
        Entry(
            "??",
            [
                ("{{ n ?? 1 + 2 }}", "5"), ("{{ missing ?? 1 + 2 }}", "3"),
                ("{{ s ?? 'b' | upper }}", "Hello World"),
                ("{{ missing ?? 'a' ~ 'b' }}", "ab"), ("{{ missing ?? 2 == 2 }}", "true"),
                ("{{ missing | upper ?? 'd' }}", "d"),
                ("{{ (s ?? 'b') | upper }}", "HELLO WORLD"), ("{{ missing ?? false or t }}", "true"),
            ], refuses: [], in: [.two]),
        Entry(
            "???", [("{{ nothing ??? 'd' ~ 'e' }}", "e"), ("{{ missing ??? 1 + 1 }}", "2")], refuses: [],
            in: [.one]),
        Entry(
            "???", [("{{ nothing ??? 'd' ~ 'e' }}|", "|"), ("{{ missing ??? 1 + 1 }}", "2")], refuses: [],
            in: [.two]),
        Entry(
            "isIn", [("{{ 'x' ~ (3 isIn l) }}", "xtrue"), ("{{ 'a' ~ 'b' isIn ['b'] }}", "atrue")],
            refuses: [No("{{ 1 + 2 isIn [3, 4] }}", "`+` takes numbers, found boolean", at: 6)], in: [.one]),
        Entry(
            "isIn",
            [
                ("{{ 1 + 2 isIn [3, 4] }}", "true"), ("{{ 'a' ~ 'b' isIn ['ab'] }}", "true"),
                ("{{ s | upper isIn ['HELLO WORLD'] }}", "true"),
                ("{{ not (n isIn [1]) and n isIn [5] }}", "true"),
            ], refuses: [], in: [.two]),
    ]
}
