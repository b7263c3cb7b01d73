public import ApusModel

/// A type that holds values of one other type. A hand-written type that may be decoded as a group of properties
/// says which, so that the defaults of the group are known.
public protocol Container {
    static var contained: Any.Type { get }
}

/// Finds the group that a property holds.
enum GroupTypes {
    static func group(in type: Any.Type) -> (any PropertyGroup.Type)? {
        if let group = type as? any PropertyGroup.Type { return group }
        if let container = type as? any Container.Type { return group(in: container.contained) }
        return nil
    }
}

extension Optional: Container { public static var contained: Any.Type { Wrapped.self } }
extension Array: Container { public static var contained: Any.Type { Element.self } }
extension Dictionary: Container { public static var contained: Any.Type { Value.self } }
extension OrderedMap: Container { public static var contained: Any.Type { Element.self } }
extension OneOrMany: Container { public static var contained: Any.Type { Element.self } }
