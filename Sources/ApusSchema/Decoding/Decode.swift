public import ApusModel

/// Everything in a plugin's properties that does not fit, in the order of the declarations.
public struct DecodingFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public var faults: [Fault]

    public init(_ faults: [Fault]) { self.faults = faults }

    /// One line for each fault: `level: …`.
    public var description: String { faults.map(\.line).joined(separator: "\n") }
}

/// Makes a plugin from its rendered properties.
///
/// Text is converted to what a property asks for: `"3"` to an integer, `"PT1S"` to a duration, JSON text to a
/// list or map. Properties the type does not declare are left alone: ``TypeSchema/validate(_:at:positions:catalogue:)``
/// reports them when the flow is saved.
///
/// - Throws: All faults together, their paths being relative to the properties.
public func decode<T: PropertyGroup>(
    _: T.Type, from properties: OrderedMap<Value>
) throws(DecodingFaults) -> T {
    let session = DecodingSession()
    let decoder = ValueDecoder(.map(properties), session: session, table: PropertyTable.of(T.self))
    var result: T?
    do {
        result = try T(from: decoder)
    } catch {
        session.note(error, value: .map(properties), type: .any, at: ValuePath())
    }
    guard session.faults.isEmpty, let result else { throw DecodingFaults(session.faults) }
    return result
}

/// What the decoders of one call share.
final class DecodingSession {
    var faults: [Fault] = []

    /// Turns a failure into faults that name every wrong part of the value.
    func note(_ error: any Error, value: Value, type: ValueType, at path: ValuePath) {
        var check = ValueCheck(owner: "", positions: PositionMap(), catalogue: nil, isRendered: true)
        check.check(value, is: type, isDynamic: false, at: path)
        if !check.faults.isEmpty {
            faults += check.faults
        } else if let misfit = error as? Misfit {
            faults.append(Fault(.error, misfit.message, at: misfit.path))
        } else if let error = error as? DecodingError {
            faults.append(Fault(.error, Self.words(of: error), at: path))
        } else {
            faults.append(Fault(.error, "\(error)", at: path))
        }
    }

    private static func words(of error: DecodingError) -> String {
        switch error {
        case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
            .valueNotFound(_, let context):
            context.debugDescription
        @unknown default: "\(error)"
        }
    }
}

/// A value that is not what was asked for.
struct Misfit: Error {
    var message: String
    var path: ValuePath
}
