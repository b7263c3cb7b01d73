/// What templates are made of, for the generator.
enum Words {
    static let filters = [
        "abbreviate", "abs", "base64decode", "base64encode", "capitalize", "chunk", "className", "date",
        "dateAdd",
        "default", "distinct", "endsWith", "escapeChar", "first", "flatten", "format", "indent", "join", "jq",
        "json",
        "jsonEncode", "keys", "last", "length", "lower", "md5", "merge", "nindent", "nl2br", "number",
        "numberFormat", "regexExtract", "regexMatch", "regexReplace", "replace", "reverse", "rsort", "sha1",
        "sha256", "sha512", "slice", "slugify", "sort", "split", "startsWith", "string", "substringAfter",
        "substringAfterLast", "substringBefore", "substringBeforeLast", "timestamp", "timestampMicro",
        "timestampMilli", "timestampNano", "title", "toIon", "toJson", "trim", "upper", "urldecode",
        "urlencode",
        "values", "yaml", "nosuchfilter",
    ]

    static let functions = [
        "appLink", "block", "currentEachOutput", "dayOfMonth", "dayOfWeek", "decrypt", "encrypt", "env",
        "errorLogs",
        "fetchContext", "fileExists", "fileSize", "fileURI", "fromIon", "fromJson", "hourOfDay", "http", "id",
        "isDateAfter", "isDateBefore", "isDateBetween", "isDayWeekInMonth", "isFileEmpty", "isLastWorkingDay",
        "isPublicHoliday", "isWeekend", "json", "jsonDecode", "ksuid", "kv", "loopOutputs", "m1", "m2", "max",
        "min",
        "monthOfYear", "nanoId", "now", "parentOutput", "printContext", "randomInt", "randomPort", "range",
        "read",
        "render", "renderOnce", "secret", "tasksWithState", "uuid", "yaml", "nosuchfunction",
    ]

    static let operators = [
        "+", "-", "*", "/", "%", "~", "==", "!=", "<", ">", "<=", ">=", "and", "or", "??", "???", "..",
        "contains",
        "isIn", "equals", "=",
    ]

    static let tests = ["defined", "null", "empty", "even", "odd", "iterable", "map", "json", "nosuchtest"]

    static let variables = [
        "s", "n", "l", "m", "e", "nothing", "deep", "big", "nested", "date", "self", "text", "unicode",
        "zero", "x", "y",
        "item", "loop", "outputs", "vars", "_context", "missing",
    ]

    static let keys = [
        "a", "b", "c", "value", "key", "index", "first", "length", "a-b", "0", "é", "", "__proto__",
    ]

    static let numbers = [
        "0", "1", "2", "3", "7", "100", "1000", "100000", "1000000", "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775807 - 1", "-1", "0.1", "1.5", "1e308", "0.0000000001", "99999999999999999999.9",
        "1L", "-0.0",
        "2147483648", "179769313486231570000000000000000000000.0",
    ]

    static let texts = [
        "", "a", "abc", " ", "0", "1", "-1", "1.5", "{", "{{ s }}", "{{ render(self) }}", "{{ self }}",
        "{% raw %}x",
        "\\n", "\u{0}", "é", "e\u{301}", "👩‍👩‍👧‍👦", "\u{FEFF}", "\u{FFFFE}0\u{FFFFE}", "İ", "ß", "漢字", "‮",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "2024-03-05T10:20:30Z", "2024-02-30", "-999999999-01-01", "+999999999-12-31T23:59:59Z", "P1Y", "PT1H",
        "yyyy-MM-dd", "EEEE", "Europe/Paris", "UTC", "+25:00", "DAYS", "FOREVER", "#,##0.00", "%s %d",
        "%999d", "%.999f", "%1$s",
        "[1,2,3]", "{\"a\": {\"b\": [1, 2]}}", "[[[[[[[[[[", "{a: 1}", "a,b,c", "INT", "single", "io.kestra",
        "USA", "US", "FIRST",
        "true", "null", "NaN", "9223372036854775808", "1e400", "0x7fffffffffffffffffff", "%41%", "%C3%28",
        "QUJD", "====",
    ]

    static let patterns = [
        "a", "(a+)+$", "(a|a)*b", "(.*)*x", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?i)A+", "[^,]*",
        "\\\\d+", "(?<n>a)\\\\k<n>",
        "a{1000}", "(a{100}){100}", "((a{50}){50}){50}", "(?=(a+))a*b\\\\1", "(?<=a+)b", "(?>a+)a",
        "[a-z&&[^b]]", "\\\\p{L}+", "", "|", "(", "[",
        "*", "(?", "\\\\", ".{0,1000}.{0,1000}x", "(a?){50}a{50}", "$", "^", "\\\\b",
    ]

    static let programs = [
        ".", ".a", ".[0]", ".a.b.c", ".[]", "..", "[range(1000000)]", "[limit(10; repeat(.))]", "def f: f; f",
        "[.,.]|[.,.]|[.,.]",
        "\\\"x\\\" * 1000000", "until(false; .)", "[recurse(.; true)]", "input", "env", "$ENV", "now",
        "error", ". as [$a] | $a",
        "to_entries", "tojson", "fromjson", "@base64", "test(\\\"(a+)+$\\\")", "halt",
        "import \\\"a\\\" as a; .", "reduce range(100000) as $i (\\\"\\\"; . + \\\"xxxxxxxxxx\\\")",
        "[splits(\\\"a\\\")]", ".[1000000000] = 1", "ltrimstr(1)", "[paths]", "getpath([\\\"a\\\", 0])",
        "\\\"\\\\(.)\\\"", "{(.a): 1}", "limit(3; .[])", "[.[] | . * 2]",
    ]
}
