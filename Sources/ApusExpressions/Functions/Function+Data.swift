import ApusModel
import ApusYAML

extension Function {
    /// Functions that read values out of texts.
    static let data: [Function] = [
        Function("fromJson", ["json*"], fromJSON), Function("json", ["json*"], fromJSON),
        Function("jsonDecode", ["json*"], fromJSON),
        Function("fromIon", ["ion*", "allRows"]) { (call) throws(ExpressionError) in
            let allRows = try call.flag(1, default: false)
            guard let content = call[0] else { return .null }
            var reader = try IonContent(content, call)
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
            do throws(Fault) {
                return try YAML.parse(text).root
            } catch {
                throw .failed("the text is not YAML: \(error.line)")
            }
        },
    ]

    /// Ion in either of its forms.
    private enum IonContent {
        case text(IonReader)
        case binary(BinaryIonReader)

        init(_ content: Value, _ call: Arguments) throws(ExpressionError) {
            switch content {
            case .string(let text): self = .text(IonReader(text))
            case .extended(.bytes(let bytes)) where bytes.starts(with: BinaryIonReader.marker):
                self = .binary(BinaryIonReader(bytes))
            case .extended(.bytes(let bytes)):
                self = .text(IonReader(String(decoding: bytes, as: UTF8.self)))
            default: throw .wrongType(call.subject, expected: "text", found: content)
            }
        }

        mutating func next() throws(ExpressionError) -> Value? {
            switch self {
            case .text(var reader):
                defer { self = .text(reader) }
                return try reader.next()
            case .binary(var reader):
                defer { self = .binary(reader) }
                return try reader.next()
            }
        }
    }

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
