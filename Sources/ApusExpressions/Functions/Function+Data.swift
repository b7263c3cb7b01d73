import ApusModel
import ApusYAML

extension Function {
    /// Functions that read values out of texts.
    static let data: [Function] = [
        Function("fromJson", ["json*"], fromJSON), Function("json", ["json*"], fromJSON),
        Function("jsonDecode", ["json*"], fromJSON),
        Function("fromIon", ["ion*", "allRows"]) { (call) throws(ExpressionError) in
            let allRows = try call.flag(1, default: false)
            let text: String
            switch call[0] {
            case nil: return .null
            case .string(let string)?: text = string
            case .extended(.bytes(let bytes))?:
                guard !bytes.starts(with: [0xE0, 0x01, 0x00, 0xEA]) else {
                    throw .failed("binary Ion is not supported by \(call.subject)")
                }
                text = String(decoding: bytes, as: UTF8.self)
            case let other?: throw .wrongType(call.subject, expected: "text", found: other)
            }
            var reader = IonReader(text)
            var rows: [Value] = []
            while let row = try reader.next() {
                try call.evaluator.spend()
                guard allRows else { return row }
                rows.append(row)
            }
            return rows.isEmpty ? .null : .list(rows)
        },
        Function("yaml", ["yaml*"]) { (call) throws(ExpressionError) in
            let text = try call.string(0)
            guard !text.trimmingSpace().isEmpty else { return .null }
            do throws(Fault) {
                return try YAML.parse(text).root
            } catch {
                throw .failed("the text is not YAML: \(error.line)")
            }
        },
    ]

    private static let fromJSON: Body = { (call) throws(ExpressionError) in
        guard call[0] != nil else { return .null }
        let text = try call.string(0)
        do throws(JSONError) {
            return try JSONParser.parse(text)
        } catch {
            throw .failed("the text is not JSON: \(error)")
        }
    }
}
