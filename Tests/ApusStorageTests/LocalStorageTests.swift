import Foundation
import Testing

@testable import ApusStorage

@Suite struct LocalStorageTests {
    /// A storage in a directory of its own, beside a file that must stay untouched.
    private func withStorage(
        _ limits: LocalStorage.Limits = LocalStorage.Limits(),
        _ test: (LocalStorage, _ outside: String) async throws -> Void
    ) async throws {
        let outside = NSTemporaryDirectory() + "apus-storage-" + UUID().uuidString
        let files = FileManager.default
        try files.createDirectory(atPath: outside + "/work", withIntermediateDirectories: true)
        defer { try? files.removeItem(atPath: outside) }
        try "canary".write(toFile: outside + "/canary", atomically: true, encoding: .utf8)
        try await test(try LocalStorage(directory: outside + "/storage", limits: limits), outside)
        #expect(try String(contentsOfFile: outside + "/canary", encoding: .utf8) == "canary")
    }

    private func uri(_ path: String) throws -> StorageURI { try StorageURI("kestra:///" + path) }
    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("what is stored can be found, read, replaced, moved and deleted")
    func story() async throws {
        try await withStorage { storage, _ in
            let address = try uri("a/b/c.txt")
            #expect(try await storage.find(address) == nil)
            #expect(try await !storage.delete(address))
            let stored = try await storage.put(bytes("one"), at: address)
            #expect(stored.size == 3)
            #expect(try await storage.find(address) == stored)
            try await storage.put(bytes("second"), at: address)
            #expect(try await storage.read(address, maxBytes: 6) == bytes("second"))
            let path = try #require(try await storage.path(of: address))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "second")
            try await storage.move(address, to: uri("x/y"))
            #expect(try await storage.find(address) == nil)
            #expect(try await storage.read(uri("x/y"), maxBytes: 99) == bytes("second"))
            #expect(try await storage.delete(uri("x")))
            #expect(try await storage.find(uri("x/y")) == nil)
        }
    }

    @Test("directories are listed in order, all files below up to a limit")
    func listing() async throws {
        try await withStorage { storage, _ in
            for path in ["a/2", "a/1/x", "a/1/y", "b"] { try await storage.put(bytes(path), at: uri(path)) }
            try await storage.createDirectory(uri("a/empty"))
            let names = try await storage.list(uri("a"))
            #expect(names.map(\.address.name) == ["1", "2", "empty"])
            #expect(names.map(\.isDirectory) == [true, false, true])
            #expect(try await storage.list(uri("")).map(\.address.name) == ["a", "b"])
            #expect(try await storage.list(uri("none")).isEmpty)
            let all = try await storage.listAll(below: uri("a"), limit: 9)
            #expect(
                all.map(\.address.description) == ["kestra:///a/1/x", "kestra:///a/1/y", "kestra:///a/2"])
            #expect(try await storage.listAll(below: uri(""), limit: 2).count == 2)
        }
    }

    @Test("a large file goes through in pieces")
    func pieces() async throws {
        try await withStorage { storage, outside in
            let large = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
            try Data(large).write(to: URL(fileURLWithPath: outside + "/work/large"))
            try await storage.put(fileAt: "large", in: outside + "/work", at: uri("a/large"))
            var read: [UInt8] = []
            for try await piece in try await storage.stream(uri("a/large")) { read += piece }
            #expect(read == large)
            let upload = try await storage.upload(to: uri("a/up"))
            try await upload.write(Array(large[..<500_000]))
            #expect(try await storage.find(uri("a/up")) == nil)
            try await upload.write(Array(large[500_000...]))
            #expect(try await upload.finish().size == 1_000_000)
            let content = try await storage.open(uri("a/up"))
            #expect(try await content.read(at: 999_990, count: 100) == Array(large[999_990...]))
        }
    }

    @Test("a file beyond the limit is refused and leaves nothing")
    func limit() async throws {
        var limits = LocalStorage.Limits()
        limits.maxFileBytes = 10
        try await withStorage(limits) { storage, outside in
            await #expect { try await storage.put(bytes("12345678901"), at: uri("a")) } throws: {
                ($0 as? StorageError)?.reason == .tooLarge
            }
            #expect(try await storage.find(uri("a")) == nil)
            let left = try FileManager.default.contentsOfDirectory(
                atPath: outside + "/storage/" + LocalStorage.temporaryDirectory)
            #expect(left.isEmpty)
            try await storage.put(bytes("1234567890"), at: uri("a"))
            await #expect { try await storage.read(uri("a"), maxBytes: 9) } throws: {
                ($0 as? StorageError)?.reason == .tooLarge
            }
        }
    }

    @Test("links inside the storage lead nowhere", arguments: ["link", "dir/canary", "dir/new", "dir"])
    func links(path: String) async throws {
        try await withStorage { storage, outside in
            let files = FileManager.default
            try files.createSymbolicLink(
                atPath: outside + "/storage/link", withDestinationPath: outside + "/canary")
            try files.createSymbolicLink(atPath: outside + "/storage/dir", withDestinationPath: outside)
            #expect(try await storage.find(uri(path)) == nil)
            #expect(try await storage.path(of: uri(path)) == nil)
            await #expect(throws: StorageError.self) { try await storage.read(uri(path), maxBytes: 99) }
            if path.contains("/") {
                await #expect(throws: StorageError.self) { try await storage.put(bytes("x"), at: uri(path)) }
                await #expect(throws: StorageError.self) { try await storage.list(uri("dir")) }
            }
            #expect(try await storage.list(uri("")).isEmpty)
            #expect(try await storage.listAll(below: uri(""), limit: 99).isEmpty)
            // A link itself may go; what it names stays.
            _ = try await storage.delete(uri(path))
            #expect(!files.fileExists(atPath: outside + "/new"))
        }
    }

    @Test("deleting a directory does not follow links out of it")
    func deletion() async throws {
        try await withStorage { storage, outside in
            try await storage.put(bytes("x"), at: uri("d/x"))
            try FileManager.default.createSymbolicLink(
                atPath: outside + "/storage/d/out", withDestinationPath: outside)
            #expect(try await storage.delete(uri("d")))
            #expect(FileManager.default.fileExists(atPath: outside + "/work"))
        }
    }

    @Test(
        "a task cannot have a file of the machine stored",
        arguments: [
            "../canary", "link", "dir/canary", "/etc/passwd", ".", "", "pipe", "sub",
        ])
    func sources(path: String) async throws {
        try await withStorage { storage, outside in
            let work = outside + "/work"
            try FileManager.default.createSymbolicLink(
                atPath: work + "/link", withDestinationPath: outside + "/canary")
            try FileManager.default.createSymbolicLink(atPath: work + "/dir", withDestinationPath: outside)
            try FileManager.default.createDirectory(atPath: work + "/sub", withIntermediateDirectories: true)
            #expect(mkfifo(work + "/pipe", 0o600) == 0)
            await #expect(throws: StorageError.self) {
                try await storage.put(fileAt: path, in: work, at: uri("a"))
            }
            #expect(try await storage.find(uri("a")) == nil)
        }
    }

    @Test("the storage keeps its own directory to itself, and clears it when it is opened")
    func temporary() async throws {
        try await withStorage { storage, outside in
            await #expect(throws: StorageError.self) { try await storage.put([], at: uri(".writing/a")) }
            await #expect(throws: StorageError.self) { try await storage.list(uri(".writing")) }
            let rest = outside + "/storage/.writing/rest"
            try "half".write(toFile: rest, atomically: false, encoding: .utf8)
            _ = try LocalStorage(directory: outside + "/storage")
            #expect(!FileManager.default.fileExists(atPath: rest))
        }
    }

    @Test("files and directories do not take each other's place")
    func kinds() async throws {
        try await withStorage { storage, _ in
            try await storage.put(bytes("x"), at: uri("a/b"))
            await #expect(throws: StorageError.self) { try await storage.put(bytes("x"), at: uri("a")) }
            await #expect(throws: StorageError.self) { try await storage.put(bytes("x"), at: uri("a/b/c")) }
            await #expect { try await storage.open(uri("a")) } throws: {
                ($0 as? StorageError)?.reason == .notAFile
            }
            await #expect { try await storage.open(uri("a/b/c")) } throws: {
                ($0 as? StorageError)?.reason == .notFound
            }
        }
    }
}
