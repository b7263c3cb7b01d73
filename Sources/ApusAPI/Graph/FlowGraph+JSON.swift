import ApusModel

extension FlowGraph {
    /// `{nodes, edges, clusters, flowables}`
    ///
    /// - Parameter execution: Whose task runs the nodes have; `nil` for the graph of a flow.
    func bytes(_ execution: Execution?, now: Timestamp) -> [UInt8] {
        JSONWriter.object(capacity: 1024 + 512 * nodes.count) { object in
            object.list("nodes", nodes) { node, writer in
                writer.object { node.write(to: &$0, execution, now) }
            }
            object.list("edges", edges) { edge, writer in
                writer.object { object in
                    object.field("source", edge.source)
                    object.field("target", edge.target)
                    object.object("relation") {
                        $0.field("relationType", edge.relation?.rawValue)
                        $0.field("value", edge.value)
                    }
                }
            }
            object.list("clusters", clusters) { cluster, writer in
                writer.object { write(cluster, to: &$0, execution, now) }
            }
            object.list("flowables", clusters.compactMap { $0.node.map { nodes[$0].uid } }) { $1.write($0) }
        }
    }

    private func write(
        _ cluster: Cluster, to object: inout JSONObject, _ execution: Execution?, _ now: Timestamp
    ) {
        object.object("cluster") { object in
            object.field("uid", cluster.uid)
            object.field("type", "io.kestra.core.models.hierarchies.GraphCluster")
            object.field("error", cluster.branch == .error)
            object.field("branchType", cluster.branch?.rawValue)
            if let node = cluster.node {
                object.field("relationType", nodes[node].relation?.rawValue)
                object.object("taskNode") { nodes[node].write(to: &$0, execution, now) }
            }
        }
        object.list("nodes", cluster.nodes) { $1.write($0) }
        object.list("parents", cluster.parents) { $1.write($0) }
        object.field("start", cluster.start)
        object.field("end", cluster.end)
    }
}

extension FlowGraph.Node {
    private var type: String {
        switch kind {
        case .start: "GraphClusterRoot"
        case .end: "GraphClusterEnd"
        case .trigger: "GraphTrigger"
        case .task(_, let isSubflow): isSubflow ? "SubflowGraphTask" : "GraphTask"
        }
    }

    fileprivate func write(to object: inout JSONObject, _ execution: Execution?, _ now: Timestamp) {
        object.field("uid", uid)
        object.field("type", "io.kestra.core.models.hierarchies.\(type)")
        object.field("error", branch == .error)
        object.field("branchType", branch?.rawValue)
        switch kind {
        case .start, .end: break
        case .trigger(let declaration): object.field("triggerDeclaration", declaration)
        case .task(let task, _): object.field("task", task)
        }
        if let run, let execution {
            object.value("taskRun") { TaskRunJSON(run: run, execution: execution, now: now).write(to: &$0) }
            object.list("values", values) { $1.write($0) }
        }
        object.field("relationType", relation?.rawValue)
    }
}
