import Foundation

/// Sends calls to other servers and follows their redirects.
///
/// Each hop runs on a thread of its own, off Swift's executor; cancelling the task ends it at once.
struct HTTPClient: Sendable {
    static let maxRedirects = 20

    var addresses: AddressPolicy

    /// Sends a call and receives the reply, whatever its status.
    ///
    /// - Throws: `HTTPCallError` when there is no complete reply, `CancellationError` when the task is cancelled.
    func send(_ call: HTTPCall, to destination: ReplyDestination) async throws -> HTTPReply {
        try call.check()
        var call = call
        let deadline = call.timeLimit.map { ContinuousClock.now + $0 }
        for _ in 0...Self.maxRedirects {
            let outcome = try await Self.onThread(Transfer(call, destination, addresses, until: deadline))
            guard call.followsRedirects, let target = outcome.redirect,
                let next = call.redirected(by: outcome.reply.status, to: target)
            else { return outcome.reply }
            call = next
        }
        throw HTTPCallError(
            reason: .tooManyRedirects,
            message: "More than \(Self.maxRedirects) redirects; the last to \(call.shownURL)")
    }

    private static func onThread(_ transfer: Transfer) async throws -> Transfer.Outcome {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try transfer.run() }) }
            }
        } onCancel: {
            transfer.cancel()
        }
    }
}
