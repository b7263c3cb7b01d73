import ApusExpressions
import ApusModel
import Testing

@Suite struct OperatorTests {
    @Test(
        "operators give these texts in edition 1",
        arguments: [
            ("{{ 1 + 2 * 3 }}", "7"), ("{{ (1 + 2) * 3 }}", "9"), ("{{ 7 / 2 }}", "3"),
            ("{{ 7.0 / 2 }}", "3.5"),
            ("{{ 7 % 3 }}", "1"), ("{{ -7 / 2 }}", "-3"), ("{{ 7.5 % 2 }}", "1.5"), ("{{ n - 2 }}", "3"),
            ("{{ -n }}", "-5"),
            ("{{ \"1\" + 2 }}", "12"), ("{{ \"5\" * 2 }}", "10"),
            ("{{ 9223372036854775807 + 1 }}", "9223372036854775808"),
            ("{{ l + 4 }}", "[3,1,2,4]"), ("{{ l + [4] }}", "[3,1,2,4]"), ("{{ l - 1 }}", "[3,2]"),
            ("{{ \"a\" ~ 1 ~ true ~ nothing }}", "a1true"), ("{{ \"a\" ~ 1 + 2 }}", "a12"),
            ("{{ 1 == 1.0 }}", "true"), ("{{ \"1\" == 1 }}", "false"),
            ("{{ s equals 'Hello World' }}", "true"),
            ("{{ [1, 2.0] == [1.0, 2] }}", "true"), ("{{ nothing == null }}", "true"),
            ("{{ n != 5 }}", "false"),
            ("{{ 2 < 10 and 2.5 >= 2 }}", "true"), ("{{ '10' <= '9' }}", "true"),
            ("{{ nothing > 1 }}", "false"),
            ("{{ t and n }}", "true"), ("{{ e or false }}", "false"), ("{{ t or missing }}", "true"),
            ("{{ not t and t }}", "false"), ("{{ not e }}", "true"),
            ("{{ s contains 'World' }}", "true"), ("{{ m contains 'a' }}", "true"),
            ("{{ l contains [1, 2] }}", "true"),
            ("{{ l contains 9 }}", "false"), ("{{ nothing contains 1 }}", "false"),
            ("{{ 3 isIn l }}", "true"), ("{{ '3' isIn l }}", "true"), ("{{ 1 isIn m }}", "true"),
            ("{{ 'b' isIn m }}", "true"),
            ("{{ nothing isIn l }}", "false"), ("{{ 1..3 }}", "[1,2,3]"),
            ("{{ 'a'..'c' }}", "[\"a\",\"b\",\"c\"]"),
            ("{{ missing ?? 'd' }}", "d"), ("{{ nothing ?? 'd' }}", "d"), ("{{ e ?? 'd' }}", ""),
            ("{{ a.b.c ?? 'd' }}", "d"),
            ("{{ m[missing].x ?? 'd' }}", "d"), ("{{ (missing | upper) ?? 'd' }}", "d"),
            ("{{ missing ??? 'd' }}", "d"),
            ("{{ nothing ??? 'd' }}", ""), ("{{ missing ?? nothing ?? 3 }}", "3"),
            ("{{ n ?? 1 + 2 }}", "7"), ("{{ missing ?? 'b' | upper }}", "B"),
            ("{{ s ?? 'b' | upper }}", "HELLO WORLD"),
            ("{{ t ? 'y' : 'n' }}", "y"), ("{{ e ? 'y' : 'n' }}", "n"),
            ("{{ n > 3 ? n > 4 ? 'a' : 'b' : 'c' }}", "a"),
            ("{{ t ? 'y' : missing }}", "y"),
        ])
    func edition1(template: String, expected: String) throws {
        #expect(try render(template) == expected)
    }

    @Test(
        "in edition 2 `??` gives way to all others and `isIn` stands with `contains`",
        arguments: [
            ("{{ s ?? 'b' | upper }}", "Hello World"), ("{{ missing ?? 'a' ~ 'b' }}", "ab"),
            ("{{ n ?? 1 + 2 }}", "5"),
            ("{{ missing ?? 2 == 2 }}", "true"), ("{{ 1 + 2 isIn [3, 4] }}", "true"),
            ("{{ not (n isIn [1]) and n isIn [5] }}", "true"),
        ])
    func edition2(template: String, expected: String) throws {
        #expect(try render(template, edition: .two) == expected)
    }

    @Test(
        "operations without meaning are refused",
        arguments: [
            "{{ 1 / 0 }}", "{{ 1 % 0 }}", "{{ 1 + null }}", "{{ 'x' * 2 }}", "{{ 'a' > 1 }}", "{{ l > 1 }}",
            "{{ l and t }}",
            "{{ nothing and t }}", "{{ 1 contains 1 }}", "{{ 1 isIn s }}", "{{ l ? 1 : 2 }}", "{{ -s }}",
            "{{ 1..'b' }}",
            "{{ missing ?? missing2 }}",
        ])
    func refused(template: String) {
        #expect(fault(of: template) != nil)
    }
}

@Suite struct TestTests {
    @Test(
        "tests hold or not",
        arguments: [
            ("{{ missing is defined }}", "false"), ("{{ n is defined }}", "true"),
            ("{{ m[missing].b is not defined }}", "true"),
            ("{{ nothing is defined }}", "true"), ("{{ l[3] is defined }}", "false"),
            ("{{ el is empty }}", "true"),
            ("{{ nothing is empty }}", "true"), ("{{ s is empty }}", "false"),
            ("{{ nothing is null }}", "true"),
            ("{{ n is not null }}", "true"), ("{{ n is odd }}", "true"), ("{{ n is even }}", "false"),
            ("{{ l is iterable }}", "true"), ("{{ s is iterable }}", "false"), ("{{ m is map }}", "true"),
            ("{{ '[1]' is json }}", "true"), ("{{ s is json }}", "false"),
        ])
    func holds(template: String, expected: String) throws {
        #expect(try render(template) == expected)
    }

    @Test(
        "tests refuse what they cannot judge",
        arguments: [
            "{{ s is odd }}", "{{ 1.5 is even }}", "{{ missing is null }}", "{{ missing is empty }}",
            "{{ n is ood }}",
        ])
    func refused(template: String) {
        #expect(fault(of: template) != nil)
    }
}
