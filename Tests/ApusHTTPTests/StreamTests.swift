import Foundation
import Testing

@testable import ApusHTTP

@Suite(.timeLimit(.minutes(2))) struct StreamTests {
    @Test("events arrive one by one while the handler still works")
    func events() async throws {
        let (seen, next) = AsyncStream<Void>.makeStream()
        let route = Route("GET", "/follow") { _ in
            .events { writer in
                try await writer.send(ServerSentEvent(id: "start", data: ""))
                var waits = seen.makeAsyncIterator()
                for number in 1...3 {
                    await waits.next()
                    try await writer.send(ServerSentEvent(id: "progress", data: "{\"n\":\(number)}"))
                }
            }
        }
        try await withServer(routes: [route]) { port in
            let client = RawClient(port: port)
            await client.send("GET /follow HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let head = RawResponse(head: await client.receive(until: "\r\n\r\n"))
            #expect(head.headers["Content-Type"] == "text/event-stream")
            #expect(await client.receive(until: "\n\n").hasSuffix("id: start\ndata: \n\n"))
            for number in 1...3 {
                next.yield()
                #expect(
                    await client.receive(until: "\n\n").hasSuffix("id: progress\ndata: {\"n\":\(number)}\n\n")
                )
            }
            #expect(await client.receive(until: "0\r\n\r\n").hasSuffix("0\r\n\r\n"))
        }
    }

    @Test("a writer waits for a client that reads slowly")
    func backPressure() async throws {
        let written = Seen(0)
        let total = 64 << 20
        let route = Route("GET", "/big") { _ in
            Response(
                body: .stream { writer in
                    let block = [UInt8](repeating: 0x61, count: 64 * 1024)
                    for _ in 0..<total / block.count {
                        try await writer.write(block)
                        written.change { $0 += block.count }
                    }
                })
        }
        try await withServer(routes: [route]) { port in
            let client = RawClient(port: port)
            await client.send("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try await Task.sleep(for: .milliseconds(500))
            #expect(written.value < 32 << 20)
            var received = 0
            while true {
                let more = await client.receive()
                received += more.filter { $0 == 0x61 }.count
                if more.isEmpty || more.suffix(5) == Array("0\r\n\r\n".utf8) { break }
            }
            #expect(received >= total)
        }
    }

    @Test("a client that leaves ends the stream", arguments: [true, false])
    func disconnect(isQuiet: Bool) async throws {
        let ended = Seen(false)
        let route = Route("GET", "/follow") { _ in
            .events { writer in
                defer { ended.change { $0 = true } }
                try await writer.send(ServerSentEvent(data: "hello"))
                while true {
                    try await Task.sleep(for: isQuiet ? .seconds(1000) : .milliseconds(5))
                    try await writer.send(.keepAlive)
                }
            }
        }
        try await withServer(routes: [route]) { port in
            let client = RawClient(port: port)
            await client.send("GET /follow HTTP/1.1\r\nHost: localhost\r\n\r\n")
            _ = await client.receive(until: "hello\n\n")
            await client.hangUp()
            #expect(await becomesTrue { ended.value })
        }
    }

    @Test("a handler whose client leaves is cancelled")
    func abandoned() async throws {
        let ended = Seen(false)
        let route = Route("GET", "/wait") { _ in
            defer { ended.change { $0 = true } }
            try await Task.sleep(for: .seconds(1000))
            return .noContent
        }
        try await withServer(routes: [route]) { port in
            let client = RawClient(port: port)
            await client.send("GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n")
            try await Task.sleep(for: .milliseconds(100))
            await client.hangUp()
            #expect(await becomesTrue { ended.value })
        }
    }

    @Test("a stream that fails is cut, not ended as if whole")
    func failing() async throws {
        let route = Route("GET", "/") { _ in
            Response(
                body: .stream { writer in
                    try await writer.write("half")
                    throw CocoaError(.fileNoSuchFile)
                })
        }
        try await withServer(routes: [route]) { port in
            let client = RawClient(port: port)
            await client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(!(await client.receiveAll().contains("\r\n0\r\n")))
        }
    }

    @Test("stopping ends event streams at once")
    func stopping() async throws {
        let route = Route("GET", "/follow") { _ in
            .events { writer in
                try await writer.send(.keepAlive)
                try await Task.sleep(for: .seconds(1000))
            }
        }
        var router = Router()
        router.add(route)
        let server = try HTTPServer(port: 0, router: router)
        let client = RawClient(port: server.boundPort)
        await client.send("GET /follow HTTP/1.1\r\nHost: localhost\r\n\r\n")
        _ = await client.receive(until: ":\n\n")
        let began = ContinuousClock.now
        await server.stop(grace: .seconds(30))
        #expect(ContinuousClock.now - began < .seconds(5))
    }

    private func becomesTrue(_ condition: () -> Bool) async -> Bool {
        for _ in 0..<500 {
            if condition() { return true }
            try? await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
