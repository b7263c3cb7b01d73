public import ApusModel

extension TypeSchema {
    /// Everything wrong with the properties a user wrote for this type, as far as it shows before rendering.
    ///
    /// Found are: names nobody declared, required properties that are missing, values of a wrong type, unknown
    /// types of nested plugins. Text with an expression passes wherever rendering is done. The properties common to
    /// the kind are checked when they are there and never asked for. Of lists of tasks only their form is
    /// checked: whoever walks the tree validates each task with its own type.
    ///
    /// - Parameters:
    ///   - path: Where the properties stand in the document; faults have paths below it.
    ///   - positions: Of the document.
    public func validate(
        _ properties: OrderedMap<Value>, at path: ValuePath, positions: PositionMap, catalogue: Catalogue
    ) -> [Fault] {
        var check = ValueCheck(owner: type, positions: positions, catalogue: catalogue)
        check.check(properties, against: self.properties, also: commonProperties, at: path, isDynamic: true)
        return check.faults
    }
}
