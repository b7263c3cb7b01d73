import Testing

@Suite struct TestTests {
    @Test("tests hold or not", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "defined",
            [
                ("{{ n is defined }}{{ missing is defined }}{{ m.b is defined }}", "truefalsetrue"),
                (
                    "{{ a.b.c is defined }}{{ m[missing].b is not defined }}{{ m.zz.y is defined }}",
                    "falsetruefalse"
                ),
                ("{{ l[3] is defined }}{{ l[0] is defined }}{{ e is defined }}", "falsetruetrue"),
                // As in Pebble null is not defined, though `???` tells it from what does not exist.
                ("{{ nothing is defined }}{{ nothing.x is defined }}", "falsefalse"),
                ("{{ (missing | upper) is defined }}", "false"),
            ],
            refuses: [
                No("{{ (1 / 0) is defined }}", "division by zero", at: 7),
                No("{{ s is defined(1) }}", "the test `defined` takes no arguments"),
                No("{{ nope() is defined }}", "there is no function `nope`", at: 4),
            ]),
        Entry(
            "empty",
            [
                ("{{ el is empty }}{{ {} is empty }}{{ e is empty }}", "truetruetrue"),
                ("{{ ' \n' is empty }}{{ s is empty }}{{ l is not empty }}", "truefalsetrue"),
                ("{{ 0 is empty }}{{ false is empty }}", "falsefalse"), ("{{ nothing is empty }}", "true"),
            ],
            refuses: [
                No("{{ missing is empty }}", "Unable to find `missing`", at: 4),
                No("{{ m.zz is empty }}", "Unable to find `zz`", at: 6),
            ]),
        Entry(
            "even",
            [
                ("{{ n is even }}{{ 4 is even }}{{ 0 is even }}", "falsetruetrue"),
                ("{{ -2 is even }}{{ -3 is even }}", "truefalse"),
                ("{{ 9223372036854775806 is even }}", "true"),
            ],
            refuses: [
                No("{{ 1.5 is even }}", "the test `even` takes an integer, found number"),
                No("{{ 2.0 is even }}", "found number"),
                No("{{ '2' is even }}", "found text"), No("{{ nothing is even }}", "found null"),
            ]),
        Entry(
            "iterable",
            [
                ("{{ l is iterable }}{{ el is iterable }}", "truetrue"),
                ("{{ s is iterable }}{{ m is iterable }}", "falsefalse"),
                ("{{ nothing is iterable }}{{ (1..3) is iterable }}", "falsetrue"),
            ],
            refuses: [
                No("{{ missing is iterable }}", "Unable to find `missing`", at: 4),
                No("{{ l is iterable(1) }}", "takes no arguments"),
            ]),
        Entry(
            "json",
            [
                ("{{ '[1]' is json }}{{ '{\"a\": 1}' is json }}{{ '5' is json }}", "truetruetrue"),
                ("{{ s is json }}{{ '{a: 1}' is json }}{{ e is json }}", "falsefalsefalse"),
                ("{{ '\"é\"' is json }}{{ m is json }}{{ nothing is json }}", "truefalsefalse"),
            ],
            refuses: [No("{{ missing is json }}", "Unable to find `missing`", at: 4)]),
        Entry(
            "map",
            [
                ("{{ m is map }}{{ {} is map }}", "truetrue"), ("{{ l is map }}{{ s is map }}", "falsefalse"),
                ("{{ nothing is map }}{{ m.b is not map }}", "falsetrue"),
            ],
            refuses: [No("{{ missing is map }}", "Unable to find `missing`", at: 4)]),
        Entry(
            "null",
            [
                ("{{ nothing is null }}{{ null is null }}", "truetrue"),
                ("{{ n is null }}{{ e is null }}{{ el is null }}", "falsefalsefalse"),
                ("{{ n is not null }}{{ ([null])[0] is null }}", "truetrue"),
            ],
            refuses: [
                No("{{ missing is null }}", "Unable to find `missing`", at: 4),
                No("{{ nothing is null(1) }}", "takes no arguments"),
            ]),
        Entry(
            "odd",
            [
                ("{{ n is odd }}{{ 4 is odd }}", "truefalse"), ("{{ -3 is odd }}{{ 0 is odd }}", "truefalse"),
                ("{{ 9223372036854775807 is odd }}", "true"),
            ],
            refuses: [
                No("{{ s is odd }}", "the test `odd` takes an integer, found text"),
                No("{{ 3.0 is odd }}", "found number"),
                No("{{ nothing is odd }}", "found null"),
            ]),
    ]
}
