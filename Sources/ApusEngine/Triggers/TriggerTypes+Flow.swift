import ApusModel
import ApusSchema

extension TriggerType {
    static let flow = TriggerType(
        "Flow", "Starts an execution when others reach a state.", subject: .own,
        properties: [
            property(
                "states", "States of the execution that are looked at.",
                .list(.enumeration(State.allCases.map(\.rawValue))))
        ],
        outputs: [
            property("executionId", "The execution.", .string),
            property("executionLabels", "Its labels.", .map(.any)),
            property("state", "Its state.", .string),
            property("namespace", "The namespace of its flow.", .string),
            property("flowId", "The id of its flow.", .string),
            property("flowRevision", "The revision of its flow.", .integer),
            property("outputs", "Its outputs.", .map(.any)),
        ]
    ) { reader in
        reader.properties.fault("this version of Apus does not run Flow triggers yet", at: "type")
        return nil
    }
}
