import ApusEngine
import ApusModel
import Testing

/// Webhooks as flows write them.
@Suite struct WebhookDeclarationTests {
    struct Example: Sendable {
        var written: String
        /// `severity path: message`, its beginning; `nil` when there is nothing to say.
        var fault: String?
        /// Lines of the flow besides the trigger.
        var flow = ""

        init(_ written: String, _ fault: String? = nil, flow: String = "") {
            self.written = written
            self.fault = fault
            self.flow = flow
        }
    }

    private static let condition =
        "{type: io.kestra.plugin.core.condition.MultipleCondition, id: m, conditions: {}}"
    private static let not = "{type: io.kestra.plugin.core.condition.Not, conditions: [\(condition)]}"
    private static let multiple =
        "error triggers[0].conditions: invalid webhook: conditions of type MultipleCondition are not supported"
    private static let long = String(repeating: "k", count: 257)
    private static let needsInput = "inputs: [{id: i, type: STRING}]"

    static let examples: [Example] = [
        Example("key: k"),
        Example("key: \"{{ secret('K') }}\""),
        Example("key: k, wait: true, returnOutputs: true, responseContentType: text/plain"),
        Example("key: k, wait: true, responseCode: 201"),
        Example("key: k, wait: true, responseCode: \"{{ trigger.body.code }}\""),
        Example("key: k, fetchType: STORE"),
        Example("wait: true", "error triggers[0].key: "),
        Example("key: \(long)", "error triggers[0].key: `key` must have at most 256 characters, found 257"),
        Example("key: ' '", "warning triggers[0].key: `key` is empty"),
        Example("key: ' '", "error triggers[0].key: `key` is empty", flow: "edition: 2"),
        Example("key: a/b", "warning triggers[0].key: `key` has a slash"),
        Example("key: k, returnOutputs: true", "error triggers[0].returnOutputs: invalid webhook"),
        Example(
            "key: k, responseCode: 201", "warning triggers[0].responseCode: `responseCode` is the status"),
        Example("key: k, wait: true, responseCode: 99", "error triggers[0].responseCode: "),
        Example("key: k, wait: true, responseCode: 1000", "error triggers[0].responseCode: "),
        Example("key: k, responseContentType: text/html", "error triggers[0].responseContentType: "),
        Example("key: k, fetchType: KEEP", "error triggers[0].fetchType: "),
        Example("key: k, path: x", "error triggers[0].path: Unrecognized field"),
        Example("key: k, conditions: [\(condition)]", multiple),
        Example("key: k, conditions: [\(not)]", multiple),
        Example("key: k, inputs: {i: x}", flow: needsInput),
        Example("key: k", "warning triggers[0].inputs: Missing inputs for Webhook", flow: needsInput),
        Example("key: k, when: \"{{ true }}\"", "error triggers[0].inputs: Invalid Flow", flow: needsInput),
    ]

    @Test("what is wrong with a webhook is told at its place", arguments: examples)
    func faults(_ example: Example) throws {
        let trigger = "{id: w, type: io.kestra.plugin.core.trigger.Webhook, \(example.written)}"
        let faults = try SmallFlow.faults("\(example.flow)\ntriggers: [\(trigger)]")
        if let fault = example.fault {
            #expect(faults.contains { $0.hasPrefix(fault) }, "\(faults)")
        } else {
            #expect(faults == [])
        }
    }

    @Test("what a webhook says is what it does")
    func reading() throws {
        let compilation = try SmallFlow.compile(
            """
            triggers:
            - {id: w, type: io.kestra.core.models.triggers.types.Webhook, key: k, wait: true, responseCode: "201"}
            """)
        let trigger = try #require(compilation.flow?.triggers.first)
        guard case .webhook(let webhook) = trigger.kind, case .literal(201) = webhook.responseCode else {
            Issue.record("\(trigger.kind)")
            return
        }
        #expect(trigger.type == "io.kestra.plugin.core.trigger.Webhook")
        #expect(webhook.waits && !webhook.returnsOutputs)
        #expect(webhook.contentType == .json)
        #expect(webhook.fetchType == .fetch)
    }

    @Test("a webhook that stores its body is of edition 2")
    func edition() throws {
        let compilation = try SmallFlow.compile(
            "triggers: [{id: w, type: io.kestra.plugin.core.trigger.Webhook, key: k, fetchType: STORE}]")
        #expect(compilation.choice.edition == .two)
    }
}
