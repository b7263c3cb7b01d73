internal import ApusModel

/// A least and a greatest value, both allowed.
struct Bounds<Bound: Comparable> {
    var min: Bound?
    var max: Bound?

    init(_ min: Bound?, _ max: Bound?) {
        self.min = min
        self.max = max
    }

    enum Side { case below, above }

    /// On which side of the bounds a value lies; `nil` within them.
    func side(of value: Bound) -> Side? {
        if let min, value < min { return .below }
        if let max, value > max { return .above }
        return nil
    }
}

extension Bounds where Bound: Numeric & LosslessStringConvertible {
    func check(_ value: Bound) throws(InputRefusal) -> Bound {
        switch side(of: value) {
        case .below?: throw InputRefusal("it must be more than `\(min.map(Self.text) ?? "")`")
        case .above?: throw InputRefusal("it must be less than `\(max.map(Self.text) ?? "")`")
        case nil: return value
        }
    }

    static func text(_ number: Bound) -> String { number.description }
}
