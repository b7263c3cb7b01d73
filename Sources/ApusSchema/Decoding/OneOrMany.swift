/// A list that may also be written as its only item: `message: hello` for `message: [hello]`.
public struct OneOrMany<Element: Decodable & Sendable>: Decodable, Sendable {
    public var items: [Element]

    public init(_ items: [Element]) { self.items = items }

    public init(from decoder: any Decoder) throws {
        // Text that looks like a JSON list is one item where items are text, as a log message is.
        let isList = (decoder as? ValueDecoder)?.value?.listValue != nil
        if !isList, let item = try? Element(from: decoder) {
            items = [item]
        } else {
            // A failure to read the item shows again here, in the words for the list.
            items = try [Element](from: decoder)
        }
    }
}

extension OneOrMany: DescribedType {
    public static var valueType: ValueType { .either([.of(Element.self), .list(.of(Element.self))]) }
}
