import ApusModel
import ApusSchema

/// Patterns of paths: one text, or a list of texts; the text of a JSON list is a list.
struct Patterns: Decodable, Sendable, DescribedType {
    static var valueType: ValueType { .either([.string, .list(.string)]) }

    let patterns: [String]

    init(from decoder: any Decoder) throws {
        if let list = try? [String](from: decoder) {
            patterns = list
        } else {
            patterns = [try String(from: decoder)]
        }
    }
}
