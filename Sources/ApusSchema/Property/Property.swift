internal import ApusModel

/// Declares a property of a plugin type: its name is the variable's, its type the variable's type.
///
/// ```swift
/// @Property("The text to write.") var message: String            // required
/// @Property("Severity of the entry.") var level: LogLevel = .info  // left out: .info
/// @Property("Who is told.") var audience: [String]?                // left out: nil
/// ```
@propertyWrapper
public struct Property<T: Decodable & Sendable>: Sendable {
    /// `nil` for a required property that was not decoded.
    private var value: T?
    private let declaration: PropertyDeclaration?

    public var wrappedValue: T {
        get {
            guard let value else { preconditionFailure("a required property is read before it was decoded") }
            return value
        }
        set { value = newValue }
    }

    private init(decoded value: T?) {
        self.value = value
        declaration = nil
    }

    /// A property with a default.
    ///
    /// - Parameters:
    ///   - description: One sentence or more for the documentation.
    ///   - aliases: Former names that flows may still use.
    ///   - isDynamic: Expressions in it are rendered before the plugin sees it.
    ///   - keepsType: Text that is one expression gives the value of it, not its text.
    ///   - refusal: Why it cannot be used on this server: a flow that gives it is refused.
    public init(
        wrappedValue: T, _ description: String, aliases: [String] = [], isDynamic: Bool = true,
        keepsType: Bool = false, refusal: String? = nil
    ) {
        value = wrappedValue
        declaration = PropertyDeclaration(
            description, aliases: aliases, isDynamic: isDynamic, keepsType: keepsType, refusal: refusal)
    }

    /// A required property.
    public init(
        _ description: String, aliases: [String] = [], isDynamic: Bool = true,
        keepsType: Bool = false, refusal: String? = nil
    ) {
        value = nil
        declaration = PropertyDeclaration(
            description, aliases: aliases, isDynamic: isDynamic, keepsType: keepsType, refusal: refusal)
    }

    /// A property that may be left out and is `nil` then.
    public init(
        _ description: String, aliases: [String] = [], isDynamic: Bool = true,
        keepsType: Bool = false, refusal: String? = nil
    ) where T: ExpressibleByNilLiteral {
        value = .some(nil)
        declaration = PropertyDeclaration(
            description, aliases: aliases, isDynamic: isDynamic, keepsType: keepsType, refusal: refusal)
    }
}

/// What a plugin's author says about a property, besides its name and type.
final class PropertyDeclaration: Sendable {
    let description: String
    let aliases: [String]
    let isDynamic: Bool
    let keepsType: Bool
    let refusal: String?

    init(_ description: String, aliases: [String], isDynamic: Bool, keepsType: Bool, refusal: String?) {
        self.description = description
        self.aliases = aliases
        self.isDynamic = isDynamic
        self.keepsType = keepsType
        self.refusal = refusal
    }
}

extension Property: Decodable {
    /// Never throws for a wrong value: the fault is noted in the session, so that all of them come out together.
    public init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? ValueDecoder else {
            self.init(decoded: try T(from: decoder))
            return
        }
        let entry = decoder.claim()
        guard let found = decoder.value, !found.isNull, entry?.isMissing(found) != true else {
            if let fallback = entry?.prototype as? Property<T> {
                self = fallback
            } else {
                self.init("")
                value = (T.self as? any ExpressibleByNilLiteral.Type).flatMap {
                    $0.init(nilLiteral: ()) as? T
                }
            }
            if value == nil {
                decoder.session.faults.append(Fault(.error, "must not be null", at: decoder.path))
            }
            return
        }
        do {
            self.init(decoded: try T(from: decoder))
        } catch {
            self.init(decoded: nil)
            decoder.session.note(error, value: found, type: entry?.schema.valueType ?? .any, at: decoder.path)
        }
    }
}

extension Property: DeclaredProperty {
    func entry(named name: String) -> PropertyTable.Entry? {
        guard let declaration else { return nil }
        var schema = PropertySchema(
            name: name, aliases: declaration.aliases, description: declaration.description,
            valueType: ValueType.of(T.self), isRequired: value == nil,
            defaultValue: value.flatMap(Value.init(describing:)), isDynamic: declaration.isDynamic,
            keepsType: declaration.keepsType, refusal: declaration.refusal)
        schema.isAttempted = T.self is any AttemptedType.Type
        return PropertyTable.Entry(schema: schema, prototype: self, group: GroupTypes.group(in: T.self))
    }
}
