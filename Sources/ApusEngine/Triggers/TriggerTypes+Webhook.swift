import ApusExpressions
import ApusModel
import ApusSchema

extension TriggerType {
    static let webhook = TriggerType(
        "Webhook", "Starts an execution when its address is called.", subject: .trigger,
        properties: [
            property(
                "key", "The end of the address, at most 256 characters.", .string, isRequired: true,
                isDynamic: true),
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
            property(
                "fetchType",
                "What becomes of the body: `trigger.body`, a file at `trigger.uri`, or nothing.",
                .enumeration(WebhookTrigger.FetchType.allCases.map(\.rawValue)), default: "FETCH"),
        ],
        outputs: [
            property("body", "What was sent; JSON objects and lists are parsed.", .any),
            property("headers", "Headers, each a list, their names in small letters.", .map(.list(.string))),
            property("parameters", "Parameters of the query, each a list.", .map(.list(.string))),
            property("uri", "The file of the body, with `fetchType: STORE`.", .string),
            property("formFields", "Fields of a multipart form, each a list.", .map(.list(.string))),
            property("parts", "Files of a multipart form, in internal storage.", .list(.map(.any))),
        ]
    ) { reader in
        reader.checkInputs()
        reader.refuseMultipleConditions(reader.properties.given("conditions"), depth: 0)
        let waits = reader.properties.flag("wait")
        let returnsOutputs = reader.properties.flag("returnOutputs")
        if returnsOutputs, !waits {
            reader.properties.fault(
                "invalid webhook: `returnOutputs` needs `wait: true`, for there are no outputs before the end",
                at: "returnOutputs", remedy: "add `wait: true`")
        }
        // The type's declaration says which words there are.
        let contentType = reader.properties.text("responseContentType")
            .flatMap(WebhookTrigger.ContentType.init(rawValue:))
        let fetchType = reader.properties.text("fetchType").flatMap(WebhookTrigger.FetchType.init(rawValue:))
        let responseCode = reader.responseCode(isUsed: waits)
        return reader.key().map {
            .webhook(
                WebhookTrigger(
                    key: $0, waits: waits, returnsOutputs: returnsOutputs, contentType: contentType ?? .json,
                    responseCode: responseCode, fetchType: fetchType ?? .fetch))
        }
    }
}

extension TriggerReader {
    private static let keyCharacters = 256
    private static let depthLimit = 32

    fileprivate mutating func key() -> Template? {
        guard let key = properties.template("key") else { return nil }
        if key.source.utf16.count > Self.keyCharacters {
            properties.fault(
                "`key` must have at most \(Self.keyCharacters) characters, found \(key.source.utf16.count)",
                at: "key")
        }
        guard key.isLiteral else { return key }
        // Edition 1 saved such flows; nobody could ever call them.
        if key.source.allSatisfy(\.isWhitespace) {
            let message = "`key` is empty: the webhook has no address that could be called"
            if properties.edition == .two {
                properties.fault(message, at: "key")
            } else {
                warn(message, at: "key")
            }
        } else if key.source.contains(where: { $0 == "/" || $0 == "\\" }) {
            warn("`key` has a slash in it: no address can end in it", at: "key")
        }
        return key
    }

    fileprivate mutating func responseCode(isUsed: Bool) -> WebhookTrigger.ResponseCode? {
        guard let template = properties.template("responseCode") else { return nil }
        if !isUsed {
            warn(
                "`responseCode` is the status of answers that wait: without `wait: true` it is not used",
                at: "responseCode")
        }
        guard template.isLiteral else { return .template(template) }
        guard let code = Int(template.source), WebhookTrigger.ResponseCode.range.contains(code) else {
            let range = WebhookTrigger.ResponseCode.range
            properties.fault(
                "`responseCode` must be a status from \(range.lowerBound) to \(range.upperBound), found `\(template.source)`",
                at: "responseCode")
            return nil
        }
        return .literal(code)
    }

    /// A webhook knows of one request only; what is about several executions can never hold for it.
    fileprivate mutating func refuseMultipleConditions(_ value: Value?, depth: Int) {
        guard depth < Self.depthLimit else { return }
        for item in value?.listValue ?? [] {
            let name = item["type"]?.stringValue?.split(separator: ".").last
            if name == "MultipleCondition" {
                properties.fault(
                    "invalid webhook: conditions of type MultipleCondition are not supported",
                    at: "conditions", remedy: "use a Flow trigger")
            }
            refuseMultipleConditions(item["conditions"], depth: depth + 1)
        }
    }
}
