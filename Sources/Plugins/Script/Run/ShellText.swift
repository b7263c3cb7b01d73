extension String {
    /// As one word of a POSIX shell, whatever it holds.
    var shellQuoted: String { "'\(replacing("'", with: "'\\''"))'" }
}
