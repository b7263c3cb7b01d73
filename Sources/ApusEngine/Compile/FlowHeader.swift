import ApusModel

/// Everything of a flow but its tasks, inputs and outputs.
struct FlowHeader {
    var reference: FlowReference
    var labels: [Label]
    var variables: Value
    var retry: RetryPolicy?
    var isDisabled: Bool
    var concurrency: Concurrency?
    /// Saved, but not the revision that runs.
    var isDraft: Bool
    var faults: [Fault] = []

    /// Properties a flow may have.
    private static let known = [
        "id", "namespace", "revision", "description", "labels", "inputs", "outputs", "variables", "tasks",
        "errors",
        "finally", "afterExecution", "retry", "disabled", "pluginDefaults", "taskDefaults", "edition",
        "deleted",
        "tenantId", "updated", "source", "draft", "sla", "checks", "concurrency", "listeners", "workerGroup",
        "workerSelector", "policyRefs", "editionReason", "triggers",
    ]
    /// Properties of the language that this version does not run yet; refused rather than ignored.
    private static let unsupported = ["quotas"]
    private static let reservedIDs = [
        "pause", "resume", "force-run", "change-status", "kill", "executions", "search", "source", "disable",
        "enable",
    ]

    init(_ reader: inout PropertyReader, revision: Int) {
        reader.refuseUnknown(besides: Self.known + Self.unsupported, of: "io.kestra.core.models.flows.Flow")
        for key in Self.unsupported where reader.given(key) != nil && reader.given(key) != .list([]) {
            reader.fault("this version of Apus does not run `\(key)` yet", at: key, remedy: "remove `\(key)`")
        }
        isDraft = reader.flag("draft")
        WorkerChoice.check(&reader)
        if let policies = reader.given("policyRefs"), policies != .list([]) {
            reader.fault(
                "policies belong to Kestra's enterprise edition and cannot be applied here", at: "policyRefs",
                remedy: "remove `policyRefs`")
        }
        let id = Self.identifier("id", &reader, maxLength: 100) {
            $0.isLetterOrDigit || "._-".unicodeScalars.contains($0)
        }
        let namespace = Self.identifier("namespace", &reader, maxLength: 150) {
            ($0.isLetterOrDigit && !("A"..."Z").contains($0)) || "._-".unicodeScalars.contains($0)
        }
        // The files of the namespace before it are stored under these names.
        for part in ["_files", "_revisions"] where namespace.split(separator: ".").contains(part[...]) {
            reader.fault("`\(part)` cannot be a part of a namespace", at: "namespace")
        }
        reference = FlowReference(namespace: namespace, id: id, revision: revision)
        if Self.reservedIDs.contains(id) {
            let place = reader.path.key("id")
            faults.append(
                Fault(
                    .warning, "Flow id is a reserved keyword: \(id). Kestra refuses it; Apus runs the flow",
                    at: place,
                    position: reader.positions.position(of: place)))
        }
        (labels, faults) = Labels.read(reader.given("labels"), reader, faults)
        switch reader.given("variables") {
        case nil: variables = .map([:])
        case .map(let entries): variables = .map(entries)
        case .some(let value):
            variables = .map([:])
            reader.fault("expected a map of variables, found a \(value.kind)", at: "variables")
        }
        isDisabled = reader.flag("disabled")
        retry = RetryPolicy(
            reader.given("retry"), at: reader.path.key("retry"), positions: reader.positions,
            edition: reader.edition, faults: &faults)
        concurrency = Concurrency(reader.given("concurrency"), in: &reader, faults: &faults)
    }

    private static func identifier(
        _ key: String, _ reader: inout PropertyReader, maxLength: Int, allows: (Unicode.Scalar) -> Bool
    ) -> String {
        guard let text = reader.text(key), !text.isEmpty else {
            reader.fault("must not be null", at: key, remedy: "give the flow a `\(key)`")
            return ""
        }
        let isValid =
            text.unicodeScalars.allSatisfy(allows) && text.unicodeScalars.first?.isLetterOrDigit == true
            && text.utf8.count <= maxLength
        if !isValid {
            reader.fault(
                "`\(text)` is not a valid \(key): letters, digits, `.`, `_` and `-`, beginning with a letter or digit, at most \(maxLength) characters",
                at: key)
        }
        return text
    }
}

extension Unicode.Scalar {
    var isLetterOrDigit: Bool {
        ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
    }
}

/// Labels as written: a map, or a list of `{key, value}`.
enum Labels {
    /// `^[\p{Ll}][\p{L}0-9._-]*$`
    static func isKey(_ key: String) -> Bool {
        let letters = key.unicodeScalars
        guard letters.first?.properties.generalCategory == .lowercaseLetter else { return false }
        return letters.allSatisfy {
            switch $0.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
            default: ("0"..."9").contains($0) || $0 == "." || $0 == "_" || $0 == "-"
            }
        }
    }

    static func read(_ value: Value?, _ reader: PropertyReader, _ faults: [Fault]) -> ([Label], [Fault]) {
        var faults = faults
        var labels: [Label] = []
        let path = reader.path.key("labels")
        func add(_ key: String, _ value: Value?, _ place: ValuePath) {
            let text: String? =
                switch value {
                case .string(let text): text
                case .int, .double, .bool, .extended: value?.json
                case nil, .null, .list, .map: nil
                }
            guard let text, !text.isEmpty, !key.isEmpty else {
                faults.append(
                    Fault(
                        "a label needs a key and a text as its value", at: place,
                        position: reader.positions.position(of: place)))
                return
            }
            guard Self.isKey(key) else {
                faults.append(
                    Fault(
                        "`\(key)` is not a valid label key: a small letter first, then letters, digits, `.`, `_` and `-`",
                        at: place, position: reader.positions.position(of: place)))
                return
            }
            if key.hasPrefix("system."), key != "system.readOnly" {
                faults.append(
                    Fault(
                        "System labels can only be set by Kestra itself, offending label: \(key)=\(text)",
                        at: place,
                        position: reader.positions.position(of: place)))
                return
            }
            labels.append(Label(key, text))
        }
        switch value {
        case nil, .null: break
        case .map(let entries):
            for (key, value) in entries { add(key, value, path.key(key)) }
        case .list(let items):
            for (place, item) in items.enumerated() {
                add(item["key"]?.stringValue ?? "", item["value"], path.index(place))
            }
        case .bool, .int, .double, .string, .extended:
            faults.append(
                Fault("expected a map of labels", at: path, position: reader.positions.position(of: path)))
        }
        return (labels, faults)
    }
}
