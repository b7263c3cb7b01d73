/// The generation of the flow language a flow was written for; it decides what its constructs mean.
public enum Edition: Int, Hashable, Sendable {
    /// Kestra 0.x and 1.x.
    case one = 1
    /// Kestra 2.x.
    case two = 2
}
