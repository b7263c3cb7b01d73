import Testing

@Suite struct EncodingFilterTests {
    @Test("filters that encode, decode and hash", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    static let entries: [Entry] = [
        Entry(
            "base64decode",
            [
                ("{{ 'SGk=' | base64decode }}{{ 'SGk' | base64decode }}", "HiHi"),
                ("{{ 'w6k=' | base64decode }}{{ e | base64decode }}|", "é|"),
                ("{{ s | base64encode | base64decode }}", "Hello World"),
                ("{{ (nothing | base64decode) is null }}", "true"),
            ],
            refuses: [
                No("{{ '!' | base64decode }}", "the text is not base64"),
                No("{{ 'S' | base64decode }}", "the text is not base64"),
                No("{{ n | base64decode }}", "takes text, found integer"),
                No("{{ s | base64decode(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "base64encode",
            [
                ("{{ s | base64encode }}", "SGVsbG8gV29ybGQ="), ("{{ 'é' | base64encode }}", "w6k="),
                ("{{ e | base64encode }}|{{ 5 | base64encode }}", "|NQ=="),
                ("{{ (nothing | base64encode) is null }}", "true"),
            ],
            refuses: [No("{{ s | base64encode('x') }}", "takes 0 arguments")]),
        Entry(
            "md5",
            [
                ("{{ 'abc' | md5 }}", "900150983cd24fb0d6963f7d28e17f72"),
                ("{{ e | md5 }}", "d41d8cd98f00b204e9800998ecf8427e"),
                ("{{ 'é' | md5 }}", "66ddcd97cfdeabb2f6fb8a999b4bc76f"),
                ("{{ (nothing | md5) is null }}", "true"),
            ],
            refuses: [No("{{ n | md5 }}", "takes text, found integer"), No("{{ l | md5 }}", "found list")]),
        Entry(
            "sha1",
            [
                ("{{ 'abc' | sha1 }}", "a9993e364706816aba3e25717850c26c9cd0d89d"),
                ("{{ e | sha1 }}", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
                ("{{ 'é' | sha1 }}", "bf15be717ac1b080b4f1c456692825891ff5073d"),
                ("{{ (nothing | sha1) is null }}", "true"),
            ],
            refuses: [
                No("{{ n | sha1 }}", "takes text, found integer"), No("{{ t | sha1 }}", "found boolean"),
            ]),
        Entry(
            "sha256",
            [
                ("{{ 'abc' | sha256 }}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                ("{{ e | sha256 }}", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
                ("{{ 'é' | sha256 | slice(0, 8) }}", "4a99557e"),
                ("{{ (nothing | sha256) is null }}", "true"),
            ],
            refuses: [
                No("{{ n | sha256 }}", "takes text, found integer"), No("{{ m | sha256 }}", "found map"),
            ]),
        Entry(
            "sha512",
            [
                ("{{ 'abc' | sha512 | slice(0, 16) }}", "ddaf35a193617aba"),
                ("{{ e | sha512 | slice(0, 16) }}", "cf83e1357eefb8bd"),
                ("{{ 'abc' | sha512 | length }}", "128"), ("{{ (nothing | sha512) is null }}", "true"),
            ],
            refuses: [
                No("{{ f | sha512 }}", "takes text, found number"),
                No("{{ s | sha512(1) }}", "takes 0 arguments"),
            ]),
        Entry(
            "urldecode",
            [
                ("{{ 'a+b%26c%2F%c3%a9' | urldecode }}", "a b&c/é"), ("{{ e | urldecode }}|", "|"),
                ("{{ 'a b&c=d/é*' | urlencode | urldecode }}", "a b&c=d/é*"),
                ("{{ (nothing | urldecode) is null }}", "true"),
            ],
            refuses: [
                No("{{ '%zz' | urldecode }}", "`%zz` is no escape"),
                No("{{ 'a%2' | urldecode }}", "`%2` is no escape"),
                No("{{ n | urldecode }}", "takes text, found integer"),
            ]),
        Entry(
            "urlencode",
            [
                ("{{ 'a b&c=d/é' | urlencode }}", "a+b%26c%3Dd%2F%C3%A9"),
                ("{{ '.-*_~' | urlencode }}", ".-*_%7E"), ("{{ e | urlencode }}|", "|"),
                ("{{ (nothing | urlencode) is null }}", "true"),
            ],
            refuses: [
                No("{{ n | urlencode }}", "takes text, found integer"),
                No("{{ s | urlencode('x') }}", "takes 0 arguments"),
            ]),
    ]
}
