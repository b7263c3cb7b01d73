import ApusModel
import Testing

@Suite struct OperatorTests {
    @Test("operators", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    @Test("operators that bind in another way in each edition", arguments: editions)
    func editions(entry: Entry) { entry.check() }

    static let entries = arithmetic + comparisons + logic

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
