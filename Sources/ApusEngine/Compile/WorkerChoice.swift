import ApusModel

/// `workerGroup` and `workerSelector`: which workers may run something.
///
/// A server of this version has one worker, its own, and it takes the place of every group, as in Kestra's open
/// edition: a `fallback` never applies. Whoever counts on a group is warned.
enum WorkerChoice {
    private enum Fallback: String, CaseIterable {
        case fail = "FAIL"
        case wait = "WAIT"
        case cancel = "CANCEL"
        case ignore = "IGNORE"
    }
    private enum Match: String, CaseIterable {
        case all = "ALL"
        case any = "ANY"
    }

    /// Checks both properties of a task or a flow.
    static func check(_ reader: inout PropertyReader) {
        if let value = reader.given("workerGroup") {
            let inner = part("workerGroup", value, ["key", "fallback"], &reader) { inner in
                if inner.text("key") == nil { inner.fault("must not be null", at: "key") }
            }
            if let key = inner?.given("key")?.stringValue {
                warn("worker group `\(key)`", "workerGroup", &reader)
            }
        }
        if let value = reader.given("workerSelector") {
            let inner = part("workerSelector", value, ["tags", "match", "fallback"], &reader) { inner in
                _ = inner.choice("match", Match.self)
                let tags = inner.given("tags")?.listValue
                if tags?.isEmpty ?? true || tags?.contains(where: { $0.stringValue == nil }) ?? true {
                    inner.fault(
                        "expected a list of tags", at: "tags", remedy: "write for example `tags: [gpu]`")
                }
            }
            if inner != nil { warn("workers with tags", "workerSelector", &reader) }
        }
    }

    private static func part(
        _ key: String, _ value: Value, _ known: [String], _ reader: inout PropertyReader,
        _ check: (inout PropertyReader) -> Void
    ) -> PropertyReader? {
        guard let map = value.mapValue else {
            reader.fault(
                "expected a map with \(known.map { "`\($0)`" }.joined(separator: ", ")), found a \(value.kind)",
                at: key)
            return nil
        }
        var inner = PropertyReader(
            map, at: reader.path.key(key), positions: reader.positions, edition: reader.edition)
        inner.refuseUnknown(besides: known, of: key)
        _ = inner.choice("fallback", Fallback.self)
        check(&inner)
        for fault in inner.faults { reader.add(fault) }
        return inner.faults.isEmpty ? inner : nil
    }

    private static func warn(_ wanted: String, _ key: String, _ reader: inout PropertyReader) {
        let place = reader.path.key(key)
        reader.add(
            Fault(
                .warning, "this server has no \(wanted): its own worker runs everything", at: place,
                position: reader.positions.position(of: place)))
    }
}
