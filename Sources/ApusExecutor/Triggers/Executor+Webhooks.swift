import ApusDatabase
public import ApusEngine
import ApusExpressions
public import ApusModel

/// Where a webhook is called.
public struct WebhookAddress: Hashable, Sendable {
    public var namespace: String
    public var flowID: String
    /// What the caller gave as the webhook's key.
    public var key: String

    public init(namespace: String, flowID: String, key: String) {
        self.namespace = namespace
        self.flowID = flowID
        self.key = key
    }
}

/// A webhook that an address belongs to.
public struct CalledWebhook: Sendable {
    public var address: WebhookAddress
    public var flow: CompiledFlow
    public var trigger: CompiledTrigger
    public var webhook: WebhookTrigger
}

/// Why nothing can be started by a call.
public enum WebhookRefused: Error, Hashable {
    /// There is no such flow, it has no webhook of this key, or the webhook is switched off.
    case unknown
    /// The flow is switched off.
    case disabled
    /// The flow as it is stored cannot run.
    case invalid
}

extension Executor {
    /// The webhook at an address.
    ///
    /// A key is compared in constant time, and with the keys of all webhooks of the flow.
    ///
    /// - Throws: `WebhookRefused`.
    public func webhook(at address: WebhookAddress) async throws -> CalledWebhook {
        let id = newID()
        return try await read { [self] in try webhook(at: address, id: id, $0) }
    }

    /// Starts the execution of a call, with its first turn; returns once both are durable.
    ///
    /// The webhook is looked up once more in the same transaction: what was switched off or deleted while the body
    /// arrived does not fire.
    ///
    /// - Parameters:
    ///   - variables: What the execution sees as `trigger`.
    ///   - labels: Given by the caller.
    ///   - id: Of the execution; made before, for files that belong to it.
    /// - Throws: `WebhookRefused`.
    public func call(
        _ address: WebhookAddress, variables: OrderedMap<Value>, labels: [Label], id: Execution.ID
    ) async throws -> Fired {
        try await write { [self] connection in
            let called = try webhook(at: address, id: id, connection)
            var firing = Firing(flow: called.flow, trigger: called.trigger, variables: variables)
            firing.labels = labels
            let fired = try fire(firing, id: id, connection)
            guard case .unreadable(let reason) = fired, called.trigger.failsOnError else { return fired }
            return .started(
                try startFailed(
                    firing, id: id, "Trigger `\(called.trigger.id)` cannot be evaluated: \(reason)",
                    connection))
        }
    }

    /// The status that a webhook gives the answer to a request that waited.
    ///
    /// - Returns: `nil` when the webhook names none.
    /// - Throws: `ResponseCodeUnusable`.
    public func responseCode(
        of webhook: WebhookTrigger, after id: Execution.ID
    ) async throws -> Int? {
        switch webhook.responseCode {
        case nil: return nil
        case .literal(let code): return code
        case .template(let template):
            let context = try await expressionContext(of: id).context
            let text: String
            do throws(ExpressionError) {
                text = try template.render(context)
            } catch {
                throw ResponseCodeUnusable(message: "`responseCode` cannot be rendered: \(error.message)")
            }
            let range = WebhookTrigger.ResponseCode.range
            guard let code = Int(text.trimmed), range.contains(code) else {
                throw ResponseCodeUnusable(
                    message:
                        "`responseCode` must render to a status from \(range.lowerBound) to \(range.upperBound), found `\(text.prefix(100))`"
                )
            }
            return code
        }
    }

    private func webhook(
        at address: WebhookAddress, id: Execution.ID, _ connection: any Connection
    ) throws -> CalledWebhook {
        let (namespace, flowID) = (address.namespace, address.flowID)
        guard
            let flow = try flows.compiled(namespace: namespace, id: flowID, revision: nil, connection)
        else {
            throw try isInvalid(namespace: namespace, flowID: flowID, connection)
                ? WebhookRefused.invalid : .unknown
        }
        var called: CalledWebhook?
        for trigger in flow.triggers {
            guard case .webhook(let webhook) = trigger.kind else { continue }
            let firing = Firing(flow: flow, trigger: trigger, variables: [:])
            let rendered = try scope(of: firing, id: id, connection).render {
                (context) throws(ExpressionError) in try webhook.key.render(context)
            }
            // A key that cannot be rendered is nobody's: strangers learn nothing about it.
            guard case .success(let key) = rendered, !key.trimmed.isEmpty,
                ConstantTime.areEqual(address.key.utf8, key.trimmed.utf8)
            else { continue }
            let row = try Triggers.load(
                TriggerKey(namespace: namespace, flowID: flowID, triggerID: trigger.id), connection)
            guard !trigger.isDisabled, row?.isDisabled != true else { continue }
            if called == nil {
                called = CalledWebhook(address: address, flow: flow, trigger: trigger, webhook: webhook)
            }
        }
        guard let called else { throw WebhookRefused.unknown }
        guard !flow.isDisabled else { throw WebhookRefused.disabled }
        return called
    }

    /// Whether there is a flow that no longer compiles; one that only has drafts is not invalid.
    private func isInvalid(namespace: String, flowID: String, _ connection: any Connection) throws -> Bool {
        guard let latest = try Flows.latest(namespace: namespace, id: flowID, connection) else {
            return false
        }
        let reference = FlowReference(namespace: namespace, id: flowID, revision: latest.revision)
        return try flows.compiled(reference, connection) == nil
    }
}

/// The status a webhook asks for is none.
public struct ResponseCodeUnusable: Error, Hashable {
    /// What was found and what was expected.
    public var message: String
}

extension String {
    /// Without whitespace around it.
    fileprivate var trimmed: Substring {
        let start = drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }
}
