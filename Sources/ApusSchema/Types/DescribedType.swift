public import ApusModel

/// A Swift type that says which values of the flow language it is decoded from.
///
/// Conform a type of your own that has a hand-written `init(from:)`; enums with text as raw value and structs
/// of properties describe themselves.
public protocol DescribedType {
    static var valueType: ValueType { get }
}

extension ValueType {
    /// The type of the flow language that a Swift type is decoded from; `any` when it does not say.
    public static func of<T>(_ type: T.Type) -> ValueType {
        if let described = type as? any DescribedType.Type { return described.valueType }
        if let group = type as? any PropertyGroup.Type {
            return .object(PropertyTable.of(group).entries.map(\.schema))
        }
        if let choice = type as? any (CaseIterable & RawRepresentable).Type, let names = names(of: choice) {
            return .enumeration(names)
        }
        if let raw = type as? any RawRepresentable.Type { return rawType(of: raw) }
        return .any
    }

    private static func names<T: CaseIterable & RawRepresentable>(of type: T.Type) -> [String]? {
        let names = type.allCases.compactMap { $0.rawValue as? String }
        return names.isEmpty ? nil : names
    }

    private static func rawType<T: RawRepresentable>(of type: T.Type) -> ValueType { of(T.RawValue.self) }
}

extension String: DescribedType { public static var valueType: ValueType { .string } }
extension Bool: DescribedType { public static var valueType: ValueType { .boolean } }
extension Int: DescribedType { public static var valueType: ValueType { .integer } }
extension Int64: DescribedType { public static var valueType: ValueType { .integer } }
extension Int32: DescribedType { public static var valueType: ValueType { .integer } }
extension UInt16: DescribedType { public static var valueType: ValueType { .integer } }
extension Double: DescribedType { public static var valueType: ValueType { .number } }
extension Float: DescribedType { public static var valueType: ValueType { .number } }
extension Value: DescribedType { public static var valueType: ValueType { .any } }
extension ISODuration: DescribedType { public static var valueType: ValueType { .duration } }
extension Timestamp: DescribedType { public static var valueType: ValueType { .instant } }
extension LocalDate: DescribedType { public static var valueType: ValueType { .string } }
extension LocalTime: DescribedType { public static var valueType: ValueType { .string } }

extension Optional: DescribedType { public static var valueType: ValueType { .of(Wrapped.self) } }
extension Array: DescribedType { public static var valueType: ValueType { .list(.of(Element.self)) } }
extension Dictionary: DescribedType { public static var valueType: ValueType { .map(.of(Value.self)) } }
extension OrderedMap: DescribedType { public static var valueType: ValueType { .map(.of(Element.self)) } }
