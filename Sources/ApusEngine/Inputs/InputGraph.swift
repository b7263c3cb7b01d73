internal import ApusExpressions
internal import ApusModel

/// The inputs with forms taken apart, and in which order they are resolved.
struct InputGraph: Sendable {
    struct Node: Sendable {
        /// With the form's id before it.
        var id: String
        var definition: InputDefinition
        /// What must hold for it to be asked for: its own `dependsOn` and its form's, ids resolved.
        var gates: [InputDefinition.Dependency]
    }

    struct Problem: Hashable {
        var id: String
        var message: String
    }

    /// With more inputs than this, a template that reads `inputs` as a whole waits for none of them.
    static let maxReadWholly = 500

    let nodes: [Node]
    /// Positions in `nodes`: what is depended on comes first, else as declared.
    private(set) var order: [Int] = []
    /// Of `dependsOn`: inputs that do not exist, and circles.
    private(set) var problems: [Problem] = []
    /// The inputs of a form by its id.
    let forms: [String: [Int]]
    private let placeOf: [String: Int]
    /// Inputs whose id begins with a path and a dot, by the path.
    private let inside: [String: [Int]]

    init(_ definitions: [InputDefinition]) {
        var nodes: [Node] = []
        var forms: [String: [Int]] = [:]
        for definition in definitions {
            guard case .form(let children) = definition.type else {
                nodes.append(
                    Node(
                        id: definition.id, definition: definition,
                        gates: definition.dependsOn.map { [$0] } ?? []))
                continue
            }
            forms[definition.id] = Array(nodes.count..<(nodes.count + children.count))
            let siblings = Set(children.map(\.id))
            for child in children {
                var own = child.dependsOn
                let named = child.dependsOn?.inputs ?? []
                own?.inputs = named.map { siblings.contains($0) ? "\(definition.id).\($0)" : $0 }
                nodes.append(
                    Node(
                        id: "\(definition.id).\(child.id)", definition: child,
                        gates: [definition.dependsOn, own].compactMap { $0 }))
            }
        }
        self.nodes = nodes
        self.forms = forms
        var placeOf: [String: Int] = [:]
        var inside: [String: [Int]] = [:]
        for (place, node) in nodes.enumerated() {
            placeOf[node.id] = place
            var prefix = node.id[...]
            while let dot = prefix.lastIndex(of: ".") {
                prefix = prefix[..<dot]
                inside[String(prefix), default: []].append(place)
            }
        }
        self.placeOf = placeOf
        self.inside = inside
        sort()
    }

    /// Pairs of inputs of which one lies inside the value of the other: `a.b` and `a`.
    var overlaps: [(inner: String, outer: String)] {
        nodes.flatMap { outer in (inside[outer.id] ?? []).map { (nodes[$0].id, outer.id) } }
    }

    func place(of id: String) -> Int? { placeOf[id] }

    /// The inputs that have a value at a path or below it, when none is there itself.
    func below(_ id: String) -> [Int] { inside[id] ?? [] }

    // MARK: Order

    private mutating func sort() {
        var hard = Array(repeating: Set<Int>(), count: nodes.count)
        var soft = hard
        for (place, node) in nodes.enumerated() {
            for id in node.gates.flatMap(\.inputs) { hard[place].formUnion(targets(of: id, for: node)) }
            soft[place] = readByTemplates(of: node).subtracting([place])
        }
        var rest = Set(nodes.indices)
        arrange(&rest, waitingFor: zip(hard, soft).map { $0.union($1) })
        arrange(&rest, waitingFor: hard)
        for place in rest.sorted() {
            reportCircle(through: place, hard)
            order.append(place)
        }
    }

    private mutating func targets(of id: String, for node: Node) -> [Int] {
        if let place = placeOf[id] { return [place] }
        if let children = forms[id] { return children }
        problems.append(
            Problem(
                id: node.id, message: "Input with id '\(node.id)' depends on a non-existent input '\(id)'."))
        return []
    }

    /// Appends what waits for nothing that is left, and then what waited only for that.
    private mutating func arrange(_ rest: inout Set<Int>, waitingFor edges: [Set<Int>]) {
        var waits = Array(repeating: 0, count: nodes.count)
        var dependents = Array(repeating: [Int](), count: nodes.count)
        for place in rest {
            for target in edges[place] where rest.contains(target) {
                waits[place] += 1
                dependents[target].append(place)
            }
        }
        var ready = rest.filter { waits[$0] == 0 }.sorted()
        var next = 0
        while next < ready.count {
            let place = ready[next]
            next += 1
            order.append(place)
            rest.remove(place)
            for dependent in dependents[place].sorted() {
                waits[dependent] -= 1
                if waits[dependent] == 0 { ready.append(dependent) }
            }
        }
    }

    /// Names the circle an input stands in, if it does; inputs that only wait for one are not at fault.
    private mutating func reportCircle(through start: Int, _ edges: [Set<Int>]) {
        var cameFrom: [Int: Int] = [:]
        var pending = [start]
        while let place = pending.popLast() {
            for target in edges[place].sorted(by: >) where cameFrom[target] == nil {
                cameFrom[target] = place
                pending.append(target)
            }
        }
        guard var place = cameFrom[start] else { return }
        var circle = [nodes[start].id]
        while place != start, let before = cameFrom[place] {
            circle.append(nodes[place].id)
            place = before
        }
        let names = circle.reversed().joined(separator: ", ")
        problems.append(
            Problem(
                id: nodes[start].id,
                message: "Cycle dependency detected for input with id '\(nodes[start].id)': [\(names)]"))
    }

    /// Inputs that the templates of an input read: they come first, but need not be there.
    private func readByTemplates(of node: Node) -> Set<Int> {
        var reads = node.definition.defaults?.reads ?? []
        for gate in node.gates { reads += gate.condition?.reads ?? [] }
        switch node.definition.type {
        case .select(let choices), .multiselect(let choices, _): reads += choices.expression?.reads ?? []
        case .string, .secret, .int, .float, .bool, .dateTime, .date, .time, .duration, .file, .json, .yaml,
            .ion,
            .uri, .email, .array, .form:
            break
        }
        var found: Set<Int> = []
        for read in reads where read.root == "inputs" {
            if read.keys.isEmpty {
                if nodes.count <= Self.maxReadWholly { found.formUnion(nodes.indices) }
                continue
            }
            for length in 1...read.keys.count {
                if let place = placeOf[read.keys.prefix(length).joined(separator: ".")] {
                    found.insert(place)
                }
            }
            found.formUnion(inside[read.keys.joined(separator: ".")] ?? [])
        }
        return found
    }
}
