import ApusModel

/// A text of a flow that may turn out not to be renderable, which then is no reason for the task to fail.
public struct Attempted: Decodable, Sendable {
    /// As the flow writes it.
    public var source: String
    /// Rendered; `nil` when that cannot be done.
    public var text: String?
    /// Why it cannot be rendered.
    public var fault: String?

    public init(from decoder: any Decoder) throws {
        if case .map(let parts)? = (decoder as? ValueDecoder)?.value {
            source = parts["source"]?.stringValue ?? ""
            text = parts["text"]?.stringValue
            fault = parts["fault"]?.stringValue
        } else {
            // A text without an expression.
            source = try decoder.singleValueContainer().decode(String.self)
            text = source
        }
    }
}

extension Attempted: DescribedType {
    public static var valueType: ValueType { .string }
}

/// Properties of these types are rendered text by text.
protocol AttemptedType {}

extension Attempted: AttemptedType {}
extension Array: AttemptedType where Element: AttemptedType {}
extension Optional: AttemptedType where Wrapped: AttemptedType {}
