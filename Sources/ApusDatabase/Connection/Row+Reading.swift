public import ApusModel

extension Row {
    public func int(_ column: Int) -> Int { Int(clamping: integer(column)) }
    public func bool(_ column: Int) -> Bool { integer(column) != 0 }
    public func time(_ column: Int) -> Timestamp { Timestamp(microseconds: integer(column)) }

    public func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
    public func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }
    public func optionalTime(_ column: Int) -> Timestamp? { isNull(column) ? nil : time(column) }
}
