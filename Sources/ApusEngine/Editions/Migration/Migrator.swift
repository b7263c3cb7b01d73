import ApusModel
import ApusSchema

/// Finds what has to change in a flow for the other edition.
///
/// Source: the rename table of the flow language reference, section 16, and the versions reference, row 27.
struct Migrator {
    /// Steps that need what the one before left.
    enum Stage: CaseIterable {
        /// Plugin defaults are written into the plugins they are for.
        case defaults
        case renames
    }

    let flow: OrderedMap<Value>
    let positions: PositionMap
    let target: Edition
    let compiler: FlowCompiler
    private(set) var edits = EditSet()
    private(set) var notes: [Fault] = []
    /// Tasks that stand in a loop, for what is read from outside of it.
    var loopTasks: Set<String> = []

    init(_ flow: OrderedMap<Value>, positions: PositionMap, to edition: Edition, compiler: FlowCompiler) {
        self.flow = flow
        self.positions = positions
        target = edition
        self.compiler = compiler
    }

    mutating func run(_ stage: Stage) {
        switch stage {
        case .defaults: if target == .two { inlineDefaults() }
        case .renames: renames()
        }
    }

    /// Notes a change, with its reason.
    mutating func change(_ reason: String, at path: ValuePath, _ edits: Edit...) {
        notes.append(Fault(.info, reason, at: path))
        for edit in edits { self.edits.add(edit) }
    }

    /// A change that belongs to one already noted.
    mutating func also(_ edit: Edit) { edits.add(edit) }

    mutating func leave(_ reason: String, at path: ValuePath, remedy: String? = nil) {
        notes.append(Fault(.warning, reason, at: path, remedy: remedy))
    }

    /// Renames a key of edition 1 to that of edition 2, or back.
    mutating func rename(_ first: String, _ second: String, in map: OrderedMap<Value>, at path: ValuePath) {
        let (old, new) = target == .two ? (first, second) : (second, first)
        guard let value = map[old], !value.isNull else { return }
        guard map[new] == nil else {
            return leave(
                "both `\(old)` and `\(new)` are there", at: path.key(old), remedy: "remove one of them")
        }
        change(
            "`\(old)` is `\(new)` in edition \(target.rawValue)", at: path.key(old),
            .rename(path.key(old), to: new))
    }

    private mutating func renames() {
        let root = ValuePath()
        if let edition = EditionRule.written(in: flow), edition != target {
            change(
                "the flow is now written for edition \(target.rawValue)", at: root.key("edition"),
                .replace(root.key("edition"), .int(Int64(target.rawValue))))
        }
        workers(flow, at: root)
        retry(flow, at: root)
        collectLoopTasks()
        for key in ["tasks", "errors", "finally", "afterExecution"] {
            tasks(flow[key] ?? .null, at: root.key(key), in: nil)
        }
        if target == .two { listeners() }
        for (place, item) in (flow["inputs"]?.listValue ?? []).enumerated() {
            if let map = item.mapValue { input(map, at: root.key("inputs").index(place)) }
        }
        for (place, item) in (flow["triggers"]?.listValue ?? []).enumerated() {
            if let map = item.mapValue { trigger(map, at: root.key("triggers").index(place)) }
        }
        for (place, item) in (flow["checks"]?.listValue ?? []).enumerated() {
            if let map = item.mapValue {
                rename("condition", "when", in: map, at: root.key("checks").index(place))
            }
        }
        if target == .one {
            for key in ["draft", "quotas", "policyRefs"] where flow[key].map({ !$0.isNull }) == true {
                leave("`\(key)` has no counterpart in edition 1", at: root.key(key))
            }
        }
        let handled = ["tasks", "errors", "finally", "afterExecution", "listeners", "description"]
        for (key, value) in flow where !handled.contains(key) {
            expressions(value, at: root.key(key), in: nil)
        }
    }

    /// `workerGroup {key}` and `workerSelector {tags: [key]}`.
    mutating func workers(_ map: OrderedMap<Value>, at path: ValuePath) {
        let (old, new) =
            target == .two ? ("workerGroup", "workerSelector") : ("workerSelector", "workerGroup")
        guard let written = map[old]?.mapValue else { return }
        let place = path.key(old)
        switch target {
        case .two:
            guard let key = written["key"] else { return }
            change(
                "`workerGroup` is `workerSelector` in edition 2, with the key as a tag", at: place,
                .rename(place, to: new), .rename(place.key("key"), to: "tags"),
                .replace(place.key("key"), .list([key])))
        case .one:
            guard let tags = written["tags"]?.listValue, tags.count == 1, let tag = tags.first,
                written["match"] == nil, written["fallback"] != "IGNORE"
            else {
                return leave(
                    "a `workerGroup` of edition 1 has one key and no `match`", at: place,
                    remedy: "write the `workerGroup` yourself")
            }
            change(
                "`workerSelector` is `workerGroup` in edition 1, with the tag as its key", at: place,
                .rename(place, to: new), .remove(place.key("tags")),
                .insert(into: place, key: "key", tag, after: "tags"))
        }
    }

    mutating func retry(_ map: OrderedMap<Value>, at path: ValuePath) {
        guard target == .two, let retry = map["retry"]?.mapValue else { return }
        rename("maxAttempt", "maxAttempts", in: retry, at: path.key("retry"))
    }
}
