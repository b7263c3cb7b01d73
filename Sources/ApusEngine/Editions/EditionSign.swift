public import ApusModel

/// Something in a flow that only one edition of the language has.
public struct EditionSign: Hashable, Sendable {
    public var edition: Edition
    /// What it is, ready for a sentence: ``the type `Loop` ``.
    public var words: String
    public var path: ValuePath
}

/// Which edition a flow is run in, and why.
///
/// Source: the versions reference, "The rule".
public struct EditionChoice: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The flow says so with `edition`.
        case written
        /// The flow uses something the other edition does not have.
        case sign(EditionSign)
        /// Nothing in the flow tells; the server's setting decides.
        case configured
    }

    public var edition: Edition
    public var reason: Reason
    /// A sign of the other edition in a flow that does not say which it wants.
    public var contradiction: EditionSign?

    /// The reason in plain words: ``tasks[0].when: `when` on a task is known to Kestra 2.x only``.
    public var words: String {
        switch reason {
        case .written: "the flow says so"
        case .sign(let sign): "\(sign.path): \(sign.words) is \(sign.edition.words)"
        case .configured: "nothing in the flow tells; it is the default"
        }
    }
}

extension Edition {
    var words: String {
        switch self {
        case .one: "gone in Kestra 2.x"
        case .two: "known to Kestra 2.x only"
        }
    }
}
