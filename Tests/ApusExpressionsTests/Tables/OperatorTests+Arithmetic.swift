extension OperatorTests {
    /// Operators that make numbers, texts and lists.
    static let arithmetic: [Entry] = [
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
    ]
}
