import ApusExpressions
import ApusModel
import Testing

@Suite struct FunctionTests {
    @Test(
        "functions give these texts",
        arguments: [
            ("{{ max(1, 5, 3) }}{{ min(2.5, 1) }}{{ max('a', 'b') }}", "51b"),
            (
                "{{ range(0, 10, 5) }}{{ range('a', 'c') }}{{ range(3, 1, -1) }}",
                "[0,5,10][\"a\",\"b\",\"c\"][3,2,1]"
            ),
            ("{{ now() }}", "2024-03-05T10:20:30.123456Z"),
            ("{{ now(format='HH:mm', timeZone='Asia/Tokyo') }}", "19:20"),
            ("{{ fromJson('{\"k\": [1, 2]}').k[1] }}{{ json('5') + 1 }}{{ jsonDecode('null') }}", "26"),
            ("{{ yaml('a: {b: 1}').a.b }}", "1"),
            ("{{ fromIon('{a: 1, b: [1.5, 2d0, sym, x::3]}') }}", "{\"a\":1,\"b\":[1.5,2.0,\"sym\",3]}"),
            ("{{ fromIon('1 2 3', allRows=true) }}", "[1,2,3]"),
            ("{{ fromIon('{d: 2024-04-21T23:00:00.000Z}').d | date('yyyy') }}", "2024"),
            ("{{ fromIon('') is null }}", "true"),
            ("{{ render(third) }}", "1"),
            ("{{ render(third, recursive=false) }}{{ renderOnce(third) }}", "{{first}}{{first}}"),
            ("{{ render({'a': [third]}) }}", "{\"a\":[\"1\"]}"),
            ("{{ render('{% raw %}{{ x }}{% endraw %}') }}", "{{ x }}"),
            ("{{ render(n) }}{{ render(nothing) }}", "5"),
            ("{{ printContext().n }}{{ fetchContext() | className }}", "5java.util.HashMap"),
            (
                "{{ decrypt('I6EGNzRESu3X3pKZidrqCGOHQFUFC0yK', encrypt('I6EGNzRESu3X3pKZidrqCGOHQFUFC0yK', 'abc')) }}",
                "abc"
            ),
            (
                "{{ nanoId(5, 'a') }}{{ uuid() | length }}{{ id() | length }}{{ ksuid() | length }}{{ nanoId() | length }}",
                "aaaaa36222721"
            ),
            (
                "{{ uuid() | regexMatch('^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$') }}",
                "true"
            ),
            ("{{ randomInt(1, 10) isIn range(1, 9) }}{{ randomInt(3, 3) }}", "true3"),
            ("{{ env('a', 'z') }}{{ env('a') is null }}", "ztrue"),
            ("{{ tasksWithState('failed') }}", "[]"),
            ("{{ loopOutputs([{'outputs': {'o': 1}}, {}], 'o') }}", "[1,null]"),
            ("{{ fileURI('a/b.txt', 'x.y') }}", "kestra:///x/y/_files/a/b.txt"),
        ])
    func gives(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "questions about days",
        arguments: [
            ("{{ dayOfWeek('2024-03-31T23:30:00+02:00') }}", "SUNDAY"),
            ("{{ dayOfMonth('2024-02-29') }}", "29"), ("{{ monthOfYear('2024-12-31T23:59:59Z') }}", "12"),
            ("{{ hourOfDay('2024-01-02T23:04:05+05:00') }}", "23"), ("{{ isWeekend('2024-01-06') }}", "true"),
            ("{{ isDayWeekInMonth('2024-01-30', 'TUESDAY', 'LAST') }}", "true"),
            ("{{ isDayWeekInMonth('2024-01-23', 'tuesday', 'third') }}", "false"),
            ("{{ isLastWorkingDay('2024-03-29') }}", "true"),
            ("{{ isLastWorkingDay('2024-03-30', 'SATURDAY') }}", "true"),
            ("{{ isPublicHoliday('2024-07-14', 'FR') }}", "true"),
            ("{{ isPublicHoliday('2024-01-06', 'DE') }}", "false"),
            ("{{ isPublicHoliday('2024-01-06', 'DE', 'bw') }}", "true"),
            ("{{ isPublicHoliday('2024-11-28', 'US') }}", "true"),
            ("{{ isPublicHoliday('2022-12-27', 'GB') }}", "true"),
            (
                "{{ isDateBetween('2024-01-02T00:00:00Z', '2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z') }}",
                "false"
            ), ("{{ isDateBefore(d, '2025-01-01T00:00:00Z') }}", "true"),
        ])
    func days(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "wrong arguments are refused",
        arguments: [
            "{{ max() }}", "{{ range(0, 2000000000) }}", "{{ range(1, 5, 0) }}",
            "{{ now(timeZone='Nope/X') }}", "{{ fromJson() }}", "{{ fromJson('{nope') }}",
            "{{ fromJson(5) }}",
            "{{ fromIon('{a: ') }}", "{{ fromIon(5) }}", "{{ yaml('a: [') }}",
            "{{ render('{{ missing }}') }}", "{{ render(s, recursive='x') }}", "{{ nanoId(length=0) }}",
            "{{ nanoId(length=1001) }}", "{{ nanoId(5, '') }}", "{{ randomInt(1) }}",
            "{{ randomInt('1', '2') }}", "{{ randomInt(2, 1) }}", "{{ encrypt('x') }}",
            "{{ encrypt('bad', 'x') }}",
            "{{ decrypt('I6EGNzRESu3X3pKZidrqCGOHQFUFC0yK', 'zzz') }}", "{{ loopOutputs('x', 'o') }}",
            "{{ loopOutputs(l, 'o') }}", "{{ dayOfWeek('tomorrow') }}", "{{ dayOfWeek(null) }}",
            "{{ hourOfDay('2024-01-02') }}", "{{ isDayWeekInMonth(d, 'NODAY', 'FIRST') }}",
            "{{ isDayWeekInMonth(d, 'MONDAY', 'FIFTH') }}", "{{ isLastWorkingDay(d, 'NODAY') }}",
            "{{ isPublicHoliday(d) }}", "{{ isPublicHoliday(d, 'ZZ') }}",
            "{{ isDateBefore('2024-01-02', d) }}", "{{ fileURI('../x', 'a') }}", "{{ read('ftp:///x') }}",
            "{{ fileURI('x') }}",
            "{{ read('nsfile://a/b', 'c') }}", "{{ subflow('a', 'b') }}", "{{ currentEachOutput(m) }}",
            "{{ block('x') }}",
        ])
    func refused(template: String) { #expect(fault(of: template) != nil) }

    @Test("loops see the outputs of their values")
    func loops() throws {
        let variables: OrderedMap<Value> = [
            "outputs": ["t": ["p0": ["p1": ["c": ["value": "got"]]]]], "taskrun": ["value": "c"],
            "parents": [["taskrun": ["value": "p1"]], ["taskrun": ["value": "p0"]]],
            "tasks": ["a": ["state": "FAILED"], "b": ["x": ["state": "FAILED"], "y": ["state": "SUCCESS"]]],
        ]
        for (template, expected) in [
            ("{{ currentEachOutput(outputs.t).value }}", "got"),
            ("{{ parentOutput(outputs.t) }}", "{\"c\":{\"value\":\"got\"}}"),
            ("{{ currentEachOutput({}) is null }}", "true"),
            (
                "{{ tasksWithState('failed') }}",
                "[{\"taskId\":\"a\",\"state\":\"FAILED\"},{\"taskId\":\"b\",\"state\":\"FAILED\",\"value\":\"x\"}]"
            ),
        ] {
            #expect(try Template(template).render(context(variables)) == expected)
        }
    }
}

@Suite struct FactTests {
    @Test(
        "what is not loaded is asked for",
        arguments: [
            ("{{ secret('K') }}", FactRequest.secret(key: "K", namespace: nil, subkey: nil)),
            ("{{ kv('k', 'a.b') }}", .kv(key: "k", namespace: "a.b")),
            ("{{ read('f.txt') }}", .readFile(path: "f.txt", namespace: nil)),
            ("{{ fileSize('f') }}", .fileSize(path: "f", namespace: nil)),
            ("{{ isFileEmpty('f') }}", .fileSize(path: "f", namespace: nil)),
            ("{{ fileExists('f') }}", .fileExists(path: "f", namespace: nil)),
            ("{{ errorLogs() }}", .errorLogs),
            ("{{ randomPort() }}", .freePort), ("{{ kv('k') ?? 'd' }}", .kv(key: "k", namespace: nil)),
        ])
    func missing(template: String, request: FactRequest) {
        #expect(fault(of: template)?.reason == .missingFacts([request]))
    }

    @Test("what is loaded is used")
    func known() throws {
        var facts = Facts()
        facts[.secret(key: "K", namespace: nil, subkey: nil)] = .success("{\"a\": {\"b\": 1}, \"s\": \"x\"}")
        facts[.secret(key: "NONE", namespace: nil, subkey: nil)] = .success(nil)
        facts[.kv(key: "k", namespace: nil)] = .success(["a": 1])
        facts[.kv(key: "none", namespace: nil)] = .success(nil)
        facts[.fileSize(path: "f", namespace: nil)] = .success(0)
        facts[.readFile(path: "f", namespace: nil)] = .failure(FactFailure("not allowed"))
        let context = context(["flow": ["namespace": "a.b"]], facts: facts)
        for (template, expected) in [
            ("{{ secret('K', subkey='s') }}", "x"), ("{{ secret('K', subkey='a') }}", "{\"b\":1}"),
            ("{{ kv('k').a + 1 }}", "2"),
            ("{{ kv('none', errorOnMissing=false) is null }}", "true"), ("{{ isFileEmpty('f') }}", "true"),
            ("{{ fileURI('x') }}", "kestra:///a/b/_files/x"),
        ] {
            #expect(try Template(template).render(context) == expected)
        }
        for (template, message) in [
            ("{{ kv('none') }}", "The key 'none' does not exist in the namespace 'a.b'."),
            ("{{ secret('NONE') }}", "the secret `NONE` does not exist"),
            ("{{ secret('K', subkey='z') }}", "the secret `K` has no sub-key `z`"),
            ("{{ read('f') }}", "the function `read`: not allowed"),
        ] {
            #expect { try Template(template).render(context) } throws: {
                ($0 as? ExpressionError)?.message == message
            }
        }
        #expect(throws: ExpressionError.self) {
            try Template("{{ secret('K', subkey='s', full=true) }}").render(context)
        }
    }
}

@Suite struct BoundsTests {
    @Test(
        "templates that would take the service down are refused",
        arguments: [
            "{{ " + String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000) + " }}",
            "{{ " + String(repeating: "not ", count: 5000) + "true }}",
            "{{ s" + String(repeating: " | upper", count: 5000) + " }}",
            "{{ m" + String(repeating: ".a", count: 5000) + " }}",
            String(repeating: "{% if true %}", count: 5000),
            "{% set x = 1 %}{% for i in range(1, 100000) %}{% set x = [x] %}{% endfor %}",
            "{% set x = 'aaaaaaaaaaaaaaaa' %}{% for i in range(1, 99) %}{% set x = x ~ x %}{% endfor %}",
            "{% set x = [1] %}{% for i in range(1, 99) %}{% set x = x + x %}{% endfor %}",
            "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}",
            "{% set y = \"{{ render(_context.y) }}\" %}{{ render(y) }}",
            "{{ ('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regexMatch('(a+)+$')) }}",
            "{{ s | regexMatch('((a{999}){999}){999}') }}",
            "{{ fromJson('" + String(repeating: "[", count: 5000) + "') }}",
            "{{ fromIon('" + String(repeating: "[", count: 5000) + "') }}", "{{ '%999999d' | format(1) }}",
            "{{ m | jq('def f: f; f') }}",
            "{% set x = [1] %}{% for i in range(1, 60) %}{% set x = [x, x] %}{% endfor %}{{ x }}",
            "{% set x = [1] %}{% for i in range(1, 9999) %}{% set x = x | chunk(1) %}{% endfor %}",
            "{% set x = 1 %}{% for i in range(1, 9999) %}{% set x = fetchContext() %}{% endfor %}",
            "{{ m | jq('reduce range(60) as $i (1; [., .])') }}",
        ])
    func refused(template: String) { #expect(fault(of: template) != nil) }

    @Test("a rendering that calls itself ends with the limit of attempts")
    func attempts() {
        let variables: OrderedMap<Value> = ["first": "{{second}}", "second": "{{first}}"]
        #expect { try Template("{{ render(first) }}").render(context(variables)) } throws: {
            ($0 as? ExpressionError)?.message.contains("Too many rendering attempts") == true
        }
    }
}
