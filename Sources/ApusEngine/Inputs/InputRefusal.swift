/// Why a value does not fit a type. The cause is half a sentence: ``it must be more than `10` ``.
struct InputRefusal: Error, Hashable {
    var cause: String

    init(_ cause: String) { self.cause = cause }

    /// The whole sentence.
    ///
    /// - Parameter value: What was given; `nil` keeps it out of the message.
    func message(for id: String, given value: String?) -> String {
        let sentence = "Invalid value for input `\(id)`: \(cause)"
        guard let value else { return sentence }
        return "\(sentence), but received `\(Self.shortened(value))`"
    }

    /// Long values are cut; a message is for reading.
    static func shortened(_ text: String) -> String {
        let limit = 200
        guard text.utf8.count > limit else { return text }
        return "\(text.prefix(limit))…"
    }
}
