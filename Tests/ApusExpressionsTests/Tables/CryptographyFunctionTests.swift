import Testing

@Suite struct CryptographyFunctionTests {
    @Test("functions that encrypt", arguments: entries)
    func rows(entry: Entry) { entry.check() }

    private static let key = "'I6EGNzRESu3X3pKZidrqCGOHQFUFC0yK'"
    private static let longKey = "'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='"

    static let entries: [Entry] = [
        Entry(
            "decrypt",
            [
                ("{{ decrypt(\(key), encrypt(\(key), 'abc')) }}", "abc"),
                ("{{ decrypt(key=\(longKey), encrypted=encrypt(\(longKey), 'é👍')) }}", "é👍"),
                ("{{ decrypt(\(key), encrypt(\(key), '')) }}|", "|"),
            ],
            refuses: [
                No("{{ decrypt(\(key), 'zzz') }}", "is not an encrypted text"),
                No("{{ decrypt(\(longKey), encrypt(\(key), 'abc')) }}", "cannot be decrypted with this key"),
                No("{{ decrypt('x', 'y') }}", "the key is base64 of 32 bytes"),
                No("{{ decrypt(\(key)) }}", "needs the argument `encrypted`"),
                No("{{ decrypt(\(key), null) }}", "is null"),
            ]),
        Entry(
            "encrypt",
            [
                // IV of 12 bytes, as many as the text has, and a tag of 16.
                ("{{ encrypt(\(key), 'abcde') | length }}", "44"),
                ("{{ encrypt(\(key), '') | length }}", "40"),
                ("{{ encrypt(\(key), 'a') == encrypt(key=\(key), plaintext='a') }}", "false"),
            ],
            refuses: [
                No("{{ encrypt('x') }}", "needs the argument `plaintext`"),
                No("{{ encrypt('bad', 'x') }}", "the key is base64 of 32 bytes"),
                No("{{ encrypt(\(key), 5) }}", "takes text, found integer"),
                No("{{ encrypt(\(key), null) }}", "is null"), No("{{ encrypt(null, 'x') }}", "is null"),
            ]),
    ]
}
