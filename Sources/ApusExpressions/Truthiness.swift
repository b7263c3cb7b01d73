/// Whether a rendered condition holds: all texts do but `false`, `0`, `-0` and the empty one, spaces aside.
///
/// Used for `runIf`, `If.condition` and the like.
public func isTruthy(rendered: String) -> Bool {
    switch rendered.trimmingSpace() {
    case "", "false", "0", "-0": false
    default: true
    }
}

extension StringProtocol {
    /// Without white space and control characters at both ends.
    func trimmingSpace() -> String {
        var scalars = Substring(self).unicodeScalars
        while let first = scalars.first, first.isSpace { scalars.removeFirst() }
        while let last = scalars.last, last.isSpace { scalars.removeLast() }
        return String(scalars)
    }
}

extension Unicode.Scalar {
    var isSpace: Bool { value <= 0x20 || properties.isWhitespace }
}
