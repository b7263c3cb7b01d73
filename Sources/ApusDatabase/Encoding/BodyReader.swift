import ApusModel

/// Reads the body of a row. Members this version does not know are passed over.
struct BodyReader {
    private let members: OrderedMap<Value>
    /// What the row is, for messages.
    private let subject: String

    init(_ bytes: [UInt8], _ subject: String) throws(DatabaseError) {
        self.subject = subject
        do {
            guard case .map(let members) = try JSONParser.parse(bytes) else {
                throw DatabaseError(.unreadable, "the stored \(subject) is not an object")
            }
            self.members = members
        } catch let error as DatabaseError {
            throw error
        } catch {
            throw DatabaseError(.unreadable, "the stored \(subject) cannot be read: \(error)")
        }
    }

    private func wrong(_ name: String) -> DatabaseError {
        DatabaseError(.unreadable, "the stored \(subject) has no usable `\(name)`")
    }

    func text(_ name: String) throws(DatabaseError) -> String {
        guard let text = members[name]?.stringValue else { throw wrong(name) }
        return text
    }

    func optionalText(_ name: String) -> String? { members[name]?.stringValue }
    func optionalInt(_ name: String) -> Int? { members[name]?.intValue.map { Int(clamping: $0) } }
    func optionalTime(_ name: String) -> Timestamp? {
        members[name]?.intValue.map { Timestamp(microseconds: $0) }
    }

    func value(_ name: String) throws(DatabaseError) -> Value? {
        guard let stored = members[name] else { return nil }
        return try StoredValue.read(stored)
    }

    func history(_ name: String) throws(DatabaseError) -> StateHistory {
        guard let stored = members[name], let history = Self.history(stored) else { throw wrong(name) }
        return history
    }

    func histories(_ name: String) throws(DatabaseError) -> [StateHistory] {
        var result: [StateHistory] = []
        for stored in members[name]?.listValue ?? [] {
            guard let history = Self.history(stored) else { throw wrong(name) }
            result.append(history)
        }
        return result
    }

    func labels(_ name: String) -> [Label] {
        var result: [Label] = []
        var key: String?
        for item in members[name]?.listValue ?? [] {
            let text = item.stringValue ?? ""
            if let first = key {
                result.append(Label(first, text))
                key = nil
            } else {
                key = text
            }
        }
        return result
    }

    private static func history(_ stored: Value) -> StateHistory? {
        var entries: [StateHistory.Entry] = []
        var state: State?
        for item in stored.listValue ?? [] {
            if let known = state {
                guard let date = item.intValue else { return nil }
                entries.append(StateHistory.Entry(state: known, date: Timestamp(microseconds: date)))
                state = nil
            } else {
                guard let known = item.stringValue.flatMap(State.init(rawValue:)) else { return nil }
                state = known
            }
        }
        return state == nil ? StateHistory(histories: entries) : nil
    }
}
