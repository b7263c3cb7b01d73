/// Properties that several types share: declared once as a group, they stand beside a type's own.
///
/// ```swift
/// @Included var call: CallProperties   // its `uri` and `method` are properties of the type
/// ```
@propertyWrapper
public struct Included<Group: PropertyGroup>: Sendable {
    public var wrappedValue: Group

    public init() { wrappedValue = Group() }
}

extension Included: Decodable {
    public init(from decoder: any Decoder) throws {
        // The group reads from the map around it, whose table has its properties too.
        wrappedValue = try Group(from: (decoder as? ValueDecoder)?.parent ?? decoder)
    }
}

/// An ``Included`` seen without its type.
protocol IncludedGroup {
    static var table: PropertyTable { get }
}

extension Included: IncludedGroup {
    static var table: PropertyTable { PropertyTable.of(Group.self) }
}
