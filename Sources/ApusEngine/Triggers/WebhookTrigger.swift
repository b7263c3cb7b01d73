public import ApusExpressions

/// Fires when somebody calls its address.
public struct WebhookTrigger: Sendable {
    /// The end of its address; whitespace around what it renders to does not count.
    public var key: Template
    /// The answer comes when the execution has ended.
    public var waits: Bool
    /// The answer is the outputs of the execution in place of the execution. Needs `waits`.
    public var returnsOutputs: Bool
    public var contentType: ContentType
    /// The status of the answer to a request that waits.
    public var responseCode: ResponseCode?
    public var fetchType: FetchType

    public enum ContentType: String, Hashable, Sendable, CaseIterable {
        case json = "application/json"
        case text = "text/plain"
    }

    /// What becomes of the body of a request.
    public enum FetchType: String, Hashable, Sendable, CaseIterable {
        /// It is `trigger.body`.
        case fetch = "FETCH"
        /// It is a file in internal storage, `trigger.uri`.
        case store = "STORE"
        /// It is not kept.
        case none = "NONE"
    }

    public enum ResponseCode: Sendable {
        case literal(Int)
        /// Rendered with what the expressions of the ended execution see.
        case template(Template)

        /// The statuses an answer can have.
        public static let range = 200...599
    }
}
