import ApusModel

/// What a server said when it refused a request, as lines to read.
package enum RefusalText {
    /// - Parameters:
    ///   - body: The answer; JSON with `message` and maybe `faults`, or anything.
    ///   - file: The file that was sent, for places in it.
    package static func lines(status: Int, body: [UInt8], file: String? = nil) -> [String] {
        // What is no JSON is a proxy's page, or nothing: the status says it all.
        guard let json = try? JSONParser.parse(body) else {
            return ["the server answered \(status)\(status == 401 ? "; give --user USER:PASSWORD" : "")"]
        }
        let faults = (json["faults"]?.listValue ?? []).compactMap(FaultText.init(json:))
        if let file, !faults.isEmpty { return faults.map { $0.line(file: file) } }
        let message = json["message"]?.stringValue ?? "the server answered \(status)"
        var lines = message.split(separator: "\n").map { LogText.printable(String($0), keepsLines: false) }
        for error in json["_embedded"]?["errors"]?.listValue ?? [] {
            guard let text = error["message"]?.stringValue, !message.contains(text) else { continue }
            let path = error["path"]?.stringValue.map { "\($0): " } ?? ""
            lines.append("  \(path)\(LogText.printable(text, keepsLines: false))")
        }
        if let file, let first = lines.first { lines[0] = "\(file): error: \(first)" }
        return lines
    }
}
