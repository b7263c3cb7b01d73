import ApusModel
import Testing

@Suite struct ConstantTimeTests {
    @Test(
        "a secret equals itself only",
        arguments: [
            ("key", "key", true), ("", "", true), ("kez", "key", false), ("ke", "key", false),
            ("keyy", "key", false), ("", "key", false), ("key", "", false), ("key\0", "key", false),
        ])
    func equality(given: String, secret: String, isEqual: Bool) {
        #expect(ConstantTime.areEqual(given.utf8, secret.utf8) == isEqual)
    }
}
