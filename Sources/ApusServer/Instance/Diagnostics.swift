import Foundation

/// Lines for the operator, on standard error. Never secrets.
enum Diagnostics {
    static func write(_ message: String) {
        FileHandle.standardError.write(Data("apus: \(message)\n".utf8))
    }
}
