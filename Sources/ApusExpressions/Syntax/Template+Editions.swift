import ApusModel

extension Template {
    /// Whether both editions read a text alike: some operators bind differently in them. A text that one of them
    /// cannot read is not read alike.
    public static func isReadAlike(_ source: String) -> Bool {
        guard let first = try? Template(source, edition: .one),
            let second = try? Template(source, edition: .two)
        else { return false }
        // The printed forms have all the parts of the trees, and their places, which are the same for one text.
        return String(describing: first.program?.nodes) == String(describing: second.program?.nodes)
    }
}
