import ApusExpressions
import ApusModel
import Testing

@Suite struct FilterTests {
    @Test(
        "filters for texts",
        arguments: [
            ("{{ s | abbreviate(8) }}", "Hello..."), ("{{ s | upper }}", "HELLO WORLD"),
            ("{{ s | lower }}", "hello world"),
            ("{{ 'hello world' | capitalize }}", "Hello world"),
            ("{{ 'hello world' | title }}", "Hello World"),
            ("{{ '  x ' | trim }}|", "x|"),
            ("{{ 'Árvíztűrő  tükör_fúró!' | slugify }}", "arvizturo-tukor-furo"),
            ("{{ multi | nl2br }}", "one<br />two"), ("{{ multi | indent(2) }}", "one\n  two"),
            ("{{ multi | nindent(1, '-') }}", "\n-one\n-two"),
            ("{{ s | startsWith('Hello') }}", "true"), ("{{ s | endsWith('x') }}", "false"),
            ("{{ n | startsWith('5') }}", "true"),
            ("{{ \"it's\" | escapeChar('shell') }}", "it'\\''s"),
            ("{{ [\"it's\"] | escapeChar('single') }}", "[\"it\\\\'s\"]"),
            ("{{ csv | substringBefore(',') }}", "a"), ("{{ csv | substringBeforeLast(',') }}", "a,b"),
            ("{{ csv | substringAfter(',') }}", "b,c"),
            ("{{ csv | substringAfterLast(',') }}", "c"), ("{{ csv | substringAfter('x') }}", ""),
            ("{{ csv | substringBefore('x') }}", "a,b,c"),
            ("{{ '%s-%03d|%5.2f|%-3s|%x' | format('a', 7, 3.14159, 'b', 255) }}", "a-007| 3.14|b  |ff"),
            ("{{ s | length }}", "11"),
            ("{{ nothing | length }}", "0"), ("{{ nothing | upper }}", ""),
            ("{{ n | string | className }}", "java.lang.String"),
            ("{{ e | default('z') }}{{ missing.a | default('y') }}{{ 0 | default('x') }}", "zy0"),
        ])
    func texts(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "filters for lists and maps",
        arguments: [
            ("{{ l | first }}{{ l | last }}{{ s | first }}{{ el | first }}", "32H"),
            ("{{ l | join(',') }}", "3,1,2"), ("{{ l | join }}", "312"),
            ("{{ l | reverse }}", "[2,1,3]"), ("{{ l | sort }}", "[1,2,3]"), ("{{ l | rsort }}", "[3,2,1]"),
            ("{{ ['b','a'] | sort }}", "[\"a\",\"b\"]"),
            ("{{ l | slice(1) }}", "[1,2]"), ("{{ s | slice(0, 5) }}", "Hello"),
            ("{{ l | chunk(2) }}", "[[3,1],[2]]"),
            ("{{ ['a','b','a'] | distinct }}", "[\"a\",\"b\"]"), ("{{ nothing | distinct }}", "null"),
            ("{{ [1,[2,[3]]] | flatten }}", "[1,2,[3]]"),
            ("{{ l | merge([4]) }}", "[3,1,2,4]"),
            ("{{ m | merge({'c': 2, 'b': 3}) }}", "{\"a\":[1,2],\"b\":3,\"c\":2}"),
            ("{{ m | keys }}{{ l | keys }}{{ m | values }}", "[\"b\",\"a\"][0,1,2][1,[1,2]]"),
        ])
    func lists(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "filters for numbers",
        arguments: [
            ("{{ -3 | abs }}", "3"), ("{{ f | abs }}", "1.5"), ("{{ '12.5' | number }}", "12.5"),
            ("{{ '0x1F' | number }}", "31"),
            ("{{ '12.3' | number | className }}", "java.lang.Float"),
            ("{{ '12.123456789' | number | className }}", "java.lang.Double"),
            ("{{ '2147483648' | number | className }}", "java.lang.Long"),
            ("{{ '9223372036854775808' | number | className }}", "java.math.BigInteger"),
            ("{{ '12' | number('BIGDECIMAL') | className }}", "java.math.BigDecimal"),
            ("{{ '12' | number('LONG') | className }}", "java.lang.Long"),
            ("{{ '1.50' | number('BIGDECIMAL') }} {{ '+.5' | number('BIGDECIMAL') }}", "1.50 0.5"),
            ("{{ '1.50e1' | number('BIGDECIMAL') }} {{ '-0.00' | number('BIGDECIMAL') }}", "15.0 0.00"),
            ("{{ '-12e2' | number('BIGDECIMAL') }} {{ '0x1F' | number }}", "-1200 31"),
            ("{{ 1.232654 | numberFormat('#.##') }}", "1.23"), ("{{ 5 | numberFormat('000') }}", "005"),
            ("{{ f | numberFormat }}", "1.5"),
            ("{{ 1234567.895 | numberFormat('#,##0.00') }}", "1,234,567.90"),
            ("{{ 0.256 | numberFormat('0.0%') }}", "25.6%"),
            ("{{ -5 | numberFormat('0.00;(0.00)') }}", "(5.00)"),
            ("{{ 0.125 | numberFormat('0.00') }}", "0.12"), ("{{ 0.5 | numberFormat('#.##') }}", "0.5"),
        ])
    func numbers(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "filters that encode and hash",
        arguments: [
            ("{{ s | base64encode }}", "SGVsbG8gV29ybGQ="),
            ("{{ 'SGk=' | base64decode }}{{ 'SGk' | base64decode }}", "HiHi"),
            ("{{ 'a b&c=d/é' | urlencode }}", "a+b%26c%3Dd%2F%C3%A9"), ("{{ 'a+b%26' | urldecode }}", "a b&"),
            ("{{ 'abc' | md5 }}", "900150983cd24fb0d6963f7d28e17f72"),
            ("{{ 'abc' | sha1 }}", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            ("{{ 'abc' | sha256 }}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ("{{ 'abc' | sha512 | slice(0, 16) }}", "ddaf35a193617aba"),
        ])
    func encodings(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "filters for structures",
        arguments: [
            (
                "{{ m | toJson }}{{ nothing | json }}{{ s | jsonEncode }}",
                "{\"b\":1,\"a\":[1,2]}null\"Hello World\""
            ),
            ("{{ {'a': [1, 1.5, null], 'k c': 'x'} | toIon }}", "{a:[1,1.5e0,null],'k c':\"x\"}"),
            ("{{ nothing | toIon }}", "null"),
            ("{{ m | yaml }}", "b: 1\na:\n - 1\n - 2\n"),
            ("{{ [{'a': 'y: z', 'b': 'true'}] | yaml }}", " - a: 'y: z'\n   b: 'true'\n"),
            ("{{ m | jq('.a[1]') }}", "[2]"), ("{{ m | jq('.zz') }}", "[null]"),
            ("{{ m | jq('[.a[] | . * 2]') | first }}", "[2,4]"),
            ("{{ '{\"k\": [1, {\"x\": \"y\"}]}' | jq('.k[1].x') }}", "[\"y\"]"),
            ("{{ m | jq('env, $ENV') }}", "[{},{}]"),
        ])
    func structures(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "filters that search",
        arguments: [
            ("{{ csv | split(',') }}", "[\"a\",\"b\",\"c\"]"),
            (
                "{{ 'a,b,,' | split(',') }}{{ 'a,b,,' | split(',', -1) }}",
                "[\"a\",\"b\"][\"a\",\"b\",\"\",\"\"]"
            ),
            ("{{ 'a1b22c' | split('[0-9]+', 2) }}", "[\"a\",\"b22c\"]"),
            ("{{ 'ab' | split('') }}", "[\"a\",\"b\"]"),
            ("{{ s | replace({'o': '0', 'l': '1'}) }}", "He110 W0r1d"),
            ("{{ s | replace({'[lo]+': '_'}, regexp=true) }}", "He_ W_r_d"),
            ("{{ ['a', {'k': 'a'}] | replace({'a': 'x'}) }}", "[\"x\",{\"k\":\"x\"}]"),
            ("{{ 'order 12' | regexMatch('\\d+') }}", "true"),
            ("{{ 'me@host' | regexReplace('(?<u>\\w+)@(\\w+)', '$2 at ${u}') }}", "host at me"),
            ("{{ 'a-1' | regexExtract('(\\w)-(\\d)', 2) }}", "1"),
            ("{{ ('abc' | regexExtract('z')) ?? 'none' }}", "none"),
        ])
    func patterns(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "wrong inputs and arguments are refused",
        arguments: [
            "{{ l | chunk }}", "{{ l | chunk('x') }}", "{{ l | chunk(0) }}", "{{ s | chunk(1) }}",
            "{{ s | distinct }}", "{{ s | flatten }}", "{{ s | keys }}",
            "{{ s | values }}", "{{ l | merge('x') }}", "{{ l | slice(5, 9) }}", "{{ [1, 'a'] | sort }}",
            "{{ n | md5 }}", "{{ n | sha1 }}", "{{ 'x' | number }}",
            "{{ 5 | number }}", "{{ '1' | number('NOPE') }}", "{{ s | numberFormat('0') }}",
            "{{ multi | indent }}", "{{ s | escapeChar('foo') }}",
            "{{ nothing | startsWith('a') }}", "{{ '%zz' | urldecode }}", "{{ '!' | base64decode }}",
            "{{ csv | substringBefore }}", "{{ m | jq }}", "{{ s | jq('.a') }}",
            "{{ m | jq('.b.c') }}", "{{ m | jq('nope(') }}", "{{ m | jq('import \"x\" as $x; .') }}",
            "{{ s | regexMatch('(') }}", "{{ s | regexReplace('b') }}",
            "{{ s | regexExtract('(a)', 2) }}", "{{ s | regexExtract('a', -1) }}", "{{ s | replace('x') }}",
            "{{ s | upper(1) }}", "{{ s | date }}",
            "{{ s | raw }}", "{{ s | escape }}", "{{ f | numberformat('0') }}", "{{ '%d' | format('x') }}",
            "{{ '%s %s' | format('x') }}", "{{ s | slice(x=1) }}",
        ])
    func refused(template: String) { #expect(fault(of: template) != nil) }
}

@Suite struct DateTests {
    @Test(
        "dates are printed",
        arguments: [
            ("{{ d | date('yyyy-MM-dd') }}", "2024-03-05"),
            ("{{ d | date('yyyy-MM-dd HH:mm:ss', timeZone='Europe/Paris') }}", "2024-03-05 11:20:30"),
            ("{{ d | date }}", "2024-03-05T10:20:30.123456Z"),
            ("{{ d | date('iso_milli') }}", "2024-03-05T10:20:30.123Z"),
            ("{{ d | date('sql_milli') }}", "2024-03-05 10:20:30.123"),
            ("{{ d | date('EEEE d MMMM', locale='fr') }}", "mardi 5 mars"),
            ("{{ d | date('iso_week_date') }} {{ d | date('iso_ordinal_date') }}", "2024-W10-2Z 2024-065Z"),
            ("{{ d | date('rfc_1123_date_time') }}", "Tue, 5 Mar 2024 10:20:30 GMT"),
            ("{{ d | date(\"yy M d h a Q DDD 'o''clock'\") }}", "24 3 5 10 AM 1 065 o'clock"),
            (
                "{{ d | date('X XX XXX x Z O VV', timeZone='Asia/Tokyo') }}",
                "+09 +0900 +09:00 +09 +0900 GMT+9 Asia/Tokyo"
            ),
            (
                "{{ 1709634030 | date }} {{ 1709634030123 | date('iso_milli') }}",
                "2024-03-05T10:20:30.000000Z 2024-03-05T10:20:30.123Z"
            ),
            ("{{ 'July 24, 2001' | date('yyyy-MM-dd', existingFormat='MMMM dd, yyyy') }}", "2001-07-24"),
            (
                "{{ '05/03/2024 10' | date('iso_sec', existingFormat='dd/MM/yyyy HH') }}",
                "2024-03-05T10:00:00Z"
            ),
            (
                "{{ '20240305T1020' | date('iso_sec', existingFormat=\"yyyyMMdd'T'HHmm\") }}",
                "2024-03-05T10:20:00Z"
            ),
            (
                "{{ '2024-03-31T02:30:00' | date('iso_sec', timeZone='Europe/Paris') }}",
                "2024-03-31T03:30:00+02:00"
            ),
            (
                "{{ '2024-10-27T02:30:00' | date('iso_sec', timeZone='Europe/Paris') }}",
                "2024-10-27T02:30:00+02:00"
            ),
            ("{{ '2013-09-08' | date(timeZone='Europe/Paris') }}", "2013-09-08T00:00:00.000000+02:00"),
        ])
    func printed(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test(
        "dates are moved and counted",
        arguments: [
            ("{{ d | dateAdd(1, 'DAYS') }}", "2024-03-06T10:20:30.123456Z"),
            ("{{ d | dateAdd('2', 'HOURS', 'iso_sec') }}", "2024-03-05T12:20:30Z"),
            ("{{ '2024-01-31' | dateAdd(1, 'MONTHS', 'iso_local_date') }}", "2024-02-29"),
            ("{{ d | dateAdd(-1, 'MILLIS', 'iso_milli') }}", "2024-03-05T10:20:30.122Z"),
            ("{{ d | dateAdd(-1, 'DECADES', 'yyyy') }}", "2014"), ("{{ d | timestamp }}", "1709634030"),
            ("{{ d | timestampMilli }}", "1709634030123"),
            ("{{ d | timestampMicro }}", "1709634030123456"),
            ("{{ d | timestampMicro(timeZone='Europe/Paris') }}", "1709634030000123456"),
            ("{{ d | timestampNano }}", "1709634030123456000"),
            ("{{ d | timestampNano(timeZone='Europe/Paris') }}", "1709634030123456000"),
            ("{{ d | timestampMilli(timeZone='Europe/Paris') }}", "1709634030123"),
            ("{{ '2024-03-05' | timestamp(timeZone='Asia/Tokyo') }}", "1709564400"),
            ("{{ '05.03.2024' | timestamp(existingFormat='dd.MM.yyyy') }}", "1709596800"),
            ("{{ d | timestamp | className }}", "java.lang.Long"),
        ])
    func moved(template: String, expected: String) throws { #expect(try render(template) == expected) }

    @Test("times of other kinds are dates too")
    func typed() throws {
        let zoned = try #require(ZonedDateTime(iso: "2013-09-08T16:19:00+02:00"))
        let day = try #require(LocalDate(iso: "2013-09-08"))
        let variables: OrderedMap<Value> = [
            "z": .extended(.zonedDateTime(zoned)), "day": .extended(.localDate(day)),
            "i": .extended(.instant(testNow)),
        ]
        for (template, expected) in [
            ("{{ z }}", "2013-09-08T16:19+02:00"), ("{{ z | toJson }}", "\"2013-09-08T16:19:00+02:00\""),
            ("{{ [z] }}", "[\"2013-09-08T16:19:00+02:00\"]"),
            ("{{ day | date('HH:mm') }}", "12:00"), ("{{ i }}", "2024-03-05T10:20:30.123456Z"),
            ("{{ z < i }}", "true"),
        ] {
            #expect(try Template(template).render(context(variables)) == expected)
        }
    }

    @Test(
        "a fault in a pattern names what is wrong",
        arguments: [
            ("{{ d | date('yyyy b') }}", "unknown letter `b`"),
            ("{{ d | date('MMMMMM') }}", "`M` cannot stand there 6 times"),
            ("{{ d | date('ddd') }}", "`d` cannot stand there 3 times"),
            ("{{ d | date('{') }}", "`{` is reserved"),
            ("{{ d | date('yyyy]') }}", "`]` closes nothing"),
            ("{{ d | date(\"'x\") }}", "a quote is not closed"),
            ("{{ d | date(locale='he') }}", "languages with names are"),
            ("{{ d | date(timeZone='EST') }}", "`EST` is not a time zone"),
            ("{{ d | dateAdd(1, 'days') }}", "did you mean `DAYS`?"),
            ("{{ f | numberFormat('#0#') }}", "a `#` stands behind a `0`"),
            ("{{ f | numberFormat('0.0.0') }}", "it has two points"),
            ("{{ d | date('ppMMMM') }}", "longer than the 2 characters"),
        ])
    func named(template: String, words: String) throws {
        let error = try #require(fault(of: template))
        #expect("\(error)".contains(words), "\(error)")
    }

    @Test(
        "what is no date, unit, zone or pattern is refused",
        arguments: [
            "{{ 'x' | date }}", "{{ '2024-13-01' | date }}", "{{ d | dateAdd(1, 'NOPE') }}",
            "{{ d | date(timeZone='Nope/X') }}", "{{ d | date('b') }}",
            "{{ d | date(\"'x\") }}", "{{ t | date }}", "{{ d | date(locale='he') }}",
            "{{ d | date(locale='english') }}",
            "{{ '2024' | date(existingFormat='yyyy') }}", "{{ d | dateAdd('x', 'DAYS') }}",
        ])
    func refused(template: String) { #expect(fault(of: template) != nil) }
}
