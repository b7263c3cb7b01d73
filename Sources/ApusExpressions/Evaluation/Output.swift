import ApusModel

/// What a rendering has produced so far.
struct Output {
    /// Keeps the only value as it is, for typed rendering.
    private let isTyped: Bool
    private(set) var text = ""
    /// Something was written, perhaps an empty text.
    private(set) var isTouched = false
    private var only: Value?
    private var hasContainer = false

    init(isTyped: Bool = false) { self.isTyped = isTyped }

    mutating func append(_ piece: String) throws(ExpressionError) {
        if isTyped { note(.string(piece)) }
        isTouched = true
        text += piece
        try check()
    }

    mutating func append(_ value: Value) throws(ExpressionError) {
        guard !value.isNull else { return }
        if isTyped { note(value) }
        isTouched = true
        value.print(to: &text)
        try check()
    }

    private func check() throws(ExpressionError) {
        guard text.utf8.count <= Limits.textBytes else {
            throw .limit("the rendered text is longer than \(Limits.textBytes) bytes")
        }
    }

    private mutating func note(_ value: Value) {
        hasContainer = hasContainer || value.isContainer
        // Not `nil` in a conditional expression: that would be the null value.
        if isTouched { only = .none } else { only = .some(value) }
    }

    /// The result of typed rendering.
    var value: Value {
        guard isTouched else { return .null }
        if let only { return only }
        // Text around a list is text, unless the whole happens to be JSON.
        if hasContainer, let parsed = try? JSONParser.parse(text) { return parsed }
        return .string(text)
    }
}
