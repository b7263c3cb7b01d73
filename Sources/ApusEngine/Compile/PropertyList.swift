import ApusModel

/// The entries of a list of maps in the head of a flow, each with a reader of its own.
struct PropertyList {
    private(set) var readers: [PropertyReader] = []
    private(set) var faults: [Fault] = []

    /// - Parameter key: Where the list stands in the flow.
    init(_ value: Value?, at key: String, positions: PositionMap, edition: Edition) {
        let path = ValuePath().key(key)
        guard let value, !value.isNull else { return }
        guard let items = value.listValue else {
            faults.append(
                Fault(
                    "expected a list, found a \(value.kind)", at: path, position: positions.position(of: path)
                ))
            return
        }
        for (number, item) in items.enumerated() {
            let place = path.index(number)
            guard let map = item.mapValue else {
                faults.append(
                    Fault(
                        "expected a map, found a \(item.kind)", at: place,
                        position: positions.position(of: place)))
                continue
            }
            readers.append(PropertyReader(map, at: place, positions: positions, edition: edition))
        }
    }
}

extension PropertyReader {
    /// Reads a property that must be there; one that is not, or is empty, is a fault.
    mutating func required<T>(_ key: String, read: (inout PropertyReader) -> T?) -> T? {
        guard let value = given(key), value != "" else {
            fault("must not be null", at: key, remedy: "add `\(key)`")
            return nil
        }
        return read(&self)
    }
}
