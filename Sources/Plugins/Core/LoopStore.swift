import ApusModel
import ApusPlugin
import ApusSchema
import Foundation

/// Puts what an iteration of a `Loop` gave into a file of its own.
struct LoopStore: RunnableTask {
    static let type = "io.kestra.plugin.core.flow.Loop$Store"
    static let summary = "Keeps the outputs of an iteration in a file; part of Loop."

    @Property("What the iteration gave.")
    var content: Value

    struct Output: TaskOutput {
        var uri: String

        var values: OrderedMap<Value> { ["uri": .string(uri)] }
    }

    func run(_ context: TaskContext) async throws -> Output {
        let file = try context.workingDirectory.write(Data("\(content.json)\n".utf8), to: "outputs.ion")
        return Output(uri: try await context.store(file: file))
    }
}
