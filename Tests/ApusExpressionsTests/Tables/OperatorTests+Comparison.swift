extension OperatorTests {
    /// Operators that compare and ask.
    static let comparisons: [Entry] = [
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
    ]
}
