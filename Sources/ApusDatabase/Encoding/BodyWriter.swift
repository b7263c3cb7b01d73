import ApusModel

/// Writes the body of a row: a JSON object whose absent and empty members are left out.
struct BodyWriter {
    private var json = JSONWriter(capacity: 512)
    private var isEmpty = true

    init() { json.raw("{") }

    mutating func finish() -> String {
        json.raw("}")
        return json.text
    }

    private mutating func key(_ name: String) {
        if isEmpty { isEmpty = false } else { json.raw(",") }
        json.raw("\"")
        json.raw(name)
        json.raw("\":")
    }

    mutating func add(_ name: String, _ text: String?) {
        guard let text else { return }
        key(name)
        json.write(text)
    }

    mutating func add(_ name: String, _ number: Int?) {
        guard let number else { return }
        key(name)
        json.raw(String(number))
    }

    mutating func add(_ name: String, _ date: Timestamp?) {
        guard let date else { return }
        key(name)
        json.raw(String(date.microseconds))
    }

    mutating func add(_ name: String, _ value: Value?) throws(DatabaseError) {
        guard let value else { return }
        key(name)
        try StoredValue.write(value, to: &json)
    }

    /// `["CREATED",1700000000000000,"RUNNING",…]`
    mutating func add(_ name: String, _ history: StateHistory) {
        key(name)
        write(history)
    }

    mutating func add(_ name: String, _ histories: [StateHistory]) {
        guard !histories.isEmpty else { return }
        key(name)
        json.raw("[")
        for (place, history) in histories.enumerated() {
            if place > 0 { json.raw(",") }
            write(history)
        }
        json.raw("]")
    }

    /// `["key","value",…]`
    mutating func add(_ name: String, _ labels: [Label]) {
        guard !labels.isEmpty else { return }
        key(name)
        json.raw("[")
        for (place, label) in labels.enumerated() {
            if place > 0 { json.raw(",") }
            json.write(label.key)
            json.raw(",")
            json.write(label.value)
        }
        json.raw("]")
    }

    private mutating func write(_ history: StateHistory) {
        json.raw("[")
        for (place, entry) in history.histories.enumerated() {
            if place > 0 { json.raw(",") }
            json.raw("\"")
            json.raw(entry.state.rawValue)
            json.raw("\",")
            json.raw(String(entry.date.microseconds))
        }
        json.raw("]")
    }
}
