/// Why an archive was refused. Nothing of it has been stored.
struct ZipFault: Error, Hashable, CustomStringConvertible {
    var message: String

    init(_ message: String) { self.message = message }

    var description: String { "the archive cannot be unpacked: \(message)" }
}
