import ApusPlugin
import ApusSchema

/// The namespaces a purge is for.
struct PurgedNamespaces: PropertyGroup {
    @Property("The namespaces; all when neither this nor `namespacePattern` is given.")
    var namespaces: [String]?
    @Property("A glob; namespaces it matches are meant.")
    var namespacePattern: String?
    @Property("Whether namespaces below those are meant too.")
    var includeChildNamespaces: Bool = true

    /// Those of all namespaces that are meant.
    func chosen(of all: [String], in context: TaskContext) throws(TaskFailure) -> [String] {
        guard namespaces == nil || namespacePattern == nil else {
            throw TaskFailure("give `namespaces` or `namespacePattern`, not both")
        }
        if let namespaces {
            return all.filter { name in
                namespaces.contains { name == $0 || includeChildNamespaces && name.hasPrefix("\($0).") }
            }
        }
        guard let namespacePattern else { return all }
        let pattern = Glob(namespacePattern)
        let matched = Set(all.filter(pattern.matches))
        return all.filter { name in
            matched.contains(name)
                || includeChildNamespaces && matched.contains { name.hasPrefix("\($0).") }
        }
    }
}
