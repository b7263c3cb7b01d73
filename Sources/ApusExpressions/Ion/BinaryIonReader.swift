import ApusModel

/// Reads binary Ion: any number of values one after the other.
///
/// Values become what `IonReader` makes of the same values as text. Shared symbol tables are not looked up.
/// Source: the Ion 1.0 binary format, amazon-ion.github.io/ion-docs/docs/binary.html.
struct BinaryIonReader {
    static let marker: [UInt8] = [0xE0, 0x01, 0x00, 0xEA]

    private static let maxDepth = 256
    /// Bytes of names in all values: a name is written once and used by its number, so few bytes can mean many.
    private static let maxNameBytes = 64 << 20

    private var bytes: IonBytes
    private var symbols = IonSymbols()
    private var depth = 0
    private var nameBytes = 0

    /// - Parameter content: Begins with `marker`.
    init(_ content: [UInt8]) { bytes = IonBytes(content) }

    /// Goes on with the bytes that follow those it was given, which have all been read. Names stay known.
    mutating func goOn(with content: [UInt8]) {
        bytes = IonBytes(content)
        nameBytes = 0
    }

    /// The next value; `nil` at the end.
    mutating func next() throws(ExpressionError) -> Value? {
        while !bytes.isAtEnd {
            if bytes.take(Self.marker) {
                symbols = IonSymbols()
                continue
            }
            guard let item = try item() else { continue }
            guard item.annotation == IonSymbols.tableName, case .map(let table) = item.value else {
                return item.value
            }
            try symbols.read(table, at: bytes)
        }
        return nil
    }

    private struct Item {
        var value: Value
        /// The first annotation.
        var annotation: String?
    }

    /// A value with its first annotation; `nil` for padding.
    private mutating func item() throws(ExpressionError) -> Item? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maxDepth else { throw bytes.fault("more than \(Self.maxDepth) levels") }
        let descriptor = try bytes.byte()
        let (kind, low) = (descriptor >> 4, descriptor & 0x0F)
        if kind == 1, low < 2 { return Item(value: .bool(low == 1)) }
        if low == 15 { return Item(value: .null) }
        // A struct of length 1 has its fields in order, and its length in what follows.
        let size = low == 14 || (kind == 13 && low == 1) ? try bytes.unsigned() : Int(low)
        var content = try bytes.piece(size)
        switch kind {
        case 0: return nil
        case 2, 3: return Item(value: try content.integer(isNegative: kind == 3))
        case 4: return Item(value: try content.float())
        case 5: return Item(value: try content.decimal())
        case 6: return Item(value: try content.timestamp())
        case 7: return Item(value: .string(try name(try content.magnitude())))
        case 8: return Item(value: .string(content.text))
        case 9, 10: return Item(value: .extended(.bytes(content.all)))
        case 11, 12: return Item(value: try list(content))
        case 13: return Item(value: try map(content))
        case 14: return try annotated(&content)
        default: throw bytes.fault("there is no type \(kind) of length \(low)")
        }
    }

    private mutating func name(_ number: Int) throws(ExpressionError) -> String {
        guard let name = symbols[number] else { throw bytes.fault("the symbol \(number) is not known") }
        nameBytes += name.utf8.count
        guard nameBytes <= Self.maxNameBytes else {
            throw bytes.fault("the names are longer than \(Self.maxNameBytes) bytes")
        }
        return name
    }

    /// Reads within a piece, and goes on behind it.
    private mutating func within<Result>(
        _ piece: IonBytes, _ body: (inout Self) throws(ExpressionError) -> Result
    ) throws(ExpressionError) -> Result {
        let outer = bytes
        bytes = piece
        defer { bytes = outer }
        return try body(&self)
    }

    private mutating func list(_ content: IonBytes) throws(ExpressionError) -> Value {
        try within(content) { (reader) throws(ExpressionError) in
            var items: [Value] = []
            while !reader.bytes.isAtEnd {
                if let item = try reader.item() { items.append(item.value) }
            }
            return .list(items)
        }
    }

    private mutating func map(_ content: IonBytes) throws(ExpressionError) -> Value {
        try within(content) { (reader) throws(ExpressionError) in
            var entries = OrderedMap<Value>()
            while !reader.bytes.isAtEnd {
                let number = try reader.bytes.unsigned()
                guard let item = try reader.item() else { continue }
                entries[try reader.name(number)] = item.value
            }
            return .map(entries)
        }
    }

    private mutating func annotated(_ content: inout IonBytes) throws(ExpressionError) -> Item? {
        let size = try content.unsigned()
        var annotations = try content.piece(size)
        let first = try name(try annotations.unsigned())
        return try within(content) { (reader) throws(ExpressionError) in
            guard var item = try reader.item(), reader.bytes.isAtEnd else {
                throw reader.bytes.fault("an annotation belongs to one value")
            }
            item.annotation = first
            return item
        }
    }
}

/// The names that binary Ion writes as numbers.
struct IonSymbols {
    static let tableName = "$ion_symbol_table"

    private static let system = [
        "$ion", "$ion_1_0", tableName, "name", "version", "imports", "symbols", "max_id",
        "$ion_shared_symbol_table",
    ]

    private var names = system

    /// Numbers begin at 1; `nil` for one that is not defined.
    subscript(number: Int) -> String? {
        names.indices.contains(number - 1) ? names[number - 1] : nil
    }

    /// Takes in a table of symbols that stands among the values.
    mutating func read(_ table: OrderedMap<Value>, at bytes: IonBytes) throws(ExpressionError) {
        switch table["imports"] {
        case .string(Self.tableName)?: break
        case nil, .null?, .list([])?: names = Self.system
        default: throw bytes.fault("shared tables of symbols are not supported")
        }
        for symbol in table["symbols"]?.listValue ?? [] { names.append(symbol.stringValue ?? "") }
    }
}
