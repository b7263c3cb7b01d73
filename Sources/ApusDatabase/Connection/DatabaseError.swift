/// Why the database could not do what it was asked.
public struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Reason: Hashable, Sendable {
        /// No space is left on the disk. Nothing was changed; it works again once there is space.
        case full
        /// Something else holds the tables, for longer than the limit. Trying again is right.
        case busy
        /// The store is damaged. It must not be written any further.
        case corrupt
        /// The store cannot be reached: closed, unmounted, or ended by an earlier failure.
        case gone
        /// The disk failed. After this nothing more is written: the process should report it and end.
        case disk
        /// Another process works on the same data directory.
        case locked
        /// More requests wait than the limit allows. Trying again later is right.
        case overloaded
        /// A row broke a rule of the tables, such as a key that exists.
        case constraint
        /// A value is too large for a row.
        case tooLarge
        /// A body stored earlier cannot be read by this version.
        case unreadable
        /// The tables were made by a newer version of the program.
        case newerSchema(found: Int, known: Int)
        /// Settings the store did not take.
        case configuration
        /// A statement or its use is wrong: a mistake in the program.
        case statement
    }

    public var reason: Reason
    /// What was found, in plain words. Never holds values of rows.
    public var message: String

    public init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
    }

    public var description: String { "database: \(message)" }

    /// Whether the same request may work later without anything else being mended.
    public var isTransient: Bool {
        switch reason {
        case .busy, .overloaded, .full: true
        case .corrupt, .gone, .disk, .locked, .constraint, .tooLarge, .unreadable, .newerSchema,
            .configuration,
            .statement:
            false
        }
    }
}
