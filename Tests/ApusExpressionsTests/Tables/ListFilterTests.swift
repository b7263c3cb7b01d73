import Testing

@Suite struct ListFilterTests {
    @Test("filters for lists and maps", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "chunk",
            [
                ("{{ l | chunk(2) }}", "[[3,1],[2]]"), ("{{ l | chunk(size=9) }}", "[[3,1,2]]"),
                ("{{ el | chunk(2) }}", "[]"), ("{{ [[1], [2]] | chunk(1) }}", "[[[1]],[[2]]]"),
                ("{{ (nothing | chunk(2)) is null }}", "true"),
            ],
            refuses: [
                No("{{ l | chunk }}", "needs the argument `size`"),
                No("{{ l | chunk('x') }}", "takes an integer, found text"),
                No("{{ l | chunk(0) }}", "is at least 1, found 0"), No("{{ l | chunk(-2) }}", "found -2"),
                No("{{ s | chunk(1) }}", "takes a list, found text"),
                No("{{ m | chunk(1) }}", "takes a list, found map"),
            ]),
        Entry(
            "distinct",
            [
                ("{{ ['a','b','a'] | distinct }}", "[\"a\",\"b\"]"), ("{{ el | distinct }}", "[]"),
                ("{{ [1, '1', 1, [1], [1]] | distinct }}", "[1,\"1\",[1]]"),
                ("{{ nothing | distinct }}", "null"),
                ("{{ nothing | distinct | className }}", "java.lang.String"),
            ],
            refuses: [
                No("{{ s | distinct }}", "takes a list, found text"),
                No("{{ m | distinct }}", "takes a list, found map"),
                No("{{ l | distinct(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "first",
            [
                ("{{ l | first }}", "3"), ("{{ s | first }}", "H"), ("{{ 'éa' | first }}", "é"),
                ("{{ [[1, 2]] | first }}", "[1,2]"), ("{{ (el | first) is null }}", "true"),
                ("{{ (nothing | first) is null }}", "true"),
            ],
            refuses: [
                No("{{ n | first }}", "takes a list or text, found integer"),
                No("{{ e | first }}", "takes a text with at least one character"),
                No("{{ m | first }}", "takes a list or text, found map"),
                No("{{ l | first(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "flatten",
            [
                ("{{ [1,[2,[3]]] | flatten }}", "[1,2,[3]]"), ("{{ el | flatten }}", "[]"),
                ("{{ [[], [null], 'a'] | flatten }}", "[null,\"a\"]"),
                ("{{ (nothing | flatten) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | flatten }}", "takes a list, found text"),
                No("{{ m | flatten }}", "takes a list, found map"),
            ]),
        Entry(
            "join",
            [
                ("{{ l | join(',') }}", "3,1,2"), ("{{ l | join }}", "312"),
                ("{{ el | join(',') }}|", "|"), ("{{ ['x'] | join(separator=', ') }}", "x"),
                ("{{ ['a', null, [1]] | join('-') }}", "a-null-[1]"),
                ("{{ (nothing | join(',')) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | join(',') }}", "takes a list, found text"),
                No("{{ m | join(',') }}", "takes a list, found map"),
                No("{{ l | join(1) }}", "takes text, found integer"),
                No("{{ l | join(glue=',') }}", "has no argument `glue`"),
            ]),
        Entry(
            "keys",
            [
                ("{{ m | keys }}", "[\"b\",\"a\"]"), ("{{ l | keys }}", "[0,1,2]"),
                ("{{ el | keys }}{{ {} | keys }}", "[][]"), ("{{ (nothing | keys) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | keys }}", "takes a map or a list, found text"),
                No("{{ n | keys }}", "found integer"),
            ]),
        Entry(
            "last",
            [
                ("{{ l | last }}", "2"), ("{{ s | last }}", "d"), ("{{ 'aé' | last }}", "é"),
                ("{{ (el | last) is null }}", "true"), ("{{ (nothing | last) is null }}", "true"),
            ],
            refuses: [
                No("{{ t | last }}", "takes a list or text, found boolean"),
                No("{{ e | last }}", "takes a text with at least one character"),
                No("{{ m | last }}", "takes a list or text, found map"),
            ]),
        Entry(
            "merge",
            [
                ("{{ l | merge([4]) }}", "[3,1,2,4]"),
                ("{{ m | merge({'c': 2, 'b': 3}) }}", "{\"a\":[1,2],\"b\":3,\"c\":2}"),
                ("{{ el | merge(items=[]) }}{{ {} | merge({}) }}", "[]{}"),
                // Maps come out in the order of their hashes.
                ("{{ {'q': 1, 'b': 2} | merge({'a': 3}) }}", "{\"a\":3,\"b\":2,\"q\":1}"),
                ("{{ l | merge(null) }}", "[3,1,2]"), ("{{ (nothing | merge([1])) is null }}", "true"),
            ],
            refuses: [
                No("{{ l | merge('x') }}", "takes two lists or two maps, found list and text"),
                No("{{ m | merge([1]) }}", "found map and list"),
                No("{{ s | merge([1]) }}", "found text and list"),
                No("{{ l | merge }}", "needs the argument `items`"),
            ]),
        Entry(
            "reverse",
            [
                ("{{ l | reverse }}", "[2,1,3]"), ("{{ el | reverse }}", "[]"),
                ("{{ [[1, 2], 'a', null] | reverse }}", "[null,\"a\",[1,2]]"),
                ("{{ l | reverse }}{{ l }}", "[2,1,3][3,1,2]"), ("{{ (nothing | reverse) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | reverse }}", "takes a list, found text"),
                No("{{ l | reverse(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "rsort",
            [
                ("{{ l | rsort }}", "[3,2,1]"), ("{{ ['b','a','c'] | rsort }}", "[\"c\",\"b\",\"a\"]"),
                ("{{ el | rsort }}{{ [1] | rsort }}", "[][1]"), ("{{ (nothing | rsort) is null }}", "true"),
            ],
            refuses: [
                No("{{ [1, 'a'] | rsort }}", "cannot be compared"),
                No("{{ s | rsort }}", "takes a list, found text"),
            ]),
        Entry(
            "slice",
            [
                ("{{ l | slice(1) }}", "[1,2]"), ("{{ s | slice(0, 5) }}", "Hello"),
                ("{{ l | slice(fromIndex=0, toIndex=2) }}", "[3,1]"), ("{{ l | slice }}", "[3,1,2]"),
                ("{{ l | slice(3) }}{{ e | slice(0) }}", "[]"), ("{{ s | slice(toIndex=1) }}", "H"),
                ("{{ 'a👍b' | slice(1, 3) }}", "👍"), ("{{ (nothing | slice(1)) is null }}", "true"),
            ],
            refuses: [
                No("{{ l | slice(5, 9) }}", "cannot take 5 to 9 of 3 items"),
                No("{{ l | slice(-1) }}", "cannot take -1 to 3"),
                No("{{ l | slice(2, 2) }}", "cannot take 2 to 2"),
                No("{{ l | slice(4) }}", "cannot take 4 to 3"),
                No("{{ l | slice('1') }}", "takes an integer"),
                No("{{ n | slice(0) }}", "takes a list or text, found integer"),
                No("{{ s | slice(x=1) }}", "has no argument `x`"),
            ]),
        Entry(
            "sort",
            [
                ("{{ l | sort }}", "[1,2,3]"), ("{{ ['b','B','a'] | sort }}", "[\"B\",\"a\",\"b\"]"),
                ("{{ [2.5, 2, 10] | sort }}", "[2,2.5,10]"), ("{{ [true, false] | sort }}", "[false,true]"),
                ("{{ el | sort }}{{ [null] | sort }}", "[][null]"),
                ("{{ (nothing | sort) is null }}", "true"),
            ],
            refuses: [
                No("{{ [1, 'a'] | sort }}", "integer and text cannot be compared"),
                No("{{ [[1], [2]] | sort }}", "list and list cannot be compared"),
                No("{{ [null, 1] | sort }}", "cannot be compared"),
                No("{{ m | sort }}", "takes a list, found map"),
            ]),
        Entry(
            "values",
            [
                ("{{ m | values }}", "[1,[1,2]]"), ("{{ {} | values }}", "[]"),
                ("{{ {'k': null} | values }}", "[null]"), ("{{ (nothing | values) is null }}", "true"),
            ],
            refuses: [
                No("{{ s | values }}", "takes a map, found text"),
                No("{{ l | values }}", "takes a map, found list"),
            ]),
    ]
}
