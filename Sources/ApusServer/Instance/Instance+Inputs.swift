public import ApusEngine
public import ApusModel
import ApusStorage
import Foundation

/// Inputs that do not fit the flow.
public struct InputsRefused: Error, Sendable {
    public var faults: [InputFault]

    public init(faults: [InputFault]) { self.faults = faults }
}

extension Instance {
    /// Checks and types the inputs of an execution that is about to begin; files go into the internal storage.
    ///
    /// - Parameters:
    ///   - given: Texts by input id.
    ///   - files: Paths on this machine by input id.
    ///   - execution: The id the execution will have.
    /// - Throws: `InputsRefused`, or `StorageError`.
    public func inputs(
        for flow: CompiledFlow, given: [(String, String)], files: [(String, path: String)],
        execution: Execution.ID
    ) async throws -> Value {
        var values: [(id: String, value: GivenInput)] = given.map { ($0, .text($1)) }
        for (id, path) in files {
            let file = URL(fileURLWithPath: path)
            let address = try StorageURI.input(
                namespace: flow.reference.namespace, flowID: flow.reference.id, executionID: execution,
                inputID: id,
                name: file.lastPathComponent)
            let stored = try await storage.put(
                fileAt: file.lastPathComponent, in: file.deletingLastPathComponent().path, at: address)
            values.append((id, .file(uri: stored.address.description, name: file.lastPathComponent)))
        }
        return try await inputCheck.values(
            values, definitions: flow.inputs, flow: flow, execution: execution)
    }

    private var inputCheck: InputCheck { InputCheck(variables: variables, facts: facts, cipher: cipher) }
}
