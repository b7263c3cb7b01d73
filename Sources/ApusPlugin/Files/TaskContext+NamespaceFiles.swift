import Foundation

extension TaskContext {
    /// Copies files of namespaces into the working directory, as the property `namespaceFiles` says.
    ///
    /// - Throws: `TaskFailure`, also when a file is there that `ifExists: FAIL` protects.
    public func placeNamespaceFiles(_ options: NamespaceFilesOptions?) async throws {
        guard let choice = options?.choice, choice.enabled else { return }
        let included = PathSelection(choice.include)
        let excluded = PathSelection(choice.exclude)
        for namespace in choice.namespaces ?? [flow.namespace] {
            for file in try await services.namespaceFiles.list(namespace) {
                guard choice.include.isEmpty || included.contains(file), !excluded.contains(file) else {
                    continue
                }
                let place = choice.folderPerNamespace ? "\(namespace)/\(file)" : file
                try await copy(file, of: namespace, as: place, choice.ifExists)
            }
        }
    }

    private func copy(
        _ file: String, of namespace: String, as place: String, _ existing: NamespaceFilesOptions.Existing
    ) async throws {
        let path = try workingDirectory.path(of: place)
        try workingDirectory.makeParents(of: path)
        if FileManager.default.fileExists(atPath: path) {
            switch existing {
            case .overwrite: break
            case .fail: throw TaskFailure("`namespaceFiles`: there is a file `\(place)` already")
            case .warn:
                log("`namespaceFiles`: `\(place)` is kept, there is such a file already", at: .warn)
                return
            case .ignore: return
            }
        }
        try await services.namespaceFiles.fetch(file, in: namespace, to: path)
    }
}
