import ApusModel

extension Value {
    /// What expressions and tasks get of a stored value: a duration as its seconds.
    ///
    /// Source: versions, "KV".
    var asRead: Value {
        guard case .extended(.duration(let span)) = self else { return self }
        let seconds = span.microseconds / 1_000_000
        return span.microseconds % 1_000_000 == 0 ? .int(seconds) : .double(span.seconds)
    }
}
