internal import ApusModel

/// One value, converted to what is asked for.
struct SingleValue: SingleValueDecodingContainer {
    let decoder: ValueDecoder
    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.value?.isNull ?? true }

    private func converted<T>(_ wanted: String, _ convert: (Value) -> T?) throws -> T {
        let value = try decoder.present()
        guard let result = convert(value) else { throw decoder.misfit(value, wanted) }
        return result
    }

    private func integer<T: FixedWidthInteger>(_: T.Type) throws -> T {
        try converted("integer") { Conversion.integer($0).flatMap(T.init(exactly:)) }
    }

    func decode(_: String.Type) throws -> String { try converted("text", Conversion.text) }
    func decode(_: Bool.Type) throws -> Bool { try converted("boolean", Conversion.boolean) }
    func decode(_: Double.Type) throws -> Double { try converted("number", Conversion.number) }
    func decode(_: Float.Type) throws -> Float { Float(try converted("number", Conversion.number)) }
    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }
    func decode<T: Decodable>(_: T.Type) throws -> T { try T(from: decoder) }
}
