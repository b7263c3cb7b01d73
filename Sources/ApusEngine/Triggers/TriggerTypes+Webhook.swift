import ApusExpressions
import ApusModel
import ApusSchema

extension TriggerType {
    static let webhook = TriggerType(
        "Webhook", "Starts an execution when its address is called.", subject: .trigger,
        properties: [
            property("key", "The end of the address.", .string, isRequired: true, isDynamic: true),
            property("wait", "Answer when the execution has ended.", .boolean, default: false),
            property(
                "returnOutputs", "Answer with the outputs of the execution; needs `wait`.", .boolean,
                default: false),
            property(
                "responseContentType", "The form of the answer.",
                .enumeration(WebhookTrigger.ContentType.allCases.map(\.rawValue)),
                default: "application/json"),
            property(
                "responseCode", "The status of the answer, when it waits.", .integer, isDynamic: true),
        ],
        outputs: [
            property("body", "What was sent; JSON is parsed.", .any),
            property("headers", "Headers, each a list.", .map(.list(.string))),
            property("parameters", "Parameters of the query, each a list.", .map(.list(.string))),
        ]
    ) { reader in
        let key = reader.properties.template("key")
        if let key, key.source.utf8.count > 256 {
            reader.properties.fault("`key` is longer than 256 characters", at: "key")
        }
        let trigger = key.map {
            WebhookTrigger(
                key: $0, waits: reader.properties.flag("wait"),
                returnsOutputs: reader.properties.flag("returnOutputs"),
                contentType: reader.properties.choice(
                    "responseContentType", WebhookTrigger.ContentType.self) ?? .json,
                responseCode: reader.properties.template("responseCode"))
        }
        return trigger.map(CompiledTrigger.Kind.webhook)
    }
}
