public import ApusModel

/// Amazon Ion, the format of rows in files, for those who read and write it value by value.
public enum Ion {
    /// What binary Ion begins with.
    public static let binaryMarker = BinaryIonReader.marker

    /// The values in a text, one after the other.
    public static func values(in text: String) throws(ExpressionError) -> [Value] {
        var reader = IonReader(text)
        var values: [Value] = []
        while let value = try reader.next() { values.append(value) }
        return values
    }

    /// A value as compact text, without line breaks.
    public static func text(of value: Value) -> String {
        var writer = IonWriter()
        writer.write(value)
        return writer.text
    }
}

/// Reads binary Ion that comes in pieces, each of whole top-level values: names defined in one are known in those
/// after it.
public struct BinaryIonPieces {
    private var reader = BinaryIonReader([])

    public init() {}

    /// The values in the next piece; none for a table of names.
    public mutating func values(in piece: [UInt8]) throws(ExpressionError) -> [Value] {
        reader.goOn(with: piece)
        var values: [Value] = []
        while let value = try reader.next() { values.append(value) }
        return values
    }

    /// How many bytes the top-level value at the start of a buffer takes; `nil` when that is not known before more
    /// bytes are there. May be more than the buffer holds.
    public static func size(ofFirstValueIn buffer: ArraySlice<UInt8>) -> Int? {
        guard let descriptor = buffer.first else { return nil }
        if descriptor == BinaryIonReader.marker[0] { return BinaryIonReader.marker.count }
        let (kind, low) = (descriptor >> 4, descriptor & 0x0F)
        // Booleans and nulls have no content.
        if low == 15 || (kind == 1 && low < 2) { return 1 }
        guard low == 14 || (kind == 13 && low == 1) else { return 1 + Int(low) }
        var length = 0
        for (place, byte) in buffer.dropFirst().enumerated() {
            guard length < 1 << 48 else { return .max }
            length = length << 7 | Int(byte & 0x7F)
            if byte & 0x80 != 0 { return 2 + place + length }
        }
        return nil
    }
}
