import Synchronization

/// One request and its answer, from the request line until the library is done with it.
///
/// The network thread drives it through `advance`; while the gate or a handler works, the connection is suspended
/// and a task owned here runs; it ends by resuming the connection, whose thread then queues the answer.
/// The task is cancelled when the request ends early, and `ActiveWork` lets the stopping server wait for it.
final class Exchange: Sendable {
    private enum Stage {
        /// The request line is there.
        case head
        /// Suspended: the gate is asked before a body is read.
        case admitting
        /// The gate has spoken; a refusal is in the head.
        case admitted(RequestHead)
        case reading
        /// Suspended: the handler works.
        case handling
        case answered(PreparedAnswer)
        case sending(StreamPipe?)
        /// Nobody waits for an answer: close the connection.
        case abandoned
        case closed
    }

    private struct State {
        var stage = Stage.head
        var head: RequestHead?
        var sink: BodySink?
        var isGated = false
        var connection: NetworkConnection?
        var task: Task<Void, Never>?
        var isEndless = false
    }

    /// What the network thread does next.
    private enum Step {
        case goOn
        case cut
        case queue(PreparedAnswer)
    }

    /// A refused body up to this size is read, as clients that still send often miss the answer.
    private static let readAnywayBytes = 1 << 20

    let began = ContinuousClock.now
    private let core: ServerCore
    private let client: ClientConnection
    private let target: String
    private let state = Mutex(State())

    init(target: String, client: ClientConnection, core: ServerCore) {
        self.target = target
        self.client = client
        self.core = core
    }

    // MARK: The network thread

    /// Called for the head, for each piece of the body, at the end of the request and after each resume.
    /// `false` closes the connection.
    func advance(
        _ connection: NetworkConnection, method: String, version: String, piece: BodyPiece
    ) -> Bool {
        let step = state.withLock { state -> Step in
            state.connection = connection
            switch state.stage {
            case .head:
                let head = RequestHead(
                    method: method, target: target, version: version, headers: connection.headers,
                    client: client.address, core: core)
                state.head = head
                return begin(&state, head)
            case .admitted(let head):
                state.isGated = true
                state.head = head
                return beginBody(&state, head)
            case .reading:
                if piece.isEmpty { return beginHandling(&state) }
                return state.sink?.append(piece) == true ? .goOn : .cut
            case .answered(let answer):
                state.stage = .sending(answer.pipe)
                return .queue(answer)
            case .admitting, .handling, .sending, .abandoned, .closed:
                return .cut
            }
        }
        switch step {
        case .goOn: return true
        case .cut: return false
        case .queue(let answer): return answer.queue(on: connection)
        }
    }

    private func begin(_ state: inout State, _ head: RequestHead) -> Step {
        guard head.hasBody else {
            state.stage = .reading
            return .goOn
        }
        guard !head.isUnsound, core.router.hasAdmission(to: head.match.route) else {
            return beginBody(&state, head)
        }
        return suspend(&state, as: .admitting) { await self.admit(head) }
    }

    private func beginBody(_ state: inout State, _ head: RequestHead) -> Step {
        if let refusal = head.match.refusal, head.isUnsound || head.expectedBytes > Self.readAnywayBytes {
            return refuse(&state, refusal, head.request)
        }
        state.sink = BodySink(
            boundary: head.formBoundary, limit: head.bodyLimit(core.limits),
            memoryBytes: core.limits.bodyBytes,
            expected: head.expectedBytes, directory: core.limits.uploadDirectory, refusal: head.match.refusal)
        state.stage = .reading
        return .goOn
    }

    private func beginHandling(_ state: inout State) -> Step {
        guard var head = state.head.take() else { return .cut }
        do throws(HTTPError) {
            try state.sink?.finish(&head.request)
        } catch {
            head.match.refusal = head.match.refusal ?? error
        }
        state.sink = nil
        let (request, match) = (head.request, head.match)
        let isGated = state.isGated || head.isUnsound
        return suspend(&state, as: .handling) { await self.handle(request, match, isGated: isGated) }
    }

    private func refuse(_ state: inout State, _ error: HTTPError, _ request: Request) -> Step {
        guard let answer = try? PreparedAnswer(.problem(error, path: request.path), core: core) else {
            // Out of memory: closing the connection is all that is left.
            return .cut
        }
        state.stage = .sending(nil)
        return .queue(answer)
    }

    private func suspend(_ state: inout State, as stage: Stage, _ work: @escaping @Sendable () async -> Void)
        -> Step
    {
        guard !core.isStopping, let connection = state.connection else { return .cut }
        state.stage = stage
        connection.suspend()
        core.work.begin()
        state.task = Task { [core] in
            await work()
            core.work.end()
        }
        return .goOn
    }

    /// The library is done with the request; nothing of the connection may be touched any more.
    func finish() {
        client.end()
        let (stage, task) = state.withLock { state in
            defer {
                state.stage = .closed
                state.connection = nil
                state.task = nil
                state.sink = nil
            }
            return (state.stage, state.task)
        }
        task?.cancel()
        switch stage {
        case .answered(let answer): answer.destroy()
        case .sending(let pipe): pipe?.detach()
        case .head, .admitting, .admitted, .reading, .handling, .abandoned, .closed: break
        }
    }

    // MARK: The task

    private func admit(_ head: RequestHead) async {
        var head = head
        do {
            try await core.router.admit(&head.request, to: head.match.route)
        } catch {
            head.match.refusal = core.refusal(for: error, of: head.request)
        }
        let admitted = Stage.admitted(head)
        state.withLock { state in
            guard case .admitting = state.stage else { return }
            state.stage = admitted
            state.connection?.resume()
        }
    }

    private func handle(_ request: Request, _ match: RoutedRequest, isGated: Bool) async {
        var request = request
        let response = await core.answer(&request, match, isGated: isGated)
        guard let answer = prepare(response, request) else { return abandon() }
        guard deliver(answer, isEndless: response.headers["Content-Type"] == "text/event-stream") else {
            return answer.destroy()
        }
        guard let pipe = answer.pipe, case .stream(let produce) = response.body else { return }
        guard request.method != "HEAD" else { return pipe.finish() }
        do {
            try await produce(ResponseWriter(pipe: pipe))
            pipe.finish()
        } catch {
            pipe.breakOff()
            core.report(error, of: request)
        }
    }

    private func prepare(_ response: Response, _ request: Request) -> PreparedAnswer? {
        do {
            return try PreparedAnswer(response, core: core)
        } catch {
            let problem = Response.problem(core.refusal(for: error, of: request), path: request.path)
            // The second failure can only be lack of memory; the connection is closed then.
            return try? PreparedAnswer(problem, core: core)
        }
    }

    /// `false` when the request has ended meanwhile.
    private func deliver(_ answer: PreparedAnswer, isEndless: Bool) -> Bool {
        state.withLock { state in
            guard case .handling = state.stage else { return false }
            state.stage = .answered(answer)
            state.isEndless = isEndless
            state.connection?.resume()
            return true
        }
    }

    // MARK: The watch

    /// Nobody waits for the answer any more: cancels the work and lets the connection close.
    func abandon() {
        let (task, pipe) = state.withLock { state -> (Task<Void, Never>?, StreamPipe?) in
            switch state.stage {
            case .admitting, .handling:
                state.stage = .abandoned
                state.connection?.resume()
                return (state.task, nil)
            case .sending(let pipe?):
                return (state.task, pipe)
            case .answered(let answer):
                return (state.task, answer.pipe)
            case .head, .admitted, .reading, .sending(nil), .abandoned, .closed:
                return (nil, nil)
            }
        }
        task?.cancel()
        pipe?.breakOff()
    }

    /// Whether the library does not look at the connection, so that only we can see the client leave.
    var isWaiting: Bool {
        state.withLock { state in
            switch state.stage {
            case .admitting, .handling, .sending(.some): true
            case .head, .admitted, .reading, .answered, .sending(nil), .abandoned, .closed: false
            }
        }
    }

    /// Whether the answer would go on until the client leaves, as server-sent events do.
    var isEndless: Bool { state.withLock { $0.isEndless } }

    /// Whether the request should have arrived by now.
    func isOverdue(at now: ContinuousClock.Instant, limits: ServerLimits) -> Bool {
        let seconds: Int? = state.withLock { state in
            switch state.stage {
            case .head: limits.headSeconds
            case .reading:
                limits.bodySeconds + (state.sink?.received ?? 0) / max(1, limits.bodyBytesPerSecond)
            case .admitting, .admitted, .handling, .answered, .sending, .abandoned, .closed: nil
            }
        }
        return seconds.map { now - began > .seconds($0) } ?? false
    }
}
