public import ApusModel

// The values of the flow language decode themselves; only this module's decoder can give them.

extension Value: Decodable {
    /// Takes the value as it is. Works with the decoder of this module only.
    public init(from decoder: any Decoder) throws { self = try own(decoder).value ?? .null }
}

extension OrderedMap: Decodable where Element: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: PathKey.self)
        self.init()
        for key in container.allKeys {
            self[key.stringValue] = try container.decode(Element.self, forKey: key)
        }
    }
}

extension ISODuration: Decodable {
    public init(from decoder: any Decoder) throws {
        self = try converted(decoder, "duration", Conversion.duration)
    }
}

extension Timestamp: Decodable {
    public init(from decoder: any Decoder) throws {
        self = try converted(decoder, "date and time", Conversion.instant)
    }
}

extension LocalDate: Decodable {
    public init(from decoder: any Decoder) throws {
        self = try converted(decoder, "date") { Conversion.text($0).flatMap { LocalDate(iso: $0) } }
    }
}

extension LocalTime: Decodable {
    public init(from decoder: any Decoder) throws {
        self = try converted(decoder, "time") { Conversion.text($0).flatMap { LocalTime(iso: $0) } }
    }
}

extension LogLevel: Decodable {}
extension State: Decodable {}

private func own(_ decoder: any Decoder) throws -> ValueDecoder {
    guard let decoder = decoder as? ValueDecoder else {
        throw DecodingError.dataCorrupted(
            DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not a value of a flow"))
    }
    return decoder
}

private func converted<T>(_ decoder: any Decoder, _ wanted: String, _ convert: (Value) -> T?) throws -> T {
    let decoder = try own(decoder)
    let value = try decoder.present()
    guard let result = convert(value) else { throw decoder.misfit(value, wanted) }
    return result
}
