/// A text that must not be printed by accident: in messages and logs it is `•••`.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The text itself; take it only where it is used.
    public let revealed: String

    public init(_ text: String) { revealed = text }

    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
