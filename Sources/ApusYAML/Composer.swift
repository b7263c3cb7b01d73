internal import ApusModel

/// Puts events together into nodes, and refuses what is too large before it is built.
struct Composer {
    private let reader: EventReader
    private let limits: YAMLLimits
    private var anchors: [String: Node] = [:]
    /// Anchors whose node is being read: an alias to one of them would hold itself.
    private var openAnchors: Set<String> = []
    private var nodes = 0
    private var bytes = 0
    private var aliases = 0
    private var documentsRead = 0
    /// An event read ahead to learn where a document ends.
    private var ahead: Event?

    init(_ text: String, limits: YAMLLimits) {
        reader = EventReader(text)
        self.limits = limits
    }

    private mutating func next() throws(Fault) -> Event {
        if let event = ahead {
            ahead = nil
            return event
        }
        return try reader.next()
    }

    /// The next document that is not empty; `nil` at the end of the text.
    mutating func nextDocument() throws(Fault) -> DocumentNode? {
        while true {
            let event = try next()
            switch event.kind {
            case .streamEnd: return nil
            case .documentStart(let isExplicit):
                anchors = [:]
                let first = try next()
                let isEmpty = Self.isEmpty(first)
                let root = try node(first, depth: 0)
                let following = try followingEvent()
                ahead = following
                guard !isEmpty else { continue }
                let isFirst = documentsRead == 0
                documentsRead += 1
                let sharesLine = isExplicit && first.position.line == event.position.line
                let start = isExplicit && !sharesLine ? event.position.line + 1 : event.position.line
                var end = Int.max
                if case .documentStart = following.kind { end = max(following.position.line, start) }
                return DocumentNode(
                    root: root, position: first.position, lines: (isFirst && !isExplicit ? 1 : start)..<end)
            default: continue
            }
        }
    }

    /// What comes after the end of a document.
    private mutating func followingEvent() throws(Fault) -> Event {
        while true {
            let event = try next()
            if case .documentEnd = event.kind { continue }
            return event
        }
    }

    private static func isEmpty(_ event: Event) -> Bool {
        guard case .scalar(let scalar) = event.kind else { return false }
        return scalar.isPlain && scalar.text.isEmpty && scalar.properties.tag == nil
    }

    private mutating func node(_ event: Event, depth: Int) throws(Fault) -> Node {
        switch event.kind {
        case .scalar(let scalar): return try self.scalar(scalar, at: event.position)
        case .alias(let name): return try alias(name, at: event.position, depth: depth)
        case .listStart(let properties):
            try checkTag(properties.tag, is: "seq", at: event.position)
            return try anchored(properties.anchor, at: event.position, depth: depth) {
                composer throws(Fault) in
                try composer.list(at: event.position, depth: depth)
            }
        case .mapStart(let properties):
            try checkTag(properties.tag, is: "map", at: event.position)
            return try anchored(properties.anchor, at: event.position, depth: depth) {
                composer throws(Fault) in
                try composer.map(at: event.position, depth: depth)
            }
        case .streamEnd, .documentStart, .documentEnd, .listEnd, .mapEnd:
            preconditionFailure("libyaml gave \(event.kind) in the place of a value")
        }
    }

    private mutating func anchored(
        _ anchor: String?, at position: SourcePosition, depth: Int,
        _ read: (inout Composer) throws(Fault) -> Node
    ) throws(Fault) -> Node {
        guard depth < limits.depth else { throw tooDeep(at: position) }
        try count(nodes: 1, bytes: 0, at: position)
        if let anchor { openAnchors.insert(anchor) }
        let node = try read(&self)
        if let anchor {
            openAnchors.remove(anchor)
            anchors[anchor] = node
        }
        return node
    }

    private mutating func list(at position: SourcePosition, depth: Int) throws(Fault) -> Node {
        var items: [Node] = []
        var size = Node.Size()
        size.height = 1
        while true {
            let event = try next()
            if case .listEnd = event.kind { break }
            let item = try node(event, depth: depth + 1)
            size.add(item.size)
            items.append(item)
        }
        return Node(content: .list(items), position: position, size: size)
    }

    private mutating func map(at position: SourcePosition, depth: Int) throws(Fault) -> Node {
        var entries: [Node.Entry] = []
        var size = Node.Size()
        size.height = 1
        while true {
            let event = try next()
            if case .mapEnd = event.kind { break }
            let (key, isMerge) = try key(event)
            try count(nodes: 0, bytes: key.utf8.count, at: event.position)
            let value = try node(try next(), depth: depth + 1)
            size.bytes += key.utf8.count
            size.add(value.size)
            entries.append(Node.Entry(key: key, position: event.position, isMerge: isMerge, value: value))
        }
        return Node(content: .map(entries), position: position, size: size)
    }

    private mutating func key(_ event: Event) throws(Fault) -> (text: String, isMerge: Bool) {
        switch event.kind {
        case .scalar(let scalar):
            if let anchor = scalar.properties.anchor {
                var node = Node(
                    content: .scalar(.string(scalar.text), literal: nil, place: nil), position: event.position
                )
                node.size.bytes = scalar.text.utf8.count
                anchors[anchor] = node
            }
            return (scalar.text, scalar.isPlain && scalar.text == "<<" && scalar.properties.tag == nil)
        case .alias(let name):
            if case .scalar(.string(let text), _, _) = anchors[name]?.content { return (text, false) }
        default: break
        }
        throw Fault(
            .error, "a list or map cannot be a key", position: event.position,
            remedy: "put an expression that begins with `{{` in quotes")
    }

    private mutating func scalar(_ scalar: Event.Scalar, at position: SourcePosition) throws(Fault) -> Node {
        try count(nodes: 1, bytes: scalar.text.utf8.count, at: position)
        let value = try ScalarResolver.value(of: scalar, at: position)
        let literal = Self.literal(scalar.text, of: value)
        var node = Node(content: .scalar(value, literal: literal, place: scalar.place), position: position)
        node.size.bytes = scalar.text.utf8.count
        if let anchor = scalar.properties.anchor { anchors[anchor] = node }
        return node
    }

    private static func literal(_ text: String, of value: Value) -> String? {
        let printed: String? =
            switch value {
            case .bool(let flag): flag ? "true" : "false"
            case .int(let number): String(number)
            case .double(let number): "\(number)"
            case .null, .string, .list, .map, .extended: nil
            }
        return printed == nil || printed == text ? nil : text
    }

    private mutating func alias(_ name: String, at position: SourcePosition, depth: Int) throws(Fault) -> Node
    {
        aliases += 1
        guard aliases <= limits.aliases else {
            throw Fault(
                .error, "more than \(limits.aliases) aliases", position: position,
                remedy: "write the values out")
        }
        guard !openAnchors.contains(name) else {
            throw Fault(
                .error, "the alias `*\(name)` stands inside the value it repeats", position: position,
                remedy: "move the anchor `&\(name)` to a value that does not hold the alias")
        }
        guard var node = anchors[name] else {
            let near = NearestName.of(name, among: anchors.keys.sorted())
            throw Fault(
                .error, "the alias `*\(name)` has no anchor before it", position: position,
                remedy: near.map { "did you mean `*\($0)`?" } ?? "define it above with `&\(name)`")
        }
        guard depth + node.size.height <= limits.depth else { throw tooDeep(at: position) }
        try count(nodes: node.size.nodes, bytes: node.size.bytes, at: position)
        node.position = position
        node.isAlias = true
        return node
    }

    private mutating func count(nodes: Int, bytes: Int, at position: SourcePosition) throws(Fault) {
        self.nodes += nodes
        self.bytes += bytes
        guard self.nodes <= limits.nodes else {
            throw Fault(
                .error, "more than \(limits.nodes) values, those repeated by aliases included",
                position: position,
                remedy: "split the document")
        }
        guard self.bytes <= limits.expandedBytes else {
            throw Fault(
                .error, "more than \(limits.expandedBytes) bytes of text, those repeated by aliases included",
                position: position, remedy: "split the document")
        }
    }

    private func tooDeep(at position: SourcePosition) -> Fault {
        Fault(
            .error, "nested deeper than \(limits.depth) levels", position: position,
            remedy: "split the document, or use subflows")
    }

    private func checkTag(_ tag: String?, is kind: String, at position: SourcePosition) throws(Fault) {
        guard let tag, tag != "!", tag != "tag:yaml.org,2002:\(kind)" else { return }
        throw ScalarResolver.unknownTag(tag, at: position)
    }
}
