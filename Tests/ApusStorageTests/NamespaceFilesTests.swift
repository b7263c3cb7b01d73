import Foundation
import Testing

@testable import ApusStorage

/// The files of namespaces: what can be reached through their paths, and what they were before.
@Suite struct NamespaceFilesTests {
    private func withFiles(_ test: (NamespaceFiles, _ directory: String) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "apus-nsfiles-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try await test(NamespaceFiles(try LocalStorage(directory: directory + "/storage")), directory)
    }

    private func write(_ text: String, _ path: String, _ files: NamespaceFiles) async throws {
        try await files.keepRevision(of: path, in: "a.b")
        try await files.storage.put(Array(text.utf8), at: try files.address(of: path, in: "a.b"))
    }

    private func read(_ address: StorageURI, _ files: NamespaceFiles) async throws -> String {
        String(decoding: try await files.storage.read(address, maxBytes: 100), as: UTF8.self)
    }

    struct Place: Sendable {
        var namespace: String
        var path: String

        init(_ namespace: String, _ path: String) {
            self.namespace = namespace
            self.path = path
        }
    }

    static let attacks: [Place] = [
        Place("a.b", "../x"), Place("a.b", "x/../../y"), Place("a.b", "/../x"), Place("a.b", "x/.."),
        Place("a.b", "."), Place("a.b", "x/./y"), Place("a.b", "x//y"), Place("a.b", "x\\..\\y"),
        Place("a.b", "x\0y"), Place("a.b", "x\ny"), Place("..", "x"), Place("a..b", "x"), Place("a.", "x"),
        Place(".a", "x"), Place("", "x"), Place("a/b", "x"), Place("a%2fb", "x"), Place("a b", "x"),
        Place("a._files", "x"), Place("a._files.b", "x"), Place("a._revisions", "x"), Place("_files", "x"),
        Place("a\0", "x"), Place("ä", "x"), Place("a.b", String(repeating: "x", count: 300)),
        Place("a.b", String(repeating: "x/", count: 100) + "y"),
    ]

    @Test("a path or namespace that could lead elsewhere has no address", arguments: attacks)
    func attack(place: Place) async throws {
        try await withFiles { files, _ in
            #expect(throws: StorageError.self) {
                try files.address(of: place.path, in: place.namespace)
            }
        }
    }

    @Test("escapes in a path mean themselves, and `_files` in it is a name like any other")
    func literal() async throws {
        try await withFiles { files, _ in
            let escaped = try files.address(of: "/%2e%2e/x", in: "a.b")
            #expect(escaped.segments == ["a", "b", "_files", "%2e%2e", "x"])
            let inner = try files.address(of: "_files/x/", in: "a.b")
            #expect(inner.segments == ["a", "b", "_files", "_files", "x"])
        }
    }

    @Test("a link among the files is not followed, and is removed without what it leads to")
    func link() async throws {
        try await withFiles { files, directory in
            try await write("x", "dir/x.txt", files)
            try "canary".write(toFile: directory + "/canary", atomically: true, encoding: .utf8)
            let folder = directory + "/storage/a/b/_files/dir"
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/link.txt", withDestinationPath: directory + "/canary")
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/up", withDestinationPath: directory)
            #expect(try await files.all("a.b") == ["dir/x.txt"])
            let link = try files.address(of: "dir/link.txt", in: "a.b")
            #expect(try await files.storage.find(link) == nil)
            let beyond = try files.address(of: "dir/up/new", in: "a.b")
            await #expect(throws: StorageError.self) { try await files.storage.put([1], at: beyond) }
            #expect(try await files.delete("dir", in: "a.b"))
            #expect(try String(contentsOfFile: directory + "/canary", encoding: .utf8) == "canary")
        }
    }

    @Test("what a file was before can be read by its number, until it is purged")
    func revisions() async throws {
        try await withFiles { files, _ in
            for text in ["one", "two", "three"] { try await write(text, "d/f", files) }
            #expect(try await files.currentRevision(of: "d/f", in: "a.b") == 3)
            for (number, text) in [(1, "one"), (2, "two"), (3, "three")] {
                let address = try await files.address(of: "d/f", in: "a.b", revision: number)
                #expect(try await read(address, files) == text)
            }
            for number in [0, -1, 4] {
                await #expect(throws: StorageError.self) {
                    try await files.address(of: "d/f", in: "a.b", revision: number)
                }
            }
            #expect(try await files.all("a.b") == ["d/f"])
            #expect(try await files.purgeRevisions(of: "d/f", in: "a.b", keeping: 2, before: nil) == 1)
            #expect(try await files.revisions(of: "d/f", in: "a.b").map(\.number) == [2])
            #expect(try await files.currentRevision(of: "d/f", in: "a.b") == 3)
        }
    }

    @Test("only so many earlier revisions are kept")
    func bound() async throws {
        try await withFiles { files, _ in
            for number in 0...(NamespaceFiles.maxRevisions + 2) { try await write("\(number)", "f", files) }
            #expect(try await files.revisions(of: "f", in: "a.b").count == NamespaceFiles.maxRevisions)
            #expect(try await files.currentRevision(of: "f", in: "a.b") == NamespaceFiles.maxRevisions + 3)
        }
    }

    @Test("revisions move and go with their file; a file may take the place of a directory")
    func moves() async throws {
        try await withFiles { files, _ in
            for text in ["one", "two"] { try await write(text, "d/e/f", files) }
            try await files.move("d", to: "/x/y", in: "a.b")
            #expect(try await files.all("a.b") == ["x/y/e/f"])
            let first = try await files.address(of: "x/y/e/f", in: "a.b", revision: 1)
            #expect(try await read(first, files) == "one")
            #expect(try await files.delete("x/y/e/f", in: "a.b"))
            try await files.deleteEmptyDirectories(above: "x/y/e/f", in: "a.b")
            let root = try files.address(of: "", in: "a.b")
            #expect(try await files.storage.list(root).isEmpty)
            try await write("file", "x", files)
            try await write("file again", "x", files)
            #expect(try await files.currentRevision(of: "x", in: "a.b") == 2)
            #expect(try await files.delete("x", in: "a.b"))
            try await write("new", "x", files)
            #expect(try await files.currentRevision(of: "x", in: "a.b") == 1)
        }
    }

    @Test("all files at once are neither moved nor removed, nothing is moved into itself")
    func root() async throws {
        try await withFiles { files, _ in
            try await write("x", "d/f", files)
            await #expect(throws: StorageError.self) { try await files.delete("/", in: "a.b") }
            await #expect(throws: StorageError.self) { try await files.move("", to: "x", in: "a.b") }
            await #expect(throws: StorageError.self) { try await files.move("d", to: "/", in: "a.b") }
            await #expect(throws: StorageError.self) { try await files.move("d", to: "d/e", in: "a.b") }
            await #expect(throws: StorageError.self) { try await files.move("no", to: "x", in: "a.b") }
            #expect(try await files.all("a.b") == ["d/f"])
        }
    }
}
