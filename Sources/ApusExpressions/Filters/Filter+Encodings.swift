import ApusModel
import Foundation

extension Filter {
    /// Filters that encode, decode and hash.
    static let encodings: [Filter] = [
        Filter("base64encode") { (value, _) throws(ExpressionError) in
            .string(Data(value.encoded).base64EncodedString())
        },
        Filter("base64decode") { (value, call) throws(ExpressionError) in
            // Padding may be left out.
            var text = try call.input(value)
            while !text.utf8.count.isMultiple(of: 4), !text.hasSuffix("==") { text += "=" }
            guard let data = Data(base64Encoded: text) else { throw .failed("the text is not base64") }
            return .string(String(decoding: data, as: UTF8.self))
        },
        Filter("urlencode") { (value, call) throws(ExpressionError) in
            .string(FormEncoding.encode(try call.input(value)))
        },
        Filter("urldecode") { (value, call) throws(ExpressionError) in
            .string(try FormEncoding.decode(try call.input(value)))
        },
        hash("md5", .md5), hash("sha1", .sha1), hash("sha256", .sha256), hash("sha512", .sha512),
    ]

    private static func hash(_ name: String, _ algorithm: Digest) -> Filter {
        Filter(name) { (value, call) throws(ExpressionError) in
            switch value {
            case .string, .extended(.bytes): return .string(try algorithm.hexadecimal(of: value.encoded))
            default: throw .wrongType(call.subject, expected: "text", found: value)
            }
        }
    }
}

extension Value {
    /// The bytes of binary data, else of the text form.
    var encoded: [UInt8] {
        if case .extended(.bytes(let bytes)) = self { bytes } else { Array(printed.utf8) }
    }
}

/// `application/x-www-form-urlencoded`: a space is `+`.
enum FormEncoding {
    static func encode(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "_"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: " "): result += "+"
            default:
                if byte.isDigit || byte.isLetter {
                    result.unicodeScalars.append(Unicode.Scalar(byte))
                } else {
                    result += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
                }
            }
        }
        return result
    }

    static func decode(_ text: String) throws(ExpressionError) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, let decoded = UInt8(digits, radix: 16) else {
                    throw .failed("`%\(digits)` is no escape of an encoded text")
                }
                bytes.append(decoded)
                rest.removeFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
