import ApusModel
import ApusPlugin

/// What a script says to the server in a line `::{"outputs": {…}, "metrics": […], "logs": […]}::`.
///
/// Source: core-plugins section 7, "Output protocol".
struct OutputProtocol: Hashable {
    var outputs: OrderedMap<Value> = [:]
    var metrics: [Metric] = []
    var logs: [InlineResult.Log] = []

    /// Lines of the protocol may be longer than others: at most 1 MiB.
    static let longLines = (prefix: "::{", limit: 1 << 20)

    /// Whether a line has the protocol's form; its JSON may be wrong still.
    static func isMessage(_ line: String) -> Bool { line.hasPrefix("::{") && line.hasSuffix("}::") }

    /// Reads a line of the protocol's form. Parts of it that make no sense are left out and noted as warnings.
    ///
    /// - Throws: `JSONError` when it is no JSON.
    init(line: String) throws(JSONError) {
        let message = try JSONParser.parse(String(line.dropFirst(2).dropLast(2)))
        outputs = message["outputs"]?.mapValue ?? [:]
        for item in message["metrics"]?.listValue ?? [] {
            if let metric = Self.metric(item) {
                metrics.append(metric)
            } else {
                logs.append(InlineResult.Log(.warn, "Not a metric: \(item.json)"))
            }
        }
        for item in message["logs"]?.listValue ?? [] {
            guard let text = item["message"]?.stringValue else { continue }
            logs.append(InlineResult.Log(Self.level(item["level"]?.stringValue), text))
        }
    }

    /// A timer's value is in seconds here.
    private static func metric(_ item: Value) -> Metric? {
        guard let name = item["name"]?.stringValue,
            let kind = Metric.Kind(rawValue: (item["type"]?.stringValue ?? "counter").lowercased()),
            let value = number(item["value"])
        else { return nil }
        let tags = OrderedMap((item["tags"]?.mapValue ?? [:]).map { ($0, $1.stringValue ?? $1.json) })
        return Metric(name, kind, kind == .timer ? value * 1000 : value, tags: tags)
    }

    private static func number(_ value: Value?) -> Double? {
        switch value {
        case .int(let number): Double(number)
        case .double(let number): number
        case .string(let text): Double(text)
        default: nil
        }
    }

    private static func level(_ name: String?) -> LogLevel {
        let name = name?.uppercased() ?? "INFO"
        return name == "WARNING" ? .warn : LogLevel(rawValue: name) ?? .info
    }
}
