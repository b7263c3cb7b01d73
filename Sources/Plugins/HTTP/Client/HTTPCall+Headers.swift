import ApusModel

extension HTTPCall {
    /// Headers as flows write them; null leaves one out.
    mutating func add(_ headers: OrderedMap<Value>) {
        for (name, value) in headers where !value.isNull {
            self.headers.append(Header(name: name, value: value.formText))
        }
    }

    /// Adds a header, unless one of this name is there.
    mutating func addUnlessGiven(_ name: String, _ value: String) {
        guard !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) else { return }
        headers.append(Header(name: name, value: value))
    }
}
