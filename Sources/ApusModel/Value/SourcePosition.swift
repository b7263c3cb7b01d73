/// A place in a text, both parts counted from 1.
public struct SourcePosition: Hashable, Sendable, Comparable {
    public var line: Int
    public var column: Int

    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// The way from the root of a value to a part of it: `tasks[0].message`. Empty for the root.
public struct ValuePath: Hashable, Sendable, CustomStringConvertible {
    public enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    public var steps: [Step]

    public init(_ steps: [Step] = []) { self.steps = steps }

    public func key(_ name: String) -> ValuePath { ValuePath(steps + [.key(name)]) }
    public func index(_ place: Int) -> ValuePath { ValuePath(steps + [.index(place)]) }
    public var parent: ValuePath? { steps.isEmpty ? nil : ValuePath(Array(steps.dropLast())) }

    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let name): text += text.isEmpty ? name : ".\(name)"
            case .index(let place): text += "[\(place)]"
            }
        }
        return text
    }
}

/// Something wrong, or worth knowing, in a document a user wrote.
public struct Fault: Hashable, Sendable, Error {
    public enum Severity: String, Hashable, Sendable { case error, warning, info }

    public var severity: Severity
    /// What was found and what was expected, in plain words, without the place.
    public var message: String
    /// Where, as a path into the document; empty when the document as a whole is meant.
    public var path: ValuePath
    public var position: SourcePosition?
    /// How to mend it, a short sentence such as ``did you mean `level`?``.
    public var remedy: String?

    /// An error.
    public init(
        _ message: String, at path: ValuePath = ValuePath(), position: SourcePosition? = nil,
        remedy: String? = nil
    ) {
        self.init(.error, message, at: path, position: position, remedy: remedy)
    }

    public init(
        _ severity: Severity, _ message: String, at path: ValuePath = ValuePath(),
        position: SourcePosition? = nil, remedy: String? = nil
    ) {
        self.severity = severity
        self.message = message
        self.path = path
        self.position = position
        self.remedy = remedy
    }

    /// One line: `tasks[0].levle: … (line 7, column 9); did you mean …?`
    public var line: String {
        var text = path.steps.isEmpty ? message : "\(path): \(message)"
        if let position { text += " (line \(position.line), column \(position.column))" }
        if let remedy { text += "; \(remedy)" }
        return text
    }
}
