import ApusDatabase
import ApusModel
import Foundation

@testable import ApusDatabaseSQLite

/// Runs a test over a database of its own and removes it afterwards.
func withDatabase(
    _ adjust: (inout SQLiteDatabase.Configuration) -> Void = { _ in },
    _ test: (SQLiteDatabase) async throws -> Void
) async throws {
    let (database, directory) = try SQLiteDatabase.temporary(adjust)
    do {
        try await test(database)
    } catch {
        await database.close()
        try FileManager.default.removeItem(atPath: directory)
        throw error
    }
    await database.close()
    try FileManager.default.removeItem(atPath: directory)
}

/// Runs a test with an empty directory and removes it afterwards.
func withDirectory(_ test: (String) async throws -> Void) async throws {
    let directory = NSTemporaryDirectory() + "apus-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    do {
        try await test(directory)
    } catch {
        try FileManager.default.removeItem(atPath: directory)
        throw error
    }
    try FileManager.default.removeItem(atPath: directory)
}

func at(_ seconds: Int64) -> Timestamp { Timestamp(microseconds: seconds * 1_000_000) }

func sample(
    _ id: String, namespace: String = "company.team", flow: String = "hello", at seconds: Int64 = 1,
    labels: [Label] = [], trigger: Value? = nil
) -> Execution {
    Execution(
        id: id, flow: FlowReference(namespace: namespace, id: flow, revision: 1), createdAt: at(seconds),
        labels: labels, trigger: trigger)
}
