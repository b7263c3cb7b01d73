import ApusModel
import ApusPlugin

/// Pairs in the form `a=1&b=x+y`.
enum QueryText {
    /// Fields in order; a list repeats its name, null is left out.
    static func pairs(_ fields: OrderedMap<Value>) -> String {
        fields.flatMap { name, value -> [String] in
            let values = value.listValue ?? (value.isNull ? [] : [value])
            return values.map { "\(encoded(name))=\(encoded($0.formText))" }
        }.joined(separator: "&")
    }

    /// A URL with further query parameters, before its fragment.
    static func append(_ params: Value?, to url: String) throws(TaskFailure) -> String {
        guard let params, !params.isNull else { return url }
        guard let fields = params.mapValue else {
            throw TaskFailure("`params` must be a map of query parameters by name, found \(params.kind)")
        }
        let text = pairs(fields)
        guard !text.isEmpty else { return url }
        let base = url.prefix { $0 != "#" }
        return "\(base)\(base.contains("?") ? "&" : "?")\(text)\(url.dropFirst(base.count))"
    }

    /// The `application/x-www-form-urlencoded` form, with `%20` for blanks, which all servers understand.
    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }
}
