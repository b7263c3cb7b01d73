import ApusModel
import ApusSchema

/// The task types of simulated flows: nothing but a name and a kind.
enum SimulatedTypes {
    static let runnable = "simulation.Run"
    static let inline = "simulation.Compute"

    static var catalogue: Catalogue {
        var catalogue = Catalogue()
        catalogue.add(
            TypeSchema(
                type: runnable, aliases: [], summary: "Runs on the simulated worker.", isDeprecated: false,
                kind: .runnable, properties: []))
        catalogue.add(
            TypeSchema(
                type: inline, aliases: [], summary: "Runs inside the turn.", isDeprecated: false,
                kind: .inline,
                properties: [PropertySchema(name: "name", valueType: .string)]))
        return catalogue
    }

    /// What a task comes to, read off its id.
    static func outcome(of taskID: String) -> State {
        taskID.hasPrefix("ko") || taskID.hasPrefix("il") ? .failed : .success
    }
}
