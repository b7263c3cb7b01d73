import ApusEngine
import ApusModel
import ApusSchema

/// Draws a flow, or an execution of it.
struct GraphBuilder {
    /// Tasks deeper than this are drawn without what they hold.
    private static let maxDepth = 64

    /// Where the tasks of a list stand.
    private struct Place {
        /// Of the box around them.
        var uid: String
        /// The places of the clusters around them, the outermost first.
        var clusters: [Int] = []
        var branch: FlowGraph.Relation?
        /// The run of the flow task around them.
        var run: TaskRun.ID?
        /// Of a loop, from 0.
        var round: Int?
        /// The items of the loops around.
        var values: [String] = []
    }

    private let catalogue: Catalogue
    private let runs: GraphRuns?
    private var graph = FlowGraph()
    private var uids: Set<String> = []

    /// - Parameters:
    ///   - definition: The flow as its author wrote it.
    ///   - runs: Of the execution to be drawn; `nil` draws the flow.
    static func graph(_ definition: Value, catalogue: Catalogue, runs: GraphRuns? = nil) -> FlowGraph {
        var builder = GraphBuilder(catalogue: catalogue, runs: runs)
        builder.flow(definition)
        return builder.graph
    }

    private init(catalogue: Catalogue, runs: GraphRuns?) {
        self.catalogue = catalogue
        self.runs = runs
    }

    private mutating func flow(_ definition: Value) {
        let place = Place(uid: "root")
        let (start, end) = border(of: place)
        let triggers = definition["triggers"]?.listValue ?? []
        if !triggers.isEmpty { add(triggers, before: start) }
        let last = chain(definition["tasks"]?.listValue ?? [], from: start, nil, nil, place, .sequential)
        finish(definition, last.isEmpty ? [start] : last, from: start, to: end, place)
    }

    private mutating func add(_ triggers: [Value], before target: String) {
        let place = Place(uid: "root.Triggers")
        let (start, end) = border(of: place)
        var nodes = [start, end]
        for trigger in triggers {
            let uid = unique("root.Triggers.\(trigger["id"]?.stringValue ?? "")")
            let shown = runs == nil ? trigger : FlowJSON.outlineOfTask(trigger, depth: 0)
            graph.nodes.append(FlowGraph.Node(uid: uid, kind: .trigger(shown)))
            nodes.append(uid)
            connect(start, uid)
            connect(uid, end)
        }
        connect(end, target)
        graph.clusters.append(
            FlowGraph.Cluster(
                uid: "cluster_root.Triggers", nodes: nodes, parents: [], start: start, end: end))
    }

    /// `errors`, `finally` and `afterExecution`: the ways from the ends of the tasks to the end of the box.
    private mutating func finish(
        _ holder: Value, _ last: [String], from start: String, to end: String, _ place: Place
    ) {
        var last = last
        let branches: [(String, FlowGraph.Relation)] = [
            ("errors", .error), ("finally", .finally), ("afterExecution", .afterExecution),
        ]
        for (name, relation) in branches {
            let tasks = holder[name]?.listValue ?? []
            guard !tasks.isEmpty else { continue }
            var branch = place
            branch.branch = place.branch ?? relation
            if relation == .error {
                last += chain(tasks, from: start, relation, nil, branch, relation)
            } else {
                last = chain(tasks, from: last, relation, nil, branch, relation)
            }
        }
        for node in last { connect(node, end) }
    }

    /// Draws tasks one after another; answers where the way out of them begins, nothing for no tasks.
    private mutating func chain(
        _ tasks: [Value], from source: String, _ relation: FlowGraph.Relation?, _ value: String?,
        _ place: Place,
        _ kind: FlowGraph.Relation
    ) -> [String] {
        chain(tasks, from: [source], relation, value, place, kind)
    }

    private mutating func chain(
        _ tasks: [Value], from sources: [String], _ relation: FlowGraph.Relation?, _ value: String?,
        _ place: Place, _ kind: FlowGraph.Relation
    ) -> [String] {
        var sources = sources
        var isFirst = true
        for task in tasks {
            let (entry, exit) = draw(task, place, kind)
            for source in sources {
                connect(source, entry, isFirst ? relation : .sequential, isFirst ? value : nil)
            }
            sources = [exit]
            isFirst = false
        }
        return isFirst ? [] : sources
    }

    /// Draws one task with all it holds.
    private mutating func draw(_ task: Value, _ place: Place, _ kind: FlowGraph.Relation) -> (
        entry: String, exit: String
    ) {
        let id = task["id"]?.stringValue ?? ""
        let run = runs?.run(of: id, in: place.run, round: place.round)
        let own = place.round == nil ? [] : [run?.value ?? place.values.last ?? ""]
        var name = "\(place.uid).\(id)"
        if let value = own.last { name += "_\(value)" }
        let uid = unique(name)
        let written = task["type"]?.stringValue ?? ""
        let type = catalogue.schema(named: written)?.type ?? written
        let branches = place.clusters.count < Self.maxDepth ? GraphBranches(task, type: type) : nil
        var node = FlowGraph.Node(
            uid: uid,
            kind: .task(
                runs == nil ? task : FlowJSON.outlineOfTask(task, depth: 0),
                isSubflow: type == "io.kestra.plugin.core.flow.Subflow"),
            relation: branches?.relation ?? (kind == .dynamic ? .parallel : kind), branch: place.branch)
        node.run = run
        node.values = place.values
        guard let branches else {
            graph.nodes.append(node)
            note(uid, in: place.clusters)
            return (uid, uid)
        }
        return draw(task, branches, node, place)
    }

    private mutating func draw(
        _ task: Value, _ branches: GraphBranches, _ node: FlowGraph.Node, _ around: Place
    ) -> (entry: String, exit: String) {
        var place = Place(
            uid: node.uid, clusters: around.clusters, branch: around.branch, values: around.values)
        place.run = node.run?.id
        let cluster = graph.clusters.count
        let uid = "cluster_\(node.uid)"
        note(uid, in: around.clusters)
        let (start, end) = border(of: place)
        for border in [start, end] { note(border, in: around.clusters) }
        graph.nodes.append(node)
        graph.clusters.append(
            FlowGraph.Cluster(
                uid: uid, node: graph.nodes.count - 1, branch: around.branch, nodes: [start, end, node.uid],
                parents: around.clusters.map { graph.clusters[$0].uid }, start: start, end: end))
        place.clusters.append(cluster)
        connect(start, node.uid)
        var last: [String] = []
        if let waitsFor = branches.waitsFor {
            last = dag(branches.groups, waitsFor, from: node.uid, place)
        } else {
            for group in branches.groups { last += draw(group, from: node.uid, place) }
        }
        finish(task, last.isEmpty ? [node.uid] : last, from: start, to: end, place)
        return (start, end)
    }

    /// Draws a group once, or once for each round of a loop.
    private mutating func draw(_ group: GraphBranches.Group, from source: String, _ place: Place) -> [String]
    {
        let kind: FlowGraph.Relation = group.relation == .choice ? .sequential : group.relation
        guard group.relation == .dynamic, let run = place.run,
            let rounds = runs?.rounds(of: group.tasks, in: run)
        else { return chain(group.tasks, from: source, group.relation, group.value, place, kind) }
        return rounds.flatMap { round, value in
            var inner = place
            inner.round = round
            inner.values.append(value)
            return chain(group.tasks, from: source, group.relation, value, inner, kind)
        }
    }

    private mutating func dag(
        _ groups: [GraphBranches.Group], _ waitsFor: [[String]], from source: String, _ place: Place
    ) -> [String] {
        var pieces: [String: (entry: String, exit: String)] = [:]
        var ids: [String] = []
        for group in groups {
            for task in group.tasks {
                let id = task["id"]?.stringValue ?? ""
                pieces[id] = draw(task, place, .parallel)
                ids.append(id)
            }
        }
        var awaited: Set<String> = []
        for (id, needed) in zip(ids, waitsFor) {
            guard let piece = pieces[id] else { continue }
            let known = needed.filter { pieces[$0] != nil }
            if known.isEmpty { connect(source, piece.entry, .parallel) }
            for other in known {
                awaited.insert(other)
                if let from = pieces[other]?.exit { connect(from, piece.entry, .sequential) }
            }
        }
        return ids.filter { !awaited.contains($0) }.compactMap { pieces[$0]?.exit }
    }

    /// The nodes at which a box begins and ends.
    private mutating func border(of place: Place) -> (start: String, end: String) {
        let start = unique("\(place.uid).\(Self.mark(place.uid, 1))")
        let end = unique("\(place.uid).\(Self.mark(place.uid, 2))")
        graph.nodes.append(FlowGraph.Node(uid: start, kind: .start, branch: place.branch))
        graph.nodes.append(FlowGraph.Node(uid: end, kind: .end, branch: place.branch))
        return (start, end)
    }

    private mutating func connect(
        _ source: String, _ target: String, _ relation: FlowGraph.Relation? = nil, _ value: String? = nil
    ) {
        graph.edges.append(
            FlowGraph.Edge(source: source, target: target, relation: relation, value: value))
    }

    /// A node belongs to the innermost box only.
    private mutating func note(_ uid: String, in clusters: [Int]) {
        guard let cluster = clusters.last else { return }
        graph.clusters[cluster].nodes.append(uid)
    }

    private mutating func unique(_ name: String) -> String {
        var (uid, number) = (name, 2)
        while !uids.insert(uid).inserted {
            uid = "\(name)_\(number)"
            number += 1
        }
        return uid
    }

    /// A name that no task has: 22 letters and digits, the same for the same place each time.
    private static func mark(_ uid: String, _ number: UInt64) -> String {
        var low: UInt64 = 0xCBF2_9CE4_8422_2325 ^ number
        for byte in uid.utf8 { low = (low ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Identifier.text(high: low &* 0x9E37_79B9_7F4A_7C15, low: low)
    }
}
